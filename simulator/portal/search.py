"""Searching by GET: what was asked for stands in the address, so that it can be kept, sorted and paged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from simulator.catalogue import Field, Screen
from simulator.rules import FieldRule, Message, check_field, message

SORT, PAGE = "sort", "page"
DESCENDING = "-"
LONGEST_ECHO = 100  # what is longer was not typed by anybody, and is refused anyway
LONGEST_PAGE = 6  # digits
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Search:
    """What a visitor asked a list for.

    Attributes:
        values: what stands in the fields, by key.
        problems: what is wrong with them, by key.
        choices: what the fields that are chosen from a list offer, by key.
        sort: key of the column to sort by.
        descending: whether the greatest comes first.
        page: which page, from 1 on; it may lie beyond the last.
    """

    values: Mapping[str, str]
    problems: Mapping[str, Message]
    choices: Choices
    sort: str
    descending: bool
    page: int

    def query(self, *, sort: str | None = None, descending: bool | None = None, page: int = 1) -> str:
        """The query of the same search, sorted or turned to a page otherwise; what is left open stays out."""
        column = self.sort if sort is None else sort
        down = self.descending if descending is None else descending
        asked = {key: value for key, value in self.values.items() if value}
        return urlencode({**asked, SORT: DESCENDING * down + column, **({PAGE: page} if page > 1 else {})})


def read_search(
    screen: Screen, sent: Mapping[str, str], rules: Mapping[str, FieldRule], choices: Choices, sorts: tuple[str, ...]
) -> Search:
    """The search that was sent to a screen; a column or page that there is not means the first."""
    offered = {field.key: field.choices for field in screen.fields if field.is_chosen} | dict(choices)
    values = {field.key: sent.get(field.key, "")[:LONGEST_ECHO] for field in screen.fields}
    problems = {
        field.key: problem
        for field in screen.fields
        if (problem := _problem(field, values[field.key], rules, offered.get(field.key)))
    }
    sort = sent.get(SORT, "")
    column = sort.removeprefix(DESCENDING)
    known = column in sorts
    return Search(
        values=values,
        problems=problems,
        choices=offered,
        sort=column if known else sorts[0],
        descending=known and sort != column,
        page=_page(sent.get(PAGE, "")),
    )


def _problem(
    field: Field, value: str, rules: Mapping[str, FieldRule], offered: Mapping[str, str] | None
) -> Message | None:
    if not value:
        return None
    if offered is not None:
        return None if value in offered else message("E5007", field=field.label)
    refusal = check_field(rules[field.rule], field.label, value)
    return refusal.message if refusal else None


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE
    return max(int(text), 1) if is_number else 1
