"""The 控除依頼リスト and what was sent of it, to print or export (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from simulator.services.deductions import Sheet
from simulator.services.refusal import refused
from simulator.services.savings_lists import Inexpressible, inexpressible_among, lines_in_portions
from simulator.services.savings_lookup import Criteria, Order, conditions_of, look_up_deductions
from simulator.services.world import World
from simulator.store import DeductionLine, Generation, ShortDeduction


@dataclass(frozen=True)
class ChosenDeductions:
    """The part of a list that was searched for.

    Attributes:
        generation: what it is taken from.
        criteria: what was searched for.
        lines, amount: how many deductions there are, and what they come to in yen.
    """

    generation: Generation
    criteria: Criteria
    lines: int
    amount: int


def choose_deductions(world: World, number: str, criteria: Criteria) -> ChosenDeductions:
    """The part of a contract's list that was searched for.

    Raises:
        Refused: there is no list of that month (any more, E4402), or nothing in it fits (E4411).
    """
    found = look_up_deductions(world, number, criteria, Order())
    if found.generation is None:
        raise refused("E4402")
    if not found.hits:
        raise refused("E4411")
    return ChosenDeductions(found.generation, criteria, found.hits, found.totals["amount"])


def chosen_lines(world: World, chosen: ChosenDeductions) -> Iterator[Row[Any]]:
    """Every line that was chosen, by member's number.

    Raises:
        Refused: meanwhile the generation has made way for a new one (E4203).
    """
    conditions = conditions_of(DeductionLine, chosen.generation, chosen.criteria)
    return lines_in_portions(world, DeductionLine, chosen.generation, conditions)


def inexpressible_deductions(world: World, chosen: ChosenDeductions, most: int) -> Inexpressible:
    """What a file in CP932 cannot express: of how many members, and `most` of them at the most."""
    conditions = conditions_of(DeductionLine, chosen.generation, chosen.criteria)
    return inexpressible_among(world, DeductionLine, chosen.generation, conditions, most)


def short_rows(world: World, sheet: Sheet, kind: str) -> list[Row[Any]]:
    """What falls short of one kind in a request, by member's number: the columns of the line, `paid` and `reason`."""
    if sheet.request is None:
        return []
    line = [getattr(DeductionLine, name) for name in ("worker", "name", "account", "amount")]
    query = (
        select(*line, ShortDeduction.amount.label("paid"), ShortDeduction.reason)
        .join(ShortDeduction, ShortDeduction.line == DeductionLine.id)
        .where(ShortDeduction.request == sheet.request.id, DeductionLine.kind == kind)
        .order_by(DeductionLine.worker)
    )
    with world.store.transaction() as session:
        return list(session.execute(query))
