"""Sending the changes of a month to the labour bank, and what has arrived there (MNU-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from simulator.rules import ChangeKind
from simulator.services.change_history import note_sent
from simulator.services.contracts import contract_numbered
from simulator.services.detail_work import at_work
from simulator.services.paging import Paged, page_of
from simulator.services.refusal import Refused, refused
from simulator.services.savings import generations_of
from simulator.services.world import World
from simulator.store import ChangeEntry, ChangeSet, Contract, User

ENTRY_SORTS = ("worker", "kind", "change")
SUMS = ("monthly_before", "bonus_before", "monthly", "bonus")


@dataclass(frozen=True)
class Tally:
    """How many changes of a kind there are, and their sums in yen, before and after."""

    entries: int = 0
    monthly_before: int = 0
    bonus_before: int = 0
    monthly: int = 0
    bonus: int = 0


@dataclass(frozen=True)
class SentChanges:
    """A set that arrived at the labour bank, with its contract and what is in it."""

    contract: Contract
    change_set: ChangeSet
    tallies: Mapping[ChangeKind, Tally]


def tallies_of(world: World, change_set: ChangeSet | None) -> dict[ChangeKind, Tally]:
    """The changes of a set by kind, kinds without any included."""
    with world.store.transaction() as session:
        return _tallies(session, change_set)


def total_of(tallies: Mapping[ChangeKind, Tally]) -> Tally:
    """All kinds together."""
    return Tally(*(sum(getattr(tally, name) for tally in tallies.values()) for name in ("entries", *SUMS)))


def entries_of(
    world: World, change_set: ChangeSet, sort: str = "worker", *, descending: bool = False, page: int = 1
) -> Paged[ChangeEntry]:
    """A page of a set's entries; a page beyond the last is the last."""
    fitting, size = [ChangeEntry.change_set == change_set.id], world.profile.list_page_lines
    with world.store.transaction() as session:
        return page_of(session, ChangeEntry, fitting, sort, descending=descending, page=page, size=size)


def all_entries_of(world: World, change_set: ChangeSet) -> Sequence[ChangeEntry]:
    """All entries of a set, by worker and kind, as the labour bank prints them."""
    query = select(ChangeEntry).where(ChangeEntry.change_set == change_set.id)
    with world.store.transaction() as session:
        return list(session.scalars(query.order_by(ChangeEntry.worker, ChangeEntry.kind)))


def send_changes(world: World, by: str, *, seen: int) -> ChangeSet:
    """Send all changes to the newest details; from then on nothing can be changed until the next ones arrive.

    Sending the same content again gives the same receipt and does nothing more: a button may be pressed twice.

    Args:
        world: the edges.
        by: the user.
        seen: the revision of the set as the user confirmed it.

    Raises:
        Refused: see `detail_work.at_work`; there is nothing to send (E4314), or something was entered or withdrawn
            since the confirmation (E4315).
    """
    try:
        with at_work(world, by) as work:
            entries = _tallies(work.session, work.change_set)
            change_set, count = work.change_set, total_of(entries).entries
            if change_set is None or not count:
                raise refused("E4314")
            if change_set.revision != seen:
                raise refused("E4315")
            change_set.receipt = f"{work.now:%Y%m%d}-{change_set.id:06}"
            change_set.sent_at, change_set.sent_by = work.now, work.actor.user_id
            change_set.sender_name = work.actor.name
            note_sent(work.session, work.actor, change_set, at=work.now, entries=count)
            return change_set
    except Refused as refusal:
        if refusal.message.code == "E4304" and (sent := _sent_as_seen(world, by, seen)):
            return sent
        raise


def sent_sets(world: World, number: str = "", *, before: int = 0, limit: int = 50) -> list[SentChanges]:
    """What has arrived at the labour bank, the newest first.

    Args:
        world: the edges.
        number: of one contract only.
        before: only what arrived before the set with this id.
        limit: how many at most.

    Raises:
        Refused: there is no such contract (E5001).
    """
    if number:
        contract_numbered(world, number)
    query = select(ChangeSet).where(ChangeSet.sent_at.is_not(None)).order_by(ChangeSet.id.desc()).limit(limit)
    if number:
        query = query.where(ChangeSet.contract_number == number)
    if before:
        query = query.where(ChangeSet.id < before)
    with world.store.transaction() as session:
        return [_sent(session, change_set) for change_set in session.scalars(query)]


def sent_set(world: World, receipt: str, number: str = "") -> SentChanges:
    """What arrived with this receipt number; of this contract only, if one is given.

    Raises:
        Refused: nothing did (E4316).
    """
    query = select(ChangeSet).where(ChangeSet.receipt == receipt, ChangeSet.sent_at.is_not(None))
    if number:
        query = query.where(ChangeSet.contract_number == number)
    with world.store.transaction() as session:
        change_set = session.scalars(query).one_or_none()
        if change_set is None:
            raise refused("E4316", receipt=receipt)
        return _sent(session, change_set)


def _sent_as_seen(world: World, by: str, seen: int) -> ChangeSet | None:
    """The newest set of a user's contract, if it was sent with just this content."""
    with world.store.transaction() as session:
        number = session.scalars(select(User.contract_number).where(User.user_id == by)).one()
    newest = generations_of(world, number)[0]
    query = select(ChangeSet).where(
        ChangeSet.contract_number == number, ChangeSet.month == newest.month, ChangeSet.revision == seen
    )
    with world.store.transaction() as session:
        return session.scalars(query).one_or_none()


def _sent(session: Session, change_set: ChangeSet) -> SentChanges:
    contract = session.get_one(Contract, change_set.contract_number)
    return SentChanges(contract, change_set, _tallies(session, change_set))


def _tallies(session: Session, change_set: ChangeSet | None) -> dict[ChangeKind, Tally]:
    if change_set is None:
        return {kind: Tally() for kind in ChangeKind}
    sums = [func.sum(getattr(ChangeEntry, name)) for name in SUMS]
    query = select(ChangeEntry.change, func.count(), *sums).where(ChangeEntry.change_set == change_set.id)
    found = {row[0]: _tally(row) for row in session.execute(query.group_by(ChangeEntry.change))}
    return {kind: found.get(kind, Tally()) for kind in ChangeKind}


def _tally(row: Row[Any]) -> Tally:
    return Tally(*map(int, row[1:]))  # some databases sum up in decimals
