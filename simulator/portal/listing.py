"""A list of data on a page: headings to sort by, lines, totals, and the ways to its other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.catalogue import Screen
from simulator.portal.search import DESCENDING, Search

Cell = str | int


@dataclass(frozen=True)
class Heading:
    """A column's heading.

    Attributes:
        href: where the list is sorted by it; empty for a column that does not sort.
        sorted: how the list is sorted by it now, as `aria-sort` says it; empty when it is not.
    """

    label: str
    href: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Line:
    """A line: texts, and amounts as numbers; `href` is where its first cell leads, if anywhere."""

    cells: Sequence[Cell]
    href: str = ""


@dataclass(frozen=True)
class Way:
    """A way to another page of the list; `href` is empty where there is none."""

    label: str
    href: str


@dataclass(frozen=True)
class Listing:
    """Everything that a page prints of a list.

    Attributes:
        range: which of how many are shown.
        label, totals: the row of totals; empty without any.
        page: which page of how many this is.
    """

    headings: Sequence[Heading]
    lines: Sequence[Line]
    range: str
    label: str
    totals: Sequence[int]
    page: str
    back: Sequence[Way]
    forth: Sequence[Way]


def listing(
    screen: Screen,
    search: Search,
    lines: Sequence[Line],
    *,
    hits: int,
    page: int,
    pages: int,
    size: int,
    totals: Mapping[str, int] | None = None,
) -> Listing:
    """A page of a list, in the words of its screen.

    Args:
        screen: its section `list` says the columns, and what can be sorted by.
        search: what was asked for.
        lines: those of this page.
        hits: how many fit on all pages.
        page: which page this is, from 1 on.
        pages: how many there are.
        size: how many lines a full page has.
        totals: sums for the last columns, by key.
    """
    words, first = screen.words, (page - 1) * size + 1
    return Listing(
        headings=[_heading(screen, search, *column) for column in _columns(screen)],
        lines=lines,
        range=words["range"].format(hits=hits, first=first, last=first + len(lines) - 1),
        label=words["total"].format(hits=hits),
        totals=list((totals or {}).values()),
        page=words["page"].format(page=page, pages=pages),
        back=[
            Way(words[name], _way(screen, search, to) if page > 1 else "")
            for name, to in (("first", 1), ("previous", page - 1))
        ],
        forth=[
            Way(words[name], _way(screen, search, to) if page < pages else "")
            for name, to in (("next", page + 1), ("last", pages))
        ],
    )


def _columns(screen: Screen) -> zip[tuple[str, str]]:
    section = screen.section("list")
    return zip(section.keys, section.columns, strict=True)


def _heading(screen: Screen, search: Search, key: str, label: str) -> Heading:
    if key not in {each.removeprefix(DESCENDING) for each in screen.section("list").sorts}:
        return Heading(label)
    is_sorted = key == search.sort
    turned = is_sorted and not search.descending
    href = f"{screen.path}?{search.query(sort=key, descending=turned)}"
    direction = "descending" if search.descending else "ascending"
    return Heading(label, href, direction if is_sorted else "")


def _way(screen: Screen, search: Search, page: int) -> str:
    return f"{screen.path}?{search.query(page=page)}"
