"""The master's work on the users of the contract (USR)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from simulator.catalogue import load_catalogue
from simulator.mail.letters import compose
from simulator.services.finding import certificates_in_force, contract_row, user_row
from simulator.services.gate import release
from simulator.services.refusal import Refused, refused
from simulator.services.removal import remove_user, void_codes
from simulator.services.sending import send
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import MASTER_PLACE, Certificate, Contract, User


@dataclass(frozen=True)
class GeneralUserEntry:
    """What the master enters for a general user; already checked against the field rules (USR-05)."""

    user_id: str
    temporary_password: str
    user_name: str
    mail_address: str


@dataclass(frozen=True)
class ContractUser:
    """A user of a contract with the newest certificate that was not revoked."""

    user: User
    certificate: Certificate | None


def users_of(world: World, number: str) -> list[ContractUser]:
    """The users of a contract: the master, then the general users in the order of their ids (MNU-18)."""
    with world.store.transaction() as session:
        query = select(User).where(User.contract_number == number).order_by(User.place != MASTER_PLACE, User.user_id)
        return [_with_certificate(session, user) for user in session.scalars(query)]


def managed_user(world: World, by: str, user_id: str) -> ContractUser:
    """A user of the contract whose master is `by`.

    Raises:
        Refused: `by` is no master (E4004), or the contract has no such user (E4002).
    """
    with world.store.transaction() as session:
        return _with_certificate(session, _managed(session, by, user_id))


def managed_general_user(world: World, by: str, user_id: str) -> ContractUser:
    """A general user of the contract whose master is `by`.

    Raises:
        Refused: `by` is no master (E4004), no such user (E4002), or it is the master (E4003).
    """
    with world.store.transaction() as session:
        return _with_certificate(session, _managed_general(session, by, user_id))


def refuse_eleventh(world: World, by: str) -> None:
    """Refuse to begin a registration where no place is left (USR-01).

    Raises:
        Refused: `by` is no master (E4004), or there are ten already (E4001).
    """
    with world.store.transaction() as session:
        _free_place(session, world, _contract_of_master(session, by))


def register_general_user(world: World, by: str, entry: GeneralUserEntry) -> User:
    """Register a general user of the contract whose master is `by`, with a temporary password (USR-04, USR-05).

    Raises:
        Refused: `by` is no master (E4004), there are ten already (E4001, USR-01), or the id is taken (E1003).
    """
    password_hash = world.passwords.hash(entry.temporary_password)
    now = world.clock.now()
    try:
        with world.store.transaction() as session:
            contract = _contract_of_master(session, by)
            user = User(
                user_id=entry.user_id,
                contract=contract,
                place=_free_place(session, world, contract),
                name=entry.user_name,
                mail_address=entry.mail_address,
                secret_hash=password_hash,
                password_set_at=now,
                password_is_temporary=True,
                registered_at=now,
            )
            session.add(user)
            session.flush()
            record(session, "general_user_registered", now, user, actor=by)
    except IntegrityError:
        label = load_catalogue().screen("user_registration").field("user_id").label
        raise refused("E1003", at="user_id", field=label) from None
    told = {"user_name": user.name, "user_id": user.user_id}
    send(world, compose("general_registered", user.mail_address, registered_at=now, **told), user)
    return user


def change_user(world: World, by: str, user_id: str, *, user_name: str, mail_address: str) -> User:
    """Change name and mail address of a user or of the master (USR-12, MRG-33); both addresses are told.

    Raises:
        Refused: `by` is no master (E4004), or the contract has no such user (E4002).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        user = _managed(session, by, user_id)
        before = user.mail_address
        user.name, user.mail_address = user_name, mail_address
        record(session, "user_changed", now, user, actor=by, mail_address_changed=before != mail_address)
    if before != mail_address:
        for recipient in (before, mail_address):
            told = {"user_name": user_name, "before": before, "after": mail_address}
            send(world, compose("address_changed", recipient, changed_at=now, **told), user)
    return user


def set_temporary_password(world: World, by: str, user_id: str, password: str) -> User:
    """Set a temporary password for a general user who forgot the own one (USR-08); lock and certificate stay.

    Raises:
        Refused: `by` is no master (E4004), no such user (E4002), or it is the master (E4003, ROK-05).
    """
    password_hash = world.passwords.hash(password)
    now = world.clock.now()
    with world.store.transaction() as session:
        user = _managed_general(session, by, user_id)
        user.secret_hash, user.password_set_at, user.password_is_temporary = password_hash, now, True
        void_codes(session, user)
        record(session, "temporary_password_set", now, user, actor=by)
    send(world, compose("temporary_password", user.mail_address, user_name=user.name, changed_at=now), user)
    return user


def release_general_user(world: World, by: str, user_id: str) -> User:
    """Lift lock and block of a general user (USR-10).

    Raises:
        Refused: `by` is no master (E4004), no such user (E4002), it is the master (E4003, ROK-09), or there is nothing
            to lift (E4005).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        user = _managed_general(session, by, user_id)
        if not release(user):
            raise refused("E4005")
        record(session, "user_released", now, user, actor=by)
    return user


def delete_general_user(world: World, by: str, user_id: str) -> None:
    """Delete a general user: the certificate is revoked, id and place are free again (USR-11).

    Raises:
        Refused: `by` is no master (E4004), no such user (E4002), or it is the master (E4003).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        user = _managed_general(session, by, user_id)
        record(session, "user_deleted", now, user, actor=by)
        remove_user(session, user, now, reason="user_deleted", actor=by)


def _contract_of_master(session: Session, by: str) -> Contract:
    """The contract whose master acts; nobody else can act on it until the transaction ends."""
    actor = session.scalars(select(User).where(User.user_id == by)).one_or_none()
    if actor is None or not actor.is_master:
        raise refused("E4004")
    return contract_row(session, actor.contract_number)


def _managed(session: Session, by: str, user_id: str) -> User:
    contract = _contract_of_master(session, by)
    try:
        user = user_row(session, user_id)
    except Refused:
        raise refused("E4002") from None
    if user.contract_number != contract.number:
        raise refused("E4002")
    return user


def _managed_general(session: Session, by: str, user_id: str) -> User:
    user = _managed(session, by, user_id)
    if user.is_master:
        raise refused("E4003")
    return user


def _free_place(session: Session, world: World, contract: Contract) -> int:
    taken = set(session.scalars(select(User.place).where(User.contract_number == contract.number)))
    places = range(MASTER_PLACE + 1, MASTER_PLACE + 1 + world.profile.general_users_maximum)
    for place in places:
        if place not in taken:
            return place
    raise refused("E4001")


def _with_certificate(session: Session, user: User) -> ContractUser:
    return ContractUser(user, next(iter(certificates_in_force(session, user)), None))
