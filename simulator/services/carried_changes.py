"""How changes that were sent go on into the generations after: amounts, new contracts, stopped ones (MNU-11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.rules import ChangeKind, SavingsKind, TaxState, add_months
from simulator.services.change_history import note_lapsed
from simulator.services.savings_course import Deposits, Saving, Settled
from simulator.services.savings_data import Worker, account_of
from simulator.store import ChangeEntry, ChangeSet, Contract, Generation


@dataclass(frozen=True)
class Carried:
    """What was sent last for a savings contract of a worker.

    Attributes:
        month: whose details it changed.
        began: whether the contract began by a change: it is none of the synthetic ones.
    """

    month: date
    entry: ChangeEntry
    began: bool


Changes = dict[SavingsKind, Carried]


def lapse_unsent(session: Session, contract: Contract, month: date, at: datetime) -> None:
    """Close changes to the details of earlier months that nobody sent before those of `month` arrived."""
    query = select(ChangeSet).where(
        ChangeSet.contract_number == contract.number,
        ChangeSet.month < month,
        ChangeSet.sent_at.is_(None),
        ChangeSet.lapsed.is_(False),
    )
    for change_set in session.scalars(query).all():
        change_set.lapsed = True
        count = select(func.count()).select_from(ChangeEntry).where(ChangeEntry.change_set == change_set.id)
        if entries := session.scalar(count) or 0:
            note_lapsed(session, contract, change_set, at=at, entries=entries)


def carry_on(session: Session, generation: Generation, people: Iterator[Worker]) -> Iterator[Worker]:
    """The people of a generation after all changes that were sent since their data began.

    A changed contract has what was paid in before, and the new deposits since; a new one begins in the month after
    the one whose details it was entered for; a stopped one is not there any more.
    """
    sent = _sent_before(session, generation)
    return _changed(people, sent, generation) if sent else people


def _sent_before(session: Session, generation: Generation) -> dict[str, Changes]:
    """What was sent for the generations before, by worker and kind."""
    query = (
        select(ChangeSet.month, ChangeEntry)
        .join(ChangeEntry, ChangeEntry.change_set == ChangeSet.id)
        .where(
            ChangeSet.contract_number == generation.contract_number,
            ChangeSet.base_month == generation.base_month,
            ChangeSet.month < generation.month,
            ChangeSet.sent_at.is_not(None),
        )
        .order_by(ChangeSet.month, ChangeEntry.worker, ChangeEntry.id)
    )
    found: dict[str, Changes] = {}
    for month, entry in session.execute(query):
        changes, kind = found.setdefault(entry.worker, {}), SavingsKind(entry.kind)
        before = changes.get(kind)
        changes[kind] = Carried(month, entry, entry.change == ChangeKind.NEW or (before is not None and before.began))
    return found


def _changed(people: Iterator[Worker], sent: dict[str, Changes], generation: Generation) -> Iterator[Worker]:
    for worker in people:
        yield _with_changes(worker, sent.pop(worker.number, {}), generation)
    for number, changes in sent.items():
        entry = next(iter(changes.values())).entry
        stranger = Worker(number, entry.name, entry.kana, entry.branch, has_moved=False, savings=())
        yield _with_changes(stranger, changes, generation)


def _with_changes(worker: Worker, changes: Changes, generation: Generation) -> Worker:
    """The worker after changes; without any, the same. A delivery may have fewer synthetic people than before."""
    savings = {saving.kind: saving for saving in worker.savings}
    for kind, carried in changes.items():
        goes_on = carried.entry.change != ChangeKind.STOPPED and (kind in savings or carried.began)
        savings.pop(kind, None)
        if goes_on:
            savings[kind] = _saving(kind, carried, generation)
    return replace(worker, savings=tuple(savings[kind] for kind in SavingsKind if kind in savings))


def _saving(kind: SavingsKind, carried: Carried, generation: Generation) -> Saving:
    entry = carried.entry
    return Saving(
        kind=kind,
        account=entry.account or account_of(generation.contract_number, entry.worker, kind),
        opened=entry.opened or add_months(carried.month, 1),
        tax=TaxState(entry.tax),
        declared=entry.declared,
        deposits=Deposits(entry.monthly, entry.bonus),
        settled=Settled(carried.month, entry.principal),
    )
