"""The history of detail changes: who entered, corrected, withdrew or sent what, and when (MNU-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from simulator.rules import JAPAN
from simulator.services.paging import Paged, page_of
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import ChangeEntry, ChangeRecord, ChangeSet, Contract, User

HISTORY_SORTS = ("at", "worker", "by", "action")
Amounts = tuple[int, int] | None


class Action(StrEnum):
    """What was done to an entry, or to a whole set."""

    ENTERED = "entered"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class HistoryQuery:
    """What to look for in the history; an empty value leaves the matter open.

    Attributes:
        first, last: the days of the period, both included, Japan time.
        worker: what the worker's number begins with.
        user_id: exactly this user.
        action: exactly this action.
    """

    first: date | None = None
    last: date | None = None
    worker: str = ""
    user_id: str = ""
    action: str = ""


def note_entry(
    session: Session,
    actor: User,
    change_set: ChangeSet,
    action: Action,
    entry: ChangeEntry,
    *,
    at: datetime,
    before: Amounts,
    after: Amounts,
) -> int:
    """Write down what a user did to an entry, in history and audit trail.

    Args:
        session: the transaction of the operation itself.
        actor: the user.
        change_set: the set; it counts as changed from now on.
        action: what was done.
        entry: to what.
        at: when.
        before: monthly and bonus deposit before it; None where there was none.
        after: those after it; None where there is none any more.

    Returns:
        The number of the line, which is the entry's revision.
    """
    line = ChangeRecord(
        at=at,
        contract_number=change_set.contract_number,
        month=change_set.month,
        action=action.value,
        change=entry.change,
        worker=entry.worker,
        name=entry.name,
        kind=entry.kind,
        by=actor.user_id,
        by_name=actor.name,
    )
    line.monthly_before, line.bonus_before = before or (None, None)
    line.monthly, line.bonus = after or (None, None)
    session.add(line)
    session.flush()
    change_set.revision = line.id
    told = {"worker": entry.worker, "savings": entry.kind, "change": entry.change}
    record(session, f"detail_{action}", at, actor, actor=actor.user_id, **told)
    return line.id


def note_sent(session: Session, actor: User, change_set: ChangeSet, *, at: datetime, entries: int) -> None:
    """Write down that a user sent a set to the labour bank."""
    line = _line_of_set(change_set, Action.SENT, at, entries)
    line.receipt, line.by, line.by_name = change_set.receipt, actor.user_id, actor.name
    session.add(line)
    month, receipt = f"{change_set.month:%Y-%m}", change_set.receipt
    record(session, "detail_sent", at, actor, actor=actor.user_id, month=month, entries=entries, receipt=receipt)


def note_lapsed(session: Session, contract: Contract, change_set: ChangeSet, *, at: datetime, entries: int) -> None:
    """Write down that a set lapsed, because the labour bank sent the next month before anybody sent it."""
    session.add(_line_of_set(change_set, Action.LAPSED, at, entries))
    record(session, "detail_lapsed", at, contract, month=f"{change_set.month:%Y-%m}", entries=entries)


def look_up_history(
    world: World, number: str, wanted: HistoryQuery, sort: str = "at", *, descending: bool = True, page: int = 1
) -> Paged[ChangeRecord]:
    """A page of a contract's history; a page beyond the last is the last (MNU-12)."""
    size = world.profile.list_page_lines
    with world.store.transaction() as session:
        fitting = _conditions(number, wanted)
        return page_of(session, ChangeRecord, fitting, sort, descending=descending, page=page, size=size)


def _line_of_set(change_set: ChangeSet, action: Action, at: datetime, entries: int) -> ChangeRecord:
    return ChangeRecord(
        at=at,
        contract_number=change_set.contract_number,
        month=change_set.month,
        action=action.value,
        entries=entries,
    )


def _conditions(number: str, wanted: HistoryQuery) -> list[ColumnElement[bool]]:
    conditions = [ChangeRecord.contract_number == number]
    if wanted.first:
        conditions.append(ChangeRecord.at >= _midnight(wanted.first))
    if wanted.last:
        conditions.append(ChangeRecord.at < _midnight(wanted.last) + timedelta(days=1))
    if wanted.worker:
        conditions.append(ChangeRecord.worker.startswith(wanted.worker, autoescape=True))
    if wanted.user_id:
        conditions.append(ChangeRecord.by == wanted.user_id)
    if wanted.action:
        conditions.append(ChangeRecord.action == wanted.action)
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)
