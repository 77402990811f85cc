"""The pages a user sees: a visible route table, small endpoints, templates and static files."""

from simulator.portal.app import create_portal
from simulator.portal.context import Portal

__all__ = ["Portal", "create_portal"]
