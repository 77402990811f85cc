"""Finding rows, the same way for every verb."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.services.refusal import refused
from simulator.store import MASTER_PLACE, Certificate, Contract, User


def contract_row(session: Session, number: str) -> Contract:
    """The contract with this number; nobody else can change it until the transaction ends.

    Raises:
        Refused: there is none (E5001).
    """
    contract = session.scalars(select(Contract).where(Contract.number == number).with_for_update()).one_or_none()
    if contract is None:
        raise refused("E5001", number=number)
    return contract


def user_row(session: Session, user_id: str) -> User:
    """The user with this id; nobody else can change it until the transaction ends.

    Raises:
        Refused: there is none (E5002).
    """
    user = session.scalars(select(User).where(User.user_id == user_id).with_for_update()).one_or_none()
    if user is None:
        raise refused("E5002", user_id=user_id)
    return user


def master_of(session: Session, number: str) -> User | None:
    """The master user of a contract; None before the initial registration."""
    query = select(User).where(User.contract_number == number, User.place == MASTER_PLACE)
    return session.scalars(query).one_or_none()


def certificates_in_force(session: Session, user: User) -> list[Certificate]:
    """The certificates of a user that were not revoked, expired ones included, the newest first."""
    query = (
        select(Certificate)
        .where(Certificate.user == user.id, Certificate.revoked_at.is_(None))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return list(session.scalars(query))
