"""What the labour bank looks up before it acts: contracts at a glance, a user with every certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from simulator.rules import CertificateTerm, after_lock_end, is_renewal_open, is_within_term
from simulator.services.finding import user_row
from simulator.services.gate import standing_of
from simulator.services.savings_data import folded
from simulator.services.world import World
from simulator.store import Certificate, Contract, Counted, User


class StandingState(StrEnum):
    """Whether a contract or user may try its secret at this moment."""

    FREE = "free"
    LOCKED = "locked"
    BLOCKED = "blocked"


class CertificateState(StrEnum):
    """How a certificate stands at a moment; renewable ones are valid, too."""

    FUTURE = "future"
    VALID = "valid"
    RENEWABLE = "renewable"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class ContractSummary:
    """A contract, its master (None before the initial registration), and how many general users it has."""

    contract: Contract
    master: User | None
    general_users: int


@dataclass(frozen=True)
class UserWithCertificates:
    """A user with the contract and all certificates that were ever issued to them, the newest first."""

    user: User
    contract: Contract
    certificates: Sequence[Certificate]


def contract_summaries(world: World, search: str = "") -> list[ContractSummary]:
    """The contracts whose number or name contains `search`, by number."""
    query, asked = select(Contract).order_by(Contract.number), folded(search)
    with world.store.transaction() as session:
        contracts = session.scalars(query)
        return [_summary(each) for each in contracts if asked in each.number or asked in folded(each.name)]


def user_with_certificates(world: World, user_id: str) -> UserWithCertificates:
    """One user.

    Raises:
        Refused: there is no such user (E5002).
    """
    with world.store.transaction() as session:
        user = user_row(session, user_id)
        query = select(Certificate).where(Certificate.user == user.id)
        rows = session.scalars(query.order_by(Certificate.issued_at.desc(), Certificate.id.desc()))
        return UserWithCertificates(user, user.contract, list(rows))


def standing_state(row: Counted, now: datetime) -> StandingState:
    """Whether a contract or user is locked or blocked at this moment."""
    standing = after_lock_end(standing_of(row), now)
    if standing.blocked:
        return StandingState.BLOCKED
    return StandingState.FREE if standing.locked_until is None else StandingState.LOCKED


def certificate_state(row: Certificate, now: datetime) -> CertificateState:
    """How a certificate stands at this moment."""
    if row.revoked_at is not None:
        return CertificateState.REVOKED
    term = CertificateTerm(row.issued_at, row.expires_at, row.renewal_opens_at)
    if not is_within_term(term, now):
        return CertificateState.FUTURE if now < term.issued_at else CertificateState.EXPIRED
    return CertificateState.RENEWABLE if is_renewal_open(term, now) else CertificateState.VALID


def _summary(contract: Contract) -> ContractSummary:
    masters = [user for user in contract.users if user.is_master]
    return ContractSummary(contract, masters[0] if masters else None, len(contract.users) - len(masters))
