"""The lists of a generation, to print or export: what there is, and its lines one by one (MNU-06 to MNU-08).

Lines are read in portions, each in a transaction of its own: a list of any length needs little memory, and nobody
else has to wait until it has been printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from simulator.services.finding import user_row
from simulator.services.refusal import refused
from simulator.services.savings import generations_of
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import AlarmLine, ChangeLine, DeductionLine, Generation, StatementLine, WorkerName

PORTION = 1000  # lines read at once
Source = type[StatementLine] | type[ChangeLine] | type[AlarmLine] | type[DeductionLine]


class ListData(StrEnum):
    """預入依頼書, 加入者残高一覧表, 奨励金: what a statement is about (INF-02)."""

    DEPOSITS = "deposits"
    BALANCES = "balances"
    SUBSIDIES = "subsidies"


class ListKind(StrEnum):
    """財形積立明細書, 財形積立変更明細書, 財形貯蓄アラーム/非課税申告手続等管理明細一覧表 (MNU-06)."""

    STATEMENT = "statement"
    CHANGES = "changes"
    ALARMS = "alarms"


@dataclass(frozen=True)
class Choice:
    """Which list: of which data, and of which generation, by the first day of its month."""

    kind: ListKind
    data: ListData
    month: date


@dataclass(frozen=True)
class ChosenList:
    """A list that there is.

    Attributes:
        choice: as chosen.
        generation: what it is taken from.
        lines: how many lines it has.
        totals: sums in yen: of deposits every month, at bonus and in this month; of principal and balance; of
            subsidies; of changed deposits before and after, each every month and at bonus; none of alarms.
    """

    choice: Choice
    generation: Generation
    lines: int
    totals: Sequence[int]


@dataclass(frozen=True)
class Inexpressible:
    """What a file in CP932 cannot express of a list (MNU-08).

    Attributes:
        workers: of how many workers.
        first: number, name and characters of the first of them.
    """

    workers: int
    first: Sequence[tuple[str, str, str]]


def choose_list(world: World, number: str, choice: Choice) -> ChosenList:
    """The list of a contract that was chosen.

    Raises:
        Refused: it is kept for deposit requests only (E4202, MNU-07), the generation is not there (any more, E4203),
            there is none before it to compare it with (E4204), or the list has no line (E4205).
    """
    if choice.kind is ListKind.CHANGES and choice.data is not ListData.DEPOSITS:
        raise refused("E4202")
    kept = {generation.month: generation for generation in generations_of(world, number)}
    if choice.month not in kept:
        raise refused("E4203")
    generation = kept[choice.month]
    if choice.kind is ListKind.CHANGES and generation.previous is None:
        raise refused("E4204")
    chosen = ChosenList(choice, generation, _count(choice, generation), _totals(world, choice, generation))
    if not chosen.lines:
        raise refused("E4205")
    return chosen


def list_lines(world: World, chosen: ChosenList) -> Iterator[Row[Any]]:
    """Every line of a list by worker number, with the columns of its table.

    Raises:
        Refused: meanwhile the generation has made way for a new one (E4203).
    """
    return lines_in_portions(world, _source(chosen.choice), chosen.generation, _conditions(chosen))


def lines_in_portions(
    world: World, source: Source, generation: Generation, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[Row[Any]]:
    """Every line that fits by worker number, with the columns of its table.

    Raises:
        Refused: meanwhile the generation has made way for a new one (E4203).
    """
    columns = [column for column in source.__table__.columns if column.name not in {"generation", "search"}]
    worker, last = "", 0
    while True:
        further = source.worker >= worker, or_(source.worker > worker, source.id > last)
        query = select(*columns).where(*conditions, *further).order_by(source.worker, source.id).limit(PORTION)
        with world.store.transaction() as session:
            if session.get(Generation, generation.id) is None:
                raise refused("E4203")
            portion = session.execute(query).all()
        yield from portion
        if len(portion) < PORTION:
            return
        worker, last = portion[-1].worker, portion[-1].id


def find_inexpressible(world: World, chosen: ChosenList, most: int) -> Inexpressible:
    """What a file in CP932 cannot express of a list: of how many workers, and `most` of them at the most (MNU-08)."""
    return inexpressible_among(world, _source(chosen.choice), chosen.generation, _conditions(chosen), most)


def inexpressible_among(
    world: World, source: Source, generation: Generation, fitting: Sequence[ColumnElement[bool]], most: int
) -> Inexpressible:
    """What a file in CP932 cannot express of the lines that fit: as `find_inexpressible` tells it."""
    strange = select(WorkerName.search).where(WorkerName.generation == generation.id, WorkerName.beyond.is_not(None))
    conditions = [*fitting, source.search.in_(strange)]
    query = (
        select(source.worker, source.name, WorkerName.beyond)
        .join(WorkerName, (WorkerName.generation == source.generation) & (WorkerName.search == source.search))
        .where(*conditions)
        .distinct()
        .order_by(source.worker)
        .limit(most)
    )
    with world.store.transaction() as session:
        workers = session.scalar(select(func.count(source.worker.distinct())).where(*conditions)) or 0
        first = [(worker, name, beyond or "") for worker, name, beyond in session.execute(query)]
    return Inexpressible(workers, first)


def _source(choice: Choice) -> Source:
    if choice.kind is ListKind.STATEMENT:
        return StatementLine
    return ChangeLine if choice.kind is ListKind.CHANGES else AlarmLine


def _conditions(chosen: ChosenList) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_source(chosen.choice).generation == chosen.generation.id]
    if _is_of_subsidies(chosen.choice):
        conditions.append(StatementLine.subsidy > 0)
    return conditions


def _is_of_subsidies(choice: Choice) -> bool:
    return choice.kind is ListKind.STATEMENT and choice.data is ListData.SUBSIDIES


def _count(choice: Choice, generation: Generation) -> int:
    if _is_of_subsidies(choice):
        return generation.subsidies
    counts = {ListKind.CHANGES: generation.changes, ListKind.ALARMS: generation.alarms}
    return counts.get(choice.kind, generation.lines)


def _totals(world: World, choice: Choice, generation: Generation) -> Sequence[int]:
    if choice.kind is ListKind.ALARMS:
        return ()
    if choice.kind is ListKind.CHANGES:
        return _changed_totals(world, generation)
    return {
        ListData.DEPOSITS: (generation.monthly, generation.bonus, generation.deposited),
        ListData.BALANCES: (generation.principal, generation.balance),
        ListData.SUBSIDIES: (generation.subsidy,),
    }[choice.data]


def _changed_totals(world: World, generation: Generation) -> Sequence[int]:
    amounts = (ChangeLine.monthly_before, ChangeLine.bonus_before, ChangeLine.monthly, ChangeLine.bonus)
    query = select(*(func.sum(amount) for amount in amounts)).where(ChangeLine.generation == generation.id)
    with world.store.transaction() as session:
        return [int(total or 0) for total in session.execute(query).one()]


def record_printed(world: World, user_id: str, chosen: ChosenList, title: str) -> None:
    """Note in the trail that somebody printed a list, by its title (MNU-06)."""
    with world.store.transaction() as session:
        detail = _told(chosen, title)
        record(session, "list_printed", world.clock.now(), user_row(session, user_id), actor=user_id, **detail)


def record_exported(world: World, user_id: str, chosen: ChosenList, title: str, encoding: str) -> None:
    """Note in the trail that somebody exported a list, in this character set (MNU-08)."""
    with world.store.transaction() as session:
        detail = {**_told(chosen, title), "encoding": encoding}
        record(session, "data_exported", world.clock.now(), user_row(session, user_id), actor=user_id, **detail)


def _told(chosen: ChosenList, title: str) -> dict[str, Any]:
    return {"list": title, "month": f"{chosen.choice.month:%Y-%m}", "lines": chosen.lines}
