"""The single deductions of a month's list, with what the union cannot deduct (控除事務, ambiguity 22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from simulator.rules import DeductionKind
from simulator.services.deductions import Sheet, list_of
from simulator.services.refusal import refused
from simulator.services.savings import generations_of
from simulator.services.savings_lookup import Criteria, Found, Order, conditions_of, find_lines
from simulator.services.world import World
from simulator.store import DeductionLine, Generation, ShortDeduction, TransferRequest


@dataclass(frozen=True)
class AnsweredLine:
    """A deduction that was asked for, and what falls short of it, if anything does."""

    line: DeductionLine
    short: ShortDeduction | None

    @property
    def paid(self) -> int:
        """What is paid in, in yen."""
        return self.line.amount if self.short is None else self.short.amount


@dataclass(frozen=True)
class AnsweredLines:
    """A page of a request's lines.

    Attributes:
        found: where, how many, and which page.
        lines: those of this page.
        totals: what is asked for and paid in of all hits, in yen: `amount` and `paid`.
    """

    found: Found[DeductionLine]
    lines: Sequence[AnsweredLine]
    totals: Mapping[str, int]


def request_months(world: World, number: str) -> list[Generation]:
    """Every month that has a list to answer or a request that was sent, the newest first."""
    generations_of(world, number)
    with world.store.transaction() as session:
        query = select(Generation).where(Generation.contract_number == number, Generation.deductions > 0)
        return list(session.scalars(query.order_by(Generation.month.desc())))


def request_lines(
    world: World, number: str, criteria: Criteria, order: Order, page: int = 1, *, only_short: bool = False
) -> AnsweredLines:
    """A page of the lines of one month's request, with what falls short.

    Raises:
        Refused: there is no such list (E4402).
    """
    with world.store.transaction() as session:
        generation = list_of(session, number, criteria.month)
        shorts = _shorts_of(generation)
        among = DeductionLine.id.in_(shorts) if only_short else None
        size = world.profile.list_page_lines
        found = find_lines(session, DeductionLine, generation, criteria, order, page=page, size=size, among=among)
        conditions = [*conditions_of(DeductionLine, generation, criteria), DeductionLine.id.in_(shorts)]
        asked = found.totals.get("amount", 0)
        totals = {"amount": asked, "paid": asked - _missing(session, conditions)}
        return AnsweredLines(found, _answered(session, found.lines), totals)


def short_lines(world: World, sheet: Sheet, page: int = 1) -> AnsweredLines:
    """A page of what falls short in a request, by member's number.

    Raises:
        Refused: meanwhile its list is gone (E4402); what was sent never is.
    """
    criteria = Criteria(month=sheet.generation.month)
    return request_lines(world, sheet.generation.contract_number, criteria, Order(), page, only_short=True)


def member_lines(world: World, number: str, month: date | None, worker: str) -> list[AnsweredLine]:
    """All deductions of one member in a month, in the order of the kinds.

    Raises:
        Refused: there is no such list (E4402), or nothing of that member in it (E4404).
    """
    with world.store.transaction() as session:
        generation = list_of(session, number, month)
        return _answered(session, lines_of_member(session, generation, worker))


def kind_of(name: str) -> DeductionKind:
    """The kind with this name.

    Raises:
        Refused: there is none (E4404).
    """
    try:
        return DeductionKind(name)
    except ValueError:
        raise refused("E4404") from None


def line_among(lines: Sequence[AnsweredLine], kind: DeductionKind) -> AnsweredLine:
    """The line of a kind.

    Raises:
        Refused: there is none (E4404).
    """
    for each in lines:
        if each.line.kind == kind:
            return each
    raise refused("E4404")


def lines_of_member(session: Session, generation: Generation, worker: str) -> list[DeductionLine]:
    """All deductions of one member in a list, in the order of the kinds.

    Raises:
        Refused: there is none (E4404).
    """
    of_member = (DeductionLine.generation == generation.id, DeductionLine.worker == worker)
    lines = list(session.scalars(select(DeductionLine).where(*of_member).order_by(DeductionLine.id)))
    if not lines:
        raise refused("E4404")
    return lines


def _shorts_of(generation: Generation) -> Select[Any]:
    requests = select(TransferRequest.id).where(TransferRequest.generation == generation.id)
    return select(ShortDeduction.line).where(ShortDeduction.request.in_(requests))


def _missing(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    missing = func.sum(DeductionLine.amount - ShortDeduction.amount)
    joined = select(missing).join(ShortDeduction, ShortDeduction.line == DeductionLine.id)
    return int(session.scalar(joined.where(*conditions)) or 0)


def _answered(session: Session, lines: Sequence[DeductionLine]) -> list[AnsweredLine]:
    query = select(ShortDeduction).where(ShortDeduction.line.in_([line.id for line in lines]))
    shorts = {short.line: short for short in session.scalars(query)}
    return [AnsweredLine(line, shorts.get(line.id)) for line in lines]
