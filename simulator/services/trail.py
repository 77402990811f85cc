"""The audit trail: every operation that was done or refused.

A line with an actor stands in the operation log of the actor's contract as well (`simulator.services.operations`). Its
kind has to be one of the `operations` in `catalogue/events.yaml`; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.services.world import World
from simulator.store import Contract, Event, User


def record(
    session: Session,
    kind: str,
    at: datetime,
    about: User | Contract | None = None,
    *,
    actor: str | None = None,
    refusal: str | None = None,
    **detail: Any,
) -> None:
    """Add a line to the audit trail, in the transaction of the operation itself.

    Args:
        session: the transaction.
        kind: what happened; its name stands in `catalogue/events.yaml`.
        at: when.
        about: the user or contract concerned.
        actor: the id of the portal user who did it; None for the labour bank, the system and time.
        refusal: the code of the message that refused it; None when it was done.
        detail: what else to tell, by a name that `detail_words` of the catalogue has a word for.
    """
    user = about if isinstance(about, User) else None
    number = about.number if isinstance(about, Contract) else user and user.contract_number
    subject = user and user.user_id
    session.add(
        Event(at=at, kind=kind, contract_number=number, user_id=subject, actor=actor, refusal=refusal, detail=detail)
    )


def events(world: World, *, after: int = 0, limit: int = 1000) -> list[Event]:
    """The audit trail in the order of its happening, from the line after `after`."""
    with world.store.transaction() as session:
        query = select(Event).where(Event.id > after).order_by(Event.id).limit(limit)
        return list(session.scalars(query))


@dataclass(frozen=True)
class TrailQuery:
    """What to look for in the audit trail; an empty value leaves the matter open.

    Attributes:
        contract_number, user_id, kind: exactly these.
        before: only lines older than the one with this id.
        limit: how many lines at most.
    """

    contract_number: str = ""
    user_id: str = ""
    kind: str = ""
    before: int = 0
    limit: int = 100


def newest_events(world: World, wanted: TrailQuery) -> list[Event]:
    """The lines that fit, the newest first."""
    query = select(Event).order_by(Event.id.desc()).limit(wanted.limit)
    for column, value in (
        (Event.contract_number, wanted.contract_number),
        (Event.user_id, wanted.user_id),
        (Event.kind, wanted.kind),
    ):
        if value:
            query = query.where(column == value)
    if wanted.before:
        query = query.where(Event.id < wanted.before)
    with world.store.transaction() as session:
        return list(session.scalars(query))


def recorded_kinds(world: World) -> set[str]:
    """The kinds of lines that the audit trail holds so far."""
    with world.store.transaction() as session:
        return set(session.scalars(select(Event.kind).distinct()))
