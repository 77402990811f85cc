"""Contracts, as the labour bank keeps them (ROK-01, ROK-02)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from simulator.catalogue import Edition, load_catalogue
from simulator.services.finding import contract_row
from simulator.services.refusal import refused
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Contract, User


def open_contract(world: World, number: str, edition: Edition, name: str, initial_password: str) -> Contract:
    """Record a contract with the initial password its party filed.

    Raises:
        Refused: the number exists (E1003).
    """
    contract = Contract(
        number=number,
        edition=edition.value,
        name=name,
        secret_hash=world.passwords.hash(initial_password),
        created_at=world.clock.now(),
    )
    try:
        with world.store.transaction() as session:
            session.add(contract)
            session.flush()
            record(session, "contract_opened", contract.created_at, contract)
    except IntegrityError:
        raise refused(
            "E1003", at="number", field=load_catalogue().screen("initial_login").field("contract_number").label
        ) from None
    return contract


def contracts(world: World) -> list[Contract]:
    """All contracts, by number."""
    with world.store.transaction() as session:
        return list(session.scalars(select(Contract).order_by(Contract.number)))


def contract_numbered(world: World, number: str) -> Contract:
    """One contract.

    Raises:
        Refused: there is no such contract (E5001).
    """
    with world.store.transaction() as session:
        return contract_row(session, number)


def edition_of(world: World, number: str) -> Edition:
    """The edition a contract follows."""
    with world.store.transaction() as session:
        return Edition(session.get_one(Contract, number).edition)


def users(world: World) -> list[User]:
    """All users, by contract and id."""
    with world.store.transaction() as session:
        return list(session.scalars(select(User).order_by(User.contract_number, User.user_id)))
