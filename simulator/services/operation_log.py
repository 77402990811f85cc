"""Reading the operation log: what the users of a contract did and were refused (MNU-19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from simulator.rules import JAPAN
from simulator.services.world import World
from simulator.store import MASTER_PLACE, Event, User

PORTION = 500  # lines that are read at once for a file; Oracle takes at most 1,000 ids in one list


@dataclass(frozen=True)
class LogCriteria:
    """Which lines of the log; an empty value leaves the matter open.

    Attributes:
        first, last: the first and the last day, in Japan.
        actor: the id of the user who did it.
        kind: the kind of operation.
        descending: whether the newest line comes first.
    """

    first: date | None = None
    last: date | None = None
    actor: str = ""
    kind: str = ""
    descending: bool = True


@dataclass(frozen=True)
class FoundOperations:
    """A page of the log: its lines, how many fit on all pages, which page it is, from 1 on, and of how many."""

    lines: Sequence[Event]
    hits: int
    page: int
    pages: int


def look_up_operations(world: World, number: str, criteria: LogCriteria, page: int = 1) -> FoundOperations:
    """A page of the operation log of a contract; a page beyond the last is the last (MNU-19)."""
    fitting = _conditions(number, criteria)
    size = world.profile.list_page_lines
    with world.store.transaction() as session:
        hits = session.scalar(select(func.count()).where(*fitting)) or 0
        pages = max(-(-hits // size), 1)
        page = min(max(page, 1), pages)
        # The index alone says which lines these are; only those are read.
        query = select(Event.id).where(*fitting).order_by(*_ordering(criteria)).offset((page - 1) * size).limit(size)
        return FoundOperations(_lines(session, list(session.scalars(query))), hits, page, pages)


def every_operation(world: World, number: str, criteria: LogCriteria) -> Iterator[Event]:
    """All lines that fit, a portion at a time: the log may be long, and others want to write to it meanwhile."""
    after: list[ColumnElement[bool]] = []
    fitting = _conditions(number, criteria)
    while True:
        with world.store.transaction() as session:
            query = select(Event.id).where(*fitting, *after).order_by(*_ordering(criteria)).limit(PORTION)
            lines = _lines(session, list(session.scalars(query)))
        yield from lines
        if len(lines) < PORTION:
            return
        after = [_beyond(lines[-1], descending=criteria.descending)]


def actors_of(world: World, number: str) -> dict[str, str]:
    """Who stands in the log of a contract or may come to: id and name, the name empty for users who are gone.

    The master comes first, then the general users in the order of their ids, then who is gone.
    """
    query = select(User.user_id, User.name).where(User.contract_number == number)
    with world.store.transaction() as session:
        rows = session.execute(query.order_by(User.place != MASTER_PLACE, User.user_id))
        known = {user_id: name for user_id, name in rows}  # noqa: C416 - rows are no pairs to dict()
        return known | {actor: "" for actor in _distinct_actors(session, number) if actor not in known}


def _conditions(number: str, criteria: LogCriteria) -> list[ColumnElement[bool]]:
    conditions = [Event.contract_number == number, Event.actor.is_not(None)]
    if criteria.actor:
        conditions.append(Event.actor == criteria.actor)
    if criteria.kind:
        conditions.append(Event.kind == criteria.kind)
    if criteria.first:
        conditions.append(Event.at >= _midnight(criteria.first))
    if criteria.last:
        conditions.append(Event.at < _midnight(criteria.last + timedelta(days=1)))
    return conditions


def _ordering(criteria: LogCriteria) -> list[ColumnElement[Any]]:
    columns = (Event.at, Event.id)
    return [column.desc() if criteria.descending else column.asc() for column in columns]


def _beyond(line: Event, *, descending: bool) -> ColumnElement[bool]:
    """What comes after a line; the first condition, though implied, lets the database begin there."""
    if descending:
        return and_(Event.at <= line.at, or_(Event.at < line.at, Event.id < line.id))
    return and_(Event.at >= line.at, or_(Event.at > line.at, Event.id > line.id))


def _lines(session: Session, ids: Sequence[int]) -> list[Event]:
    found = {line.id: line for line in session.scalars(select(Event).where(Event.id.in_(ids)))} if ids else {}
    return [found[each] for each in ids]


def _distinct_actors(session: Session, number: str) -> Iterator[str]:
    """One step along the index for each: a plain DISTINCT would read every line."""
    last = ""
    while True:
        query = select(func.min(Event.actor)).where(Event.contract_number == number, Event.actor > last)
        found = session.scalar(query)
        if found is None:
            return
        yield found
        last = found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)
