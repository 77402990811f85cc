"""In what a generation differs from the one before it: 新規, 変更 and 中止, with the amounts before and after (MNU-06).

The database compares the two, however many lines they have; what differs is kept with the generation.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from simulator.rules import ChangeKind
from simulator.store import ChangeLine, Generation, StatementLine

COLUMNS = (
    "generation",
    "worker",
    "name",
    "kana",
    "branch",
    "search",
    "kind",
    "account",
    "change",
    "monthly_before",
    "bonus_before",
    "monthly",
    "bonus",
)
_WHO = ("worker", "name", "kana", "branch", "search", "kind", "account")


def note_changes(session: Session, generation: Generation, previous: Generation | None) -> None:
    """Keep in what a generation differs from the one before; a contract of which nothing is deducted counts as none.

    Without a generation before there is nothing to tell, not everything.
    """
    if previous is None:
        return
    both = union_all(_begun_or_changed(generation, previous), _gone(generation, previous)).subquery()
    in_order = select(both).order_by(both.c.worker, both.c.kind, both.c.account)
    session.execute(insert(ChangeLine).from_select(COLUMNS, in_order))
    lines = select(func.count()).where(ChangeLine.generation == generation.id)
    generation.previous, generation.changes = previous.month, session.scalar(lines) or 0


def _begun_or_changed(generation: Generation, previous: Generation) -> Select[Any]:
    now, before = aliased(StatementLine), aliased(StatementLine)
    monthly, bonus = func.coalesce(before.monthly, 0), func.coalesce(before.bonus, 0)
    change = case(
        (monthly + bonus == 0, literal(ChangeKind.NEW.value)),
        (now.monthly + now.bonus == 0, literal(ChangeKind.STOPPED.value)),
        else_=literal(ChangeKind.CHANGED.value),
    )
    return (
        select(
            literal(generation.id).label("generation"),
            *(getattr(now, name) for name in _WHO),
            change.label("change"),
            monthly.label("monthly_before"),
            bonus.label("bonus_before"),
            now.monthly,
            now.bonus,
        )
        .outerjoin(before, _same(before, now, previous))
        .where(now.generation == generation.id, or_(monthly != now.monthly, bonus != now.bonus))
    )


def _gone(generation: Generation, previous: Generation) -> Select[Any]:
    now, before = aliased(StatementLine), aliased(StatementLine)
    return (
        select(
            literal(generation.id),
            *(getattr(before, name) for name in _WHO),
            literal(ChangeKind.STOPPED.value),
            before.monthly,
            before.bonus,
            literal(0),
            literal(0),
        )
        .outerjoin(now, _same(now, before, generation))
        .where(before.generation == previous.id, now.id.is_(None), before.monthly + before.bonus > 0)
    )


def _same(joined: type[StatementLine], line: type[StatementLine], generation: Generation) -> ColumnElement[bool]:
    """The same savings contract of the same worker, in this generation."""
    return and_(
        joined.generation == generation.id,
        joined.worker == line.worker,
        # Inside an expression no index can serve the kind: through that one, every line would be compared with half of
        # all others, and which of two equally good indexes SQLite takes depends on which was made first.
        func.coalesce(joined.kind, "") == line.kind,
        joined.account == line.account,
    )
