"""The master's initial registration (MRG)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from simulator.catalogue import load_catalogue
from simulator.mail.letters import compose
from simulator.services.finding import master_of
from simulator.services.gate import INITIAL_LOGIN, pass_contract_gate
from simulator.services.refusal import Refused, refused
from simulator.services.sending import send
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import MASTER_PLACE, Contract, User


@dataclass(frozen=True)
class MasterEntry:
    """What the master typed on DC584101; already checked against the field rules."""

    user_id: str
    password: str
    user_name: str
    mail_address: str


def authorize_initial_registration(world: World, number: str, initial_password: str) -> Contract:
    """Let somebody begin the initial registration of a contract (MRG-03, MRG-04).

    Raises:
        Refused: number or password wrong, locked, blocked (MRG-10, MRG-12), or the master exists (MRG-02).
    """
    contract = pass_contract_gate(world, INITIAL_LOGIN, number, initial_password)
    with world.store.transaction() as session:
        if master_of(session, number) is not None:
            raise refused("E2004")
        record(session, "initial_login_passed", world.clock.now(), contract)
    return contract


def register_master(world: World, number: str, entry: MasterEntry) -> User:
    """Register the master user of a contract (MRG-26).

    Raises:
        Refused: the user id is taken (MRG-27), or the contract has a master (MRG-02).
    """
    password_hash = world.passwords.hash(entry.password)
    now = world.clock.now()
    try:
        with world.store.transaction() as session:
            contract = session.get_one(Contract, number)
            user = User(
                user_id=entry.user_id,
                contract=contract,
                place=MASTER_PLACE,
                name=entry.user_name,
                mail_address=entry.mail_address,
                secret_hash=password_hash,
                password_set_at=now,
                registered_at=now,
            )
            session.add(user)
            session.flush()
            record(session, "master_registered", now, user, actor=user.user_id)
    except IntegrityError:
        raise _conflict(world, number) from None
    told = {"user_name": user.name, "user_id": user.user_id}
    send(world, compose("registered", user.mail_address, registered_at=now, **told), user)
    return user


def _conflict(world: World, number: str) -> Refused:
    with world.store.transaction() as session:
        if master_of(session, number) is not None:
            return refused("E2004")
    return refused("E1003", at="user_id", field=load_catalogue().screen("master_registration").field("user_id").label)
