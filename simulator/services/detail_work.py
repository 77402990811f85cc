"""A user at work on the changes of their contract: one transaction, one user at a time (MNU-10)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.catalogue import load_catalogue
from simulator.rules import ChangeKind
from simulator.services.change_history import Action, Amounts, note_entry
from simulator.services.finding import contract_row
from simulator.services.refusal import refused
from simulator.services.savings import generations_of
from simulator.services.world import World
from simulator.store import ChangeEntry, ChangeRecord, ChangeSet, Contract, Generation, StatementLine, User

# Where the words about changes stand.
WORDS_OF = "detail_change"


def present_words(entry: ChangeEntry | None) -> str:
    """What is entered for a contract now, in words for a message."""
    words = load_catalogue().screen(WORDS_OF).words
    return words["none"] if entry is None else words[f"{entry.change}_told"].format(entry=entry)


@contextmanager
def at_work(world: World, by: str) -> Iterator[Work]:
    """A transaction in which a user works on the changes of their contract; nobody else does until it ends.

    Raises:
        Refused: the user is gone (E9009), the contract has no detail change functions (E4301), has received nothing
            (E4302), or the changes have been sent (E4304).
    """
    with world.store.transaction() as session:
        number = _actor(session, by).contract_number
    generations_of(world, number)
    with world.store.transaction() as session:
        contract = contract_row(session, number)
        if not contract.detail_change:
            raise refused("E4301")
        newest = select(Generation).where(Generation.contract_number == number).order_by(Generation.month.desc())
        generation = session.scalars(newest.limit(1)).one_or_none()
        if generation is None:
            raise refused("E4302")
        change_set = set_of(session, generation)
        if change_set and change_set.sent_at:
            raise refused("E4304", month=month_words(change_set), receipt=change_set.receipt)
        yield Work(session, _actor(session, by), contract, generation, change_set, world.clock.now())


@dataclass
class Work:
    """A user at work on the open changes of their contract, inside one transaction."""

    session: Session
    actor: User
    contract: Contract
    generation: Generation
    change_set: ChangeSet | None
    now: datetime

    def line(self, worker: str, kind: str) -> StatementLine:
        """A contract in the newest details.

        Raises:
            Refused: there is none (E4303).
        """
        found = [line for line in self.lines_of(worker) if line.kind == kind]
        if not found:
            raise refused("E4303")
        return found[0]

    def lines_of(self, worker: str) -> list[StatementLine]:
        """The contracts of a worker in the newest details."""
        query = select(StatementLine).where(
            StatementLine.generation == self.generation.id, StatementLine.worker == worker
        )
        return list(self.session.scalars(query))

    def entry(self, worker: str, kind: str) -> ChangeEntry | None:
        """What is entered for a contract."""
        return next((entry for entry in self.entries_of(worker) if entry.kind == kind), None)

    def entries_of(self, worker: str) -> list[ChangeEntry]:
        """What is entered for a worker."""
        if self.change_set is None:
            return []
        query = select(ChangeEntry).where(ChangeEntry.change_set == self.change_set.id, ChangeEntry.worker == worker)
        return list(self.session.scalars(query))

    def new_entry(self, entry_id: int, seen: int | None = None) -> ChangeEntry:
        """A new contract that is entered, by its number; as it was seen, where that matters.

        Raises:
            Refused: there is none (E4303), or it is another by now (E4305).
        """
        entry = self.session.get(ChangeEntry, entry_id)
        if entry is None or self.change_set is None or entry.change_set != self.change_set.id:
            raise refused("E4303")
        if entry.change != ChangeKind.NEW:
            raise refused("E4303")
        if seen is not None and entry.revision != seen:
            raise refused("E4305", user=entry.entered_name, present=present_words(entry))
        return entry

    def unchanged(self, worker: str, kind: str, seen: int) -> ChangeEntry | None:
        """What is entered for a contract, if it is what the user saw.

        Raises:
            Refused: it is something else by now (E4305).
        """
        entry = self.entry(worker, kind)
        if (entry.revision if entry else 0) == seen:
            return entry
        who = entry.entered_name if entry else self._withdrawn_by(worker, kind)
        raise refused("E4305", user=who, present=present_words(entry))

    def enter(self, entry: ChangeEntry, old: ChangeEntry | None) -> ChangeEntry:
        """Write down an entry, in place of an old one if there is one."""
        change_set = self._writable_set()
        before: Amounts = (entry.monthly_before, entry.bonus_before) if entry.change != ChangeKind.NEW else None
        action = Action.ENTERED
        if old is not None:
            before, action = (old.monthly, old.bonus), Action.CORRECTED
            self.session.delete(old)
            self.session.flush()  # the new one takes its place
        entry.change_set = change_set.id
        entry.entered_at, entry.entered_by, entry.entered_name = self.now, self.actor.user_id, self.actor.name
        after = (entry.monthly, entry.bonus)
        entry.revision = note_entry(
            self.session, self.actor, change_set, action, entry, at=self.now, before=before, after=after
        )
        self.session.add(entry)
        self.session.flush()
        return entry

    def withdraw(self, entry: ChangeEntry) -> None:
        """Remove an entry."""
        after: Amounts = (entry.monthly_before, entry.bonus_before) if entry.change != ChangeKind.NEW else None
        before = (entry.monthly, entry.bonus)
        note_entry(
            self.session,
            self.actor,
            self._writable_set(),
            Action.WITHDRAWN,
            entry,
            at=self.now,
            before=before,
            after=after,
        )
        self.session.delete(entry)

    def _writable_set(self) -> ChangeSet:
        """The set, made with the first entry."""
        if self.change_set is None:
            self.change_set = ChangeSet(
                contract_number=self.contract.number,
                month=self.generation.month,
                base_month=self.generation.base_month,
            )
            self.session.add(self.change_set)
            self.session.flush()
        return self.change_set

    def _withdrawn_by(self, worker: str, kind: str) -> str:
        """Who took back what was entered for a contract."""
        query = select(ChangeRecord.by_name).where(
            ChangeRecord.contract_number == self.contract.number,
            ChangeRecord.worker == worker,
            ChangeRecord.kind == kind,
        )
        return self.session.scalars(query.order_by(ChangeRecord.id.desc()).limit(1)).one_or_none() or ""


def set_of(session: Session, generation: Generation) -> ChangeSet | None:
    """The changes to the details of a generation, if any were entered yet."""
    query = select(ChangeSet).where(
        ChangeSet.contract_number == generation.contract_number, ChangeSet.month == generation.month
    )
    return session.scalars(query).one_or_none()


def month_words(change_set: ChangeSet) -> str:
    """The month of a set, as the screens write it."""
    return load_catalogue().screen(WORDS_OF).words["month"].format(month=change_set.month)


def _actor(session: Session, by: str) -> User:
    actor = session.scalars(select(User).where(User.user_id == by)).one_or_none()
    if actor is None:
        raise refused("E9009")
    return actor
