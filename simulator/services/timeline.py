"""Moving the simulated clock, and what falls due on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.rules import password_expires_at
from simulator.services.daily_batch import due_mails, send_due_mails
from simulator.services.world import World
from simulator.store import Certificate, Code, Contract, User


@dataclass(frozen=True)
class DueEvent:
    """Something that happens by the passing of time alone; `subject` is a user id, contract or certificate name."""

    at: datetime
    kind: str
    subject: str


def advance(world: World, span: timedelta) -> list[DueEvent]:
    """Move the clock forward; what falls due happens at its own moment and is returned in order.

    Raises:
        ValueError: the span is negative.
    """
    start = world.clock.now()
    if span < timedelta(0):
        world.clock.advance(span)  # it says why not
    return _pass(world, start, start + span)


def move_to(world: World, moment: datetime) -> list[DueEvent]:
    """Set the clock; on the way forward everything falls due, on the way back nothing is undone."""
    now = world.clock.now()
    if moment > now:
        return _pass(world, now, moment)
    world.clock.set(moment)
    return []


def due_between(world: World, start: datetime, end: datetime) -> list[DueEvent]:
    """What falls due after `start`, up to and including `end`, in order of time."""
    with world.store.transaction() as session:
        found = [*_codes(session), *_certificates(session), *_locks(session), *_passwords(session, world)]
        found += [DueEvent(mail.at, f"{mail.kind}_mail", mail.certificate) for mail in due_mails(session, world)]
    return sorted((e for e in found if start < e.at <= end), key=lambda e: (e.at, e.kind, e.subject))


def _pass(world: World, start: datetime, end: datetime) -> list[DueEvent]:
    due = due_between(world, start, end)
    for event in due:
        world.clock.set(event.at)
        send_due_mails(world)
    world.clock.set(end)
    return due


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


def _passwords(session: Session, world: World) -> Iterator[DueEvent]:
    for user in session.scalars(select(User).where(User.password_is_temporary.is_(False))):
        yield DueEvent(password_expires_at(user.password_set_at, world.profile), "password_expired", user.user_id)
