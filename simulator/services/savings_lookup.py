"""Looking up statements, alarms and deductions: search, sort and pages, done by the database (MNU-04, MNU-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from simulator.rules import without_selectors
from simulator.services.refusal import refused
from simulator.services.savings import generations_of
from simulator.services.savings_data import folded
from simulator.services.world import World
from simulator.store import AlarmLine, DeductionLine, Generation, StatementLine, WorkerName

_Line = TypeVar("_Line", StatementLine, AlarmLine, DeductionLine)

STATEMENT_SORTS = ("worker", "kana", "branch", "kind", "monthly", "bonus", "balance")
ALARM_SORTS = ("worker", "kana", "branch", "kind", "principal")
DEDUCTION_SORTS = ("worker", "kana", "branch", "kind", "amount")
# What is summed up of each kind of line, by column, and what the generation keeps of all of them.
COUNTED: dict[type[Any], str] = {StatementLine: "lines", AlarmLine: "alarms", DeductionLine: "deductions"}
SUMMED: dict[type[Any], dict[str, str]] = {
    StatementLine: {"monthly": "monthly", "bonus": "bonus", "balance": "balance"},
    AlarmLine: {},
    DeductionLine: {"amount": "deducted"},
}
NEAR = 4  # up to which fraction of all hits a page is quicker reached along the index than by sorting the hits
FEW = 999  # hits that are asked for by their ids; Oracle takes no more in one list


@dataclass(frozen=True)
class Criteria:
    """What to look for; an empty value leaves the matter open.

    Attributes:
        month: the first day of the generation's month; None for the newest.
        worker: what the worker's number begins with.
        name: a part of the name, in kanji or kana, with or without space.
        kind: the kind of savings, or of alarm, exactly.
        branch: a part of the branch's name.
    """

    month: date | None = None
    worker: str = ""
    name: str = ""
    kind: str = ""
    branch: str = ""

    @property
    def is_open(self) -> bool:
        """Whether every line of the generation fits."""
        return not (self.worker or self.name or self.kind or self.branch)


@dataclass(frozen=True)
class Order:
    """What to sort by: the name of a column, and whether the greatest comes first."""

    column: str = "worker"
    descending: bool = False


@dataclass(frozen=True)
class Found(Generic[_Line]):
    """A page of what was found.

    Attributes:
        generation: where it was looked for; None when the contract has received nothing of that month.
        lines: those of this page.
        hits: how many there are on all pages.
        totals: sums over all hits, in yen, by the name of the column; alarms have none.
        page, pages: which page this is, from 1 on, and how many there are.
    """

    generation: Generation | None
    lines: Sequence[_Line]
    hits: int
    totals: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True)
class WorkerStatements:
    """All that is kept of a worker: a line for each contract and generation, the newest generation first."""

    lines: Sequence[tuple[Generation, StatementLine]]
    alarms: Sequence[AlarmLine]


def look_up_statements(
    world: World, number: str, criteria: Criteria, order: Order, page: int = 1
) -> Found[StatementLine]:
    """A page of the savings contracts of a contract's workers; a page beyond the last is the last (MNU-04)."""
    return _look_up(world, StatementLine, number, criteria, order, page)


def look_up_alarms(world: World, number: str, criteria: Criteria, order: Order, page: int = 1) -> Found[AlarmLine]:
    """A page of what the contract has to see to; a page beyond the last is the last (MNU-05)."""
    return _look_up(world, AlarmLine, number, criteria, order, page)


def statements_of(world: World, number: str, worker: str) -> WorkerStatements:
    """One worker's contracts in every generation that is kept, and the alarms of the newest.

    Raises:
        Refused: no generation has a line of this worker (E4201).
    """
    kept = {generation.id: generation for generation in generations_of(world, number)}
    query = (
        select(StatementLine)
        .where(StatementLine.generation.in_(kept), StatementLine.worker == worker)
        .order_by(StatementLine.generation.desc(), StatementLine.id)
    )
    with world.store.transaction() as session:
        lines = [(kept[line.generation], line) for line in session.scalars(query)]
        if not lines:
            raise refused("E4201")
        newest = next(iter(kept))
        alarms = select(AlarmLine).where(AlarmLine.generation == newest, AlarmLine.worker == worker)
        return WorkerStatements(lines, list(session.scalars(alarms.order_by(AlarmLine.id))))


def look_up_deductions(
    world: World, number: str, criteria: Criteria, order: Order, page: int = 1
) -> Found[DeductionLine]:
    """A page of what the union is to deduct from its members' wages; a page beyond the last is the last."""
    return _look_up(world, DeductionLine, number, criteria, order, page)


