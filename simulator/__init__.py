"""A reference simulator of the ろうきん賃金控除事務支援システム portal, usable without any test framework."""
