"""One module per flow; each endpoint serves one screen."""
