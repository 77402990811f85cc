"""How sentences are matched: a quoted part 「...」 is an argument, and may itself contain quotes."""

from __future__ import annotations

import re

from pytest_bdd import parsers


def sentence(text: str) -> parsers.re:
    """The parser of a sentence; `{name}` stands for a quoted or plain part, `{name:d}` for a number."""
    pattern = re.escape(text)
    pattern = re.sub(r"\\{(\w+):d\\}", r"(?P<\1>\\d+)", pattern)
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", pattern)
    return parsers.re(f"^{pattern}$")


def pairs(datatable: list[list[str]]) -> list[tuple[str, str]]:
    """The rows of a two-column table without its heading."""
    return [(row[0], row[1]) for row in datatable[1:]]


def column(datatable: list[list[str]]) -> list[str]:
    """The only column of a table without its heading."""
    return [row[0] for row in datatable[1:]]
