"""Revoking certificates, voiding codes and taking users out; for the master's and the labour bank's verbs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from simulator.services.finding import certificates_in_force
from simulator.services.trail import record
from simulator.store import Certificate, Code, User


def revoke_all(session: Session, user: User, now: datetime, reason: str, actor: str | None = None) -> int:
    """Revoke every certificate of a user, at the hands of a portal user or of the labour bank; how many there were."""
    rows = certificates_in_force(session, user)
    for row in rows:
        row.revoked_at, row.revocation_reason = now, reason
        record(session, "certificate_revoked", now, user, actor=actor, certificate=row.name, reason=reason)
    return len(rows)


def void_codes(session: Session, user: User) -> None:
    """Let no code of a user be used any more: a newer one is on its way, or the password it was asked for is gone.

    A certificate is sealed with the password valid at its issue (ambiguity 11), which only user authentication hears.
    """
    in_use = Code.state.in_(("open", "verified"))
    session.execute(update(Code).where(Code.user == user.id, in_use).values(state="void"))


def remove_user(session: Session, user: User, now: datetime, reason: str, actor: str | None = None) -> None:
    """Take a user out: certificates are revoked and stay known, id and place are free again (ambiguity 12)."""
    revoke_all(session, user, now, reason, actor)
    session.execute(delete(Code).where(Code.user == user.id))
    session.execute(update(Certificate).where(Certificate.user == user.id).values(user=None))
    session.delete(user)
    session.flush()
