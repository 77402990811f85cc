"""The mails that go out once a day: the renewal is open, the certificate has expired (ML-06, ML-07)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.mail.letters import compose
from simulator.rules import JAPAN
from simulator.services.finding import certificates_in_force
from simulator.services.sending import send
from simulator.services.world import World
from simulator.store import Certificate, User

WARNING, EXPIRED = "expiry_warning", "expired"


@dataclass(frozen=True)
class DueMail:
    """A mail still to come: when, of which kind, about which certificate (its row's id and its name)."""

    at: datetime
    kind: str
    certificate_id: int
    certificate: str


def due_mails(session: Session, world: World) -> Iterator[DueMail]:
    """The mails still to come, for the newest certificate of every user: an older one has been renewed (ML-07)."""
    for user in session.scalars(select(User)):
        newest = next(iter(certificates_in_force(session, user)), None)
        if newest is None:
            continue
        if newest.warned_at is None and world.clock.now() <= newest.expires_at:
            yield DueMail(_batch_on(world, newest.renewal_opens_at.date()), WARNING, newest.id, newest.name)
        if newest.expiry_told_at is None:
            day_after = newest.expires_at.date() + timedelta(days=1)
            yield DueMail(_batch_on(world, day_after), EXPIRED, newest.id, newest.name)


def send_due_mails(world: World) -> None:
    """Send every mail whose moment has come, each once."""
    now = world.clock.now()
    with world.store.transaction() as session:
        waiting = sorted((mail for mail in due_mails(session, world) if mail.at <= now), key=lambda mail: mail.at)
    for mail in waiting:
        _send(world, mail)


def _send(world: World, mail: DueMail) -> None:
    with world.store.transaction() as session:
        row = session.get(Certificate, mail.certificate_id, with_for_update=True)
        user = session.get(User, row.user) if row and row.user is not None else None
        if row is None or user is None or _sent_at(row, mail.kind) is not None:
            return  # somebody else was quicker, or the user is gone by now
        if mail.kind == WARNING:
            row.warned_at = world.clock.now()
        else:
            row.expiry_told_at = world.clock.now()
    told = {"user_name": user.name, "certificate": row.name}
    send(world, compose(mail.kind, user.mail_address, expires_at=row.expires_at, **told), user)


def _sent_at(row: Certificate, kind: str) -> datetime | None:
    return row.warned_at if kind == WARNING else row.expiry_told_at


def _batch_on(world: World, day: date) -> datetime:
    return datetime.combine(day, world.profile.daily_batch_at, JAPAN)
