"""Moving the simulated clock, and what falls due on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.services.world import World
from simulator.store import Certificate, Code, Contract, User


@dataclass(frozen=True)
class DueEvent:
    """Something that happens by the passing of time alone."""

    at: datetime
    kind: str
    subject: str


def advance(world: World, span: timedelta) -> list[DueEvent]:
    """Move the clock forward; what fell due is returned in order.

    Raises:
        ValueError: the span is negative.
    """
    before = world.clock.now()
    after = world.clock.advance(span)
    return due_between(world, before, after)


def due_between(world: World, start: datetime, end: datetime) -> list[DueEvent]:
    """What falls due after `start`, up to and including `end`, in order of time."""
    with world.store.transaction() as session:
        found = [*_codes(session), *_certificates(session), *_locks(session)]
    return sorted((e for e in found if start < e.at <= end), key=lambda e: (e.at, e.kind, e.subject))


def _codes(session: Session) -> Iterator[DueEvent]:
    query = select(Code.expires_at, User.user_id).join(User, User.id == Code.user).where(Code.state == "open")
    for at, user_id in session.execute(query):
        yield DueEvent(at, "code_expired", user_id)


def _certificates(session: Session) -> Iterator[DueEvent]:
    query = select(Certificate).where(Certificate.revoked_at.is_(None), Certificate.user.is_not(None))
    for row in session.scalars(query):
        yield DueEvent(row.renewal_opens_at, "renewal_opened", row.name)
        yield DueEvent(row.expires_at, "certificate_expired", row.name)


def _locks(session: Session) -> Iterator[DueEvent]:
    for user in session.scalars(select(User).where(User.locked_until.is_not(None))):
        if user.locked_until:
            yield DueEvent(user.locked_until, "lock_ended", user.user_id)
    for contract in session.scalars(select(Contract).where(Contract.locked_until.is_not(None))):
        if contract.locked_until:
            yield DueEvent(contract.locked_until, "lock_ended", contract.number)
