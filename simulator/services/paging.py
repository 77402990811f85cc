"""A page of rows, counted and cut out by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from simulator.store import ChangeEntry, ChangeRecord, ChangeSet

_Row = TypeVar("_Row", ChangeEntry, ChangeRecord, ChangeSet)


@dataclass(frozen=True)
class Paged(Generic[_Row]):
    """A page of what was found.

    Attributes:
        lines: those of this page.
        hits: how many there are on all pages.
        page, pages: which page this is, from 1 on, and how many there are.
    """

    lines: Sequence[_Row]
    hits: int
    page: int
    pages: int


def page_of(
    session: Session,
    table: type[_Row],
    fitting: Sequence[ColumnElement[bool]],
    column: str,
    *,
    descending: bool = False,
    page: int = 1,
    size: int,
) -> Paged[_Row]:
    """The rows that fit, sorted by a column and among equals by their arrival; a page beyond the last is the last."""
    hits = session.scalar(select(func.count()).select_from(table).where(*fitting)) or 0
    pages = max(-(-hits // size), 1)
    page = min(max(page, 1), pages)
    # The same direction for both, so that the database reads along its index.
    order: tuple[Any, ...] = (getattr(table, column), table.id)
    ordering = [each.desc() if descending else each.asc() for each in order]
    # The way to a far page leads over numbers in the index alone; only the rows of the page itself are read.
    numbers = select(table.id).where(*fitting).order_by(*ordering).slice((page - 1) * size, page * size)
    rows = select(table).where(table.id.in_(session.scalars(numbers).all())).order_by(*ordering)
    return Paged(list(session.scalars(rows)), hits, page, pages)