def _look_up(
    world: World, table: type[_Line], number: str, criteria: Criteria, order: Order, page: int
) -> Found[_Line]:
    generation: Generation | None = _generation(generations_of(world, number), criteria.month)
    if generation is None:
        return Found(None, [], 0, {}, 1, 1)
    with world.store.transaction() as session:
        return find_lines(session, table, generation, criteria, order, page=page, size=world.profile.list_page_lines)


def find_lines(
    session: Session,
    table: type[_Line],
    generation: Generation,
    criteria: Criteria,
    order: Order,
    *,
    page: int,
    size: int,
    among: ColumnElement[bool] | None = None,
) -> Found[_Line]:
    """A page of the lines of one generation; with `among`, only those of a few that it picks out."""
    fitting = [*conditions_of(table, generation, criteria), *([] if among is None else [among])]
    is_open = criteria.is_open and among is None
    hits, totals, ids = _judge(session, table, generation, fitting, is_open=is_open)
    pages = max(-(-hits // size), 1)
    page = min(max(page, 1), pages)
    portion = slice((page - 1) * size, page * size)
    is_far = not is_open and portion.stop * NEAR > hits
    if ids is None and is_far:
        ids, portion = _sorted_ids(session, table, fitting, order, portion), slice(0, size)
    found = fitting if ids is None else [table.id.in_(ids)]
    query = select(table).where(*found).order_by(*_ordering(table, order)).slice(portion.start, portion.stop)
    lines: list[_Line] = list(session.scalars(query)) if hits else []
    return Found(generation, lines, hits, totals, page, pages)


def conditions_of(table: type[_Line], generation: Generation, criteria: Criteria) -> list[ColumnElement[bool]]:
    """What a line of the generation has to fulfil to be found."""
    conditions: list[ColumnElement[bool]] = [table.generation == generation.id]
    if criteria.worker:
        conditions.append(table.worker.startswith(criteria.worker, autoescape=True))
    if criteria.name:
        names = select(WorkerName.search).where(
            WorkerName.generation == generation.id, WorkerName.search.contains(folded(criteria.name), autoescape=True)
        )
        conditions.append(table.search.in_(names))
    if criteria.kind:
        conditions.append(table.kind == criteria.kind)
    if criteria.branch:
        conditions.append(table.branch.contains(without_selectors(criteria.branch), autoescape=True))
    return conditions


def _sorted_ids(
    session: Session, table: type[_Line], fitting: list[ColumnElement[bool]], order: Order, portion: slice
) -> list[int]:
    """The ids of a portion, by sorting all hits out of the search index: far on, quicker than along the order's own."""
    query = select(table.id).where(*fitting).order_by(*_ordering(table, order, along_index=False))
    return list(session.scalars(query.slice(portion.start, portion.stop)))


def _judge(
    session: Session,
    table: type[_Line],
    generation: Generation,
    fitting: list[ColumnElement[bool]],
    *,
    is_open: bool,
) -> tuple[int, dict[str, int], list[int] | None]:
    """How many fit, their sums and, when they are few, which they are: then nothing is searched a second time."""
    if is_open:
        return *_known(table, generation), None
    columns = [getattr(table, name) for name in _summed(table)]
    some = session.execute(select(table.id, *columns).where(*fitting).limit(FEW + 1)).all()
    if len(some) <= FEW:
        sums = {name: sum(row[place] for row in some) for place, name in enumerate(_summed(table), start=1)}
        return len(some), sums, [row[0] for row in some]
    return *_counted(table, session.execute(_totals(table, fitting)).one()), None


def _generation(kept: Sequence[Generation], month: date | None) -> Generation | None:
    return next((generation for generation in kept if month in {None, generation.month}), None)


def _ordering(table: type[_Line], order: Order, *, along_index: bool = True) -> list[ColumnElement[Any]]:
    # The same direction for both, so that the database reads along its index; equal ones in the order of arrival.
    columns = [getattr(table, order.column), table.id]
    if not along_index:  # inside an expression no index can serve the order
        columns[0] = func.coalesce(columns[0], columns[0])
    return [column.desc() if order.descending else column.asc() for column in columns]


def _totals(table: type[_Line], fitting: list[ColumnElement[bool]]) -> Select[Any]:
    sums = [func.sum(getattr(table, name)) for name in _summed(table)]
    return select(func.count(), *sums).where(*fitting)


def _summed(table: type[_Line]) -> tuple[str, ...]:
    return tuple(SUMMED[table])


def _known(table: type[_Line], generation: Generation) -> tuple[int, dict[str, int]]:
    totals = {name: int(getattr(generation, kept)) for name, kept in SUMMED[table].items()}
    return int(getattr(generation, COUNTED[table])), totals


def _counted(table: type[_Line], row: Row[Any]) -> tuple[int, dict[str, int]]:
    hits, *sums = (int(value or 0) for value in row)
    return hits, dict(zip(_summed(table), sums, strict=True))
