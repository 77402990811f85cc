"""The labour bank's side, on a listener of its own: control API now, back-office operations with it."""

from simulator.office.api import create_office

__all__ = ["create_office"]
