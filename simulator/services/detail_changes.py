"""Entering changes to the newest savings details: change, stop, withdrawal (MNU-10).

What is entered is a draft in the database until it is sent. Whoever acts says what they saw (`seen`, the revision of
the entry, 0 for none): two who edit the same contract cannot overwrite each other unawares.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from simulator.catalogue import load_catalogue
from simulator.rules import ChangeKind, Message, Profile, check_bonus, check_monthly
from simulator.services.detail_work import at_work, set_of
from simulator.services.refusal import Unacceptable, refused
from simulator.services.savings import generations_of
from simulator.services.world import World
from simulator.store import ChangeEntry, ChangeSet, Generation, StatementLine

Savings = tuple[str, str]


@dataclass(frozen=True)
class Changeable:
    """A savings contract in the newest details, with what has been entered for it."""

    line: StatementLine
    entry: ChangeEntry | None


def newest_set(world: World, number: str) -> tuple[Generation, ChangeSet | None] | None:
    """The newest details a contract received and the set of changes to them, if any were entered yet."""
    received = generations_of(world, number)
    if not received:
        return None
    with world.store.transaction() as session:
        return received[0], set_of(session, received[0])


def entries_for(
    world: World, change_set: ChangeSet | None, lines: Iterable[StatementLine]
) -> dict[Savings, ChangeEntry]:
    """What has been entered for these lines, by worker's number and kind."""
    workers = {line.worker for line in lines}
    if change_set is None or not workers:
        return {}
    query = select(ChangeEntry).where(ChangeEntry.change_set == change_set.id, ChangeEntry.worker.in_(workers))
    with world.store.transaction() as session:
        return {(entry.worker, entry.kind): entry for entry in session.scalars(query)}


def changeable(world: World, by: str, worker: str, kind: str) -> Changeable:
    """A savings contract that a user is about to change.

    Raises:
        Refused: see `at_work`; or the newest details do not have it (E4303).
    """
    with at_work(world, by) as work:
        return Changeable(work.line(worker, kind), work.entry(worker, kind))


def refuse_unless_open(world: World, by: str) -> None:
    """Refuse to begin an entry where none is possible.

    Raises:
        Refused: see `at_work`.
    """
    with at_work(world, by):
        pass


def enter_change(world: World, by: str, worker: str, kind: str, *, monthly: int, bonus: int, seen: int) -> ChangeEntry:
    """Enter other amounts for a savings contract; what was entered for it before is replaced.

    Raises:
        Refused: see `at_work`; there is no such contract (E4303), somebody entered something else meanwhile (E4305),
            an amount is out of range (E4308) or not in steps (E4307), or nothing would change (E4306).
    """
    with at_work(world, by) as work:
        line, entry = work.line(worker, kind), work.unchanged(worker, kind, seen)
        Unacceptable.raise_for(amount_problems("detail_entry", monthly, bonus, world.profile))
        drafted = entry and entry.change == ChangeKind.CHANGED and (entry.monthly, entry.bonus)
        if (monthly, bonus) in {(line.monthly, line.bonus), drafted}:
            raise refused("E4306")
        return work.enter(_of_line(line, ChangeKind.CHANGED, monthly, bonus), entry)


def enter_stop(world: World, by: str, worker: str, kind: str, *, seen: int) -> ChangeEntry:
    """Enter that a savings contract is to stop; what was entered for it before is replaced.

    Raises:
        Refused: see `at_work`; there is no such contract (E4303), somebody entered something else meanwhile (E4305),
            or it is to stop already (E4306).
    """
    with at_work(world, by) as work:
        line, entry = work.line(worker, kind), work.unchanged(worker, kind, seen)
        if entry and entry.change == ChangeKind.STOPPED:
            raise refused("E4306")
        return work.enter(_of_line(line, ChangeKind.STOPPED, 0, 0), entry)


def withdraw(world: World, by: str, worker: str, kind: str, *, seen: int) -> ChangeEntry:
    """Take back what was entered for a savings contract, a new one included; the entry that is gone.

    Raises:
        Refused: see `at_work`; nothing is entered (E4313), or somebody entered something else meanwhile (E4305).
    """
    with at_work(world, by) as work:
        entry = work.entry(worker, kind)
        if entry is None:
            raise refused("E4313")
        work.unchanged(worker, kind, seen)
        work.withdraw(entry)
        return entry


def amount_problems(screen: str, monthly: int, bonus: int, profile: Profile) -> list[tuple[str, Message]]:
    """What is wrong with the deposits that were entered on a screen, each with the key of its input."""
    labels = load_catalogue().screen(screen)
    judged = (
        ("monthly", check_monthly(labels.field("monthly").label, monthly, profile)),
        ("bonus", check_bonus(labels.field("bonus").label, bonus, profile)),
    )
    return [(key, problem) for key, problem in judged if problem]


def _of_line(line: StatementLine, change: ChangeKind, monthly: int, bonus: int) -> ChangeEntry:
    """An entry for a contract in the details, which keeps the contract as it stands there."""
    kept = ("worker", "name", "kana", "branch", "kind", "account", "opened", "tax", "declared", "principal")
    return ChangeEntry(
        change=change.value,
        monthly=monthly,
        bonus=bonus,
        monthly_before=line.monthly,
        bonus_before=line.bonus,
        **{name: getattr(line, name) for name in kept},
    )
