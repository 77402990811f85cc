"""The living report: static Japanese HTML, readable offline, made from storyboards and the clause catalogue alone."""

from reports.html import build_report

__all__ = ["build_report"]
