"""Issuing client certificates and judging the ones presented (CRT-27 to CRT-35, LGN-02, LGN-03)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from simulator.mail.letters import compose
from simulator.pki import PresentedCertificate, read_certificate, seal
from simulator.rules import CertificateTerm, certificate_name, certificate_term, file_name, is_within_term
from simulator.services.finding import certificates_in_force
from simulator.services.refusal import refused
from simulator.services.sending import send
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Certificate, Code, User


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate ready for download.

    Attributes:
        data: the sealed .p12 file.
    """

    user_id: str
    name: str
    file_name: str
    issued_at: datetime
    expires_at: datetime
    data: bytes


@dataclass(frozen=True)
class Holder:
    """Who a good certificate belongs to."""

    user_id: str
    name: str
    expires_at: datetime


def issue_certificate(
    world: World, code_id: int, password: str, progress: Callable[[float], None] = lambda _: None
) -> IssuedCertificate:
    """Issue the certificate that a verified code allows; the code is spent by it.

    Args:
        world: the edges.
        code_id: the verified code.
        password: the login password valid now; it seals the .p12 (IMP-03).
        progress: told how much is done, from 0 to 1.

    Raises:
        Refused: the code is not verified or already spent (E9001), or meanwhile another certificate came into being
            (E2104).
    """
    user = _spend(world, code_id)
    progress(0.1)
    key = world.keys.take()
    progress(0.5)
    term = certificate_term(world.clock.now(), world.profile)
    name = certificate_name(user.user_id, term.expires_at, world.profile)
    serial_number = world.randomness.serial_number(name)
    certificate = world.authority.issue(name, term.issued_at, term.expires_at, key, serial_number=serial_number)
    progress(0.7)
    data = seal(key, certificate, world.authority.certificate, password, name, world.p12_encryption)
    progress(0.9)
    row = Certificate(
        user=user.id,
        name=name,
        fingerprint=read_certificate(certificate.public_bytes(Encoding.DER)).fingerprint,
        file_name=file_name(user.user_id, term.issued_at),
        issued_at=term.issued_at,
        renewal_opens_at=term.renewal_opens_at,
        expires_at=term.expires_at,
    )
    with world.store.transaction() as session:
        refuse_second_certificate(session, world, user)
        session.add(row)
        record(session, "certificate_issued", world.clock.now(), user, actor=user.user_id, certificate=name)
    _tell(world, user, row)
    progress(1.0)
    return IssuedCertificate(user.user_id, name, row.file_name, term.issued_at, term.expires_at, data)


def judge_certificate(world: World, presented: PresentedCertificate | None) -> Holder:
    """Find out whose certificate was presented, on the simulated clock.

    Raises:
        Refused: none (E3001), not from this system (E3002), its user is gone (E3006), revoked (E3005),
            expired (E3003), or not yet valid (E3004).
    """
    if presented is None:
        raise refused("E3001")
    with world.store.transaction() as session:
        row = session.scalars(select(Certificate).where(Certificate.fingerprint == presented.fingerprint)).one_or_none()
        if row is None or not presented.client_auth:
            raise refused("E3002")
        user = session.get(User, row.user) if row.user is not None else None
    if user is None:
        raise refused("E3006")  # deletion revokes, too, but a new certificate is no way out for somebody deleted
    if row.revoked_at is not None:
        raise refused("E3005")
    now = world.clock.now()
    term = CertificateTerm(row.issued_at, row.expires_at, row.renewal_opens_at)
    if not is_within_term(term, now):
        raise refused("E3004" if now < term.issued_at else "E3003")
    return Holder(user.user_id, row.name, row.expires_at)


def refuse_second_certificate(session: Session, world: World, user: User) -> None:
    """Let nobody have a second certificate before the renewal of the newest opens (CRT-05, CRT-17, CRT-18).

    The user's row stays locked until the transaction ends: what is decided here holds until it is written.

    Raises:
        Refused: the newest is not revoked and its renewal is not open (E2104), or meanwhile the user is gone (E9001).
    """
    if session.get(User, user.id, with_for_update=True) is None:
        raise refused("E9001")
    newest = next(iter(certificates_in_force(session, user)), None)
    if newest is not None and world.clock.now() < newest.renewal_opens_at:
        raise refused("E2104", opens_on=newest.renewal_opens_at.date())


def _spend(world: World, code_id: int) -> User:
    with world.store.transaction() as session:
        spent = session.execute(update(Code).where(Code.id == code_id, Code.state == "verified").values(state="spent"))
        if not spent.rowcount:  # type: ignore[attr-defined]  # an UPDATE always has it
            raise refused("E9001")
        return session.get_one(User, session.get_one(Code, code_id).user)


def _tell(world: World, user: User, row: Certificate) -> None:
    told = {"user_name": user.name, "certificate": row.name}
    letter = compose(
        "certificate_issued", user.mail_address, issued_at=row.issued_at, expires_at=row.expires_at, **told
    )
    send(world, letter, user)
