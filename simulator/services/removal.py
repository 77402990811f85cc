"""Revoking certificates and taking users out; for the master's and the labour bank's verbs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from simulator.services.finding import certificates_in_force
from simulator.services.trail import record
from simulator.store import Certificate, Code, User


def revoke_all(session: Session, user: User, now: datetime, reason: str) -> int:
    """Revoke every certificate of a user; how many there were."""
    rows = certificates_in_force(session, user)
    for row in rows:
        row.revoked_at, row.revocation_reason = now, reason
        record(session, "certificate_revoked", now, user, certificate=row.name, reason=reason)
    return len(rows)


def remove_user(session: Session, user: User, now: datetime, reason: str) -> None:
    """Take a user out: certificates are revoked and stay known, id and place are free again (ambiguity 12)."""
    revoke_all(session, user, now, reason)
    session.execute(delete(Code).where(Code.user == user.id))
    session.execute(update(Certificate).where(Certificate.user == user.id).values(user=None))
    session.delete(user)
    session.flush()
