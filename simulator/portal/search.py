"""Searching by GET: what was asked for stands in the address, so that it can be kept, sorted and paged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from simulator.catalogue import Field, Screen
from simulator.rules import FieldRule, Message, check_field, message, read_day, spelt

SORT, PAGE = "sort", "page"
DESCENDING = "-"
LONGEST_ECHO = 100  # what is longer was not typed by anybody, and is refused anyway
LONGEST_PAGE = 6  # digits
PERIOD = ("first", "last")  # the fields of a period, where a screen has one
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

    @property
    def kept(self) -> dict[str, str]:
        """The same search as the fields of a form that leads back to it."""
        return dict(parse_qsl(self.query(page=self.page)))

    def query(self, *, sort: str | None = None, descending: bool | None = None, page: int = 1) -> str:
        """The query of the same search, sorted or turned to a page otherwise; what is left open stays out."""
        column = self.sort if sort is None else sort
        down = self.descending if descending is None else descending
        asked = {key: value for key, value in self.values.items() if value}
        return urlencode({**asked, SORT: DESCENDING * down + column, **({PAGE: page} if page > 1 else {})})

    def in_words(self, screen: Screen) -> str:
        """What was asked for, as the fields of the screen say it; empty when nothing was left out."""
        given = [field for field in screen.fields if self.values[field.key]]
        return "、".join(f"{field.label}：{self._shown(field.key)}" for field in given)

    def _shown(self, key: str) -> str:
        value = self.values[key]
        return self.choices[key][value] if key in self.choices else value


def read_search(
    screen: Screen, sent: Mapping[str, str], rules: Mapping[str, FieldRule], choices: Choices, sorts: tuple[str, ...]
) -> Search:
    """The search that was sent to a screen; a column or page that there is not means the first.

    Args:
        screen: whose fields it has.
        sent: what stands in the address.
        rules: the rules of the fields, by name.
        choices: what fields are chosen from, where the data says so.
        sorts: the keys of the columns that can be sorted by; the first is the one to begin with, `-` before it turns
            it round.
    """
    offered = {field.key: field.choices for field in screen.fields if field.is_chosen} | dict(choices)
    values = {field.key: spelt(sent.get(field.key, "")[:LONGEST_ECHO]) for field in screen.fields}
    problems = {
        field.key: problem
        for field in screen.fields
        if (problem := _problem(field, values[field.key], rules, offered.get(field.key)))
    }
    sort = sent.get(SORT, "")
    column = sort.removeprefix(DESCENDING)
    known = column in {each.removeprefix(DESCENDING) for each in sorts}
    sort, column = (sort, column) if known else (sorts[0], sorts[0].removeprefix(DESCENDING))
    return Search(
        values=values,
        problems=problems,
        choices=offered,
        sort=column,
        descending=sort != column,
        page=_page(sent.get(PAGE, "")),
    )


def with_period(screen: Screen, search: Search) -> Search:
    """The search with what is wrong with its period: days that there are not, and an end before the beginning."""
    return replace(search, problems={**search.problems, **_wrong_days(screen, search)})


def asked_for(screen: Screen, search: Search, page: int) -> dict[str, str | int]:
    """What the operation log tells of a look-up: the criteria in words, and which page beyond the first."""
    return {"criteria": search.in_words(screen), "page": page if page > 1 else ""}


def _problem(
    field: Field, value: str, rules: Mapping[str, FieldRule], offered: Mapping[str, str] | None
) -> Message | None:
    if not value:
        return None
    if offered is not None:
        return None if value in offered else message("E5007", field=field.label)
    refusal = check_field(rules[field.rule], field.label, value)
    return refusal.message if refusal else None


def _wrong_days(screen: Screen, search: Search) -> Mapping[str, Message]:
    given = {key: search.values[key] for key in PERIOD if search.values[key] and key not in search.problems}
    days = {key: read_day(text) for key, text in given.items()}
    if wrong := [key for key, day in days.items() if day is None]:
        return {key: message("E1008", field=screen.field(key).label) for key in wrong}
    first, last = (days.get(key) for key in PERIOD)
    if first and last and first > last:
        labels = [screen.field(key).label for key in PERIOD]
        return {PERIOD[1]: message("E1009", field=labels[0], again=labels[1])}
    return {}


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE
    return max(int(text), 1) if is_number else 1
