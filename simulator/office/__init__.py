"""The labour bank's side, on a listener of its own: the API under `/api`, the web console on all other paths."""

from simulator.office.app import create_office
from simulator.office.context import Office

__all__ = ["Office", "create_office"]
