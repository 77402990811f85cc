"""A gate asks for a secret and counts the wrong ones: six lock, three locks block (MRG-10, CRT-14, LGN-10).

An attempt counts while the secret is checked, too (`Attempts`): fifty people trying at once get six checks between
them, not fifty. Only its end is written down, so an attempt that a killed server never ended leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from simulator.rules import Standing, after_failure, after_lock_end, after_release, after_success
from simulator.services.refusal import Refused, refused
from simulator.services.sending import send_standing_notice
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Contract, Counted, User


@dataclass(frozen=True)
class Gate:
    """Where a secret is asked for.

    Attributes:
        name: how the audit trail calls it.
        wrong, locked, blocked: the message codes of its refusals.
        at: key of the input that a wrong secret is told at; None where it is told above the form.
    """

    name: str
    wrong: str
    locked: str
    blocked: str
    at: str | None = None


INITIAL_LOGIN = Gate("initial_login", wrong="E2001", locked="E2002", blocked="E2003")
USER_AUTHENTICATION = Gate("user_authentication", wrong="E2101", locked="E2102", blocked="E2103")
LOGIN = Gate("login", wrong="E3101", locked="E3102", blocked="E3103")
PASSWORD_CHANGE = Gate("password_change", wrong="E4101", locked="E3102", blocked="E3103", at="current_password")
# What a gate refuses stands in the audit trail already.
NOTED_BY_GATES = frozenset(
    code
    for gate in (INITIAL_LOGIN, USER_AUTHENTICATION, LOGIN, PASSWORD_CHANGE)
    for code in (gate.wrong, gate.locked, gate.blocked)
)


def pass_contract_gate(world: World, gate: Gate, number: str, secret: str) -> Contract:
    """The contract with this number, if its initial password is right.

    Raises:
        Refused: wrong, locked or blocked; an unknown number reads as wrong and counts nowhere.
    """
    return _attempt(world, gate, Contract, Contract.number == number, secret)


def pass_user_gate(world: World, gate: Gate, user_id: str, secret: str, *, seen: str | None = None) -> User:
    """The user with this id, if the password is right.

    Args:
        world: the edges.
        gate: where it is asked for.
        user_id: who it is.
        secret: the password that was given.
        seen: the hash of the password the question was about; None for whatever it is now.

    Raises:
        Refused: wrong, locked or blocked; an unknown id reads as wrong and counts nowhere. E9001 when the password is
            no longer the one that was asked about: the page is old, so the attempt does not count.
    """
    return _attempt(world, gate, User, User.user_id == user_id, secret, seen)


def standing_of(row: Counted) -> Standing:
    """What has been counted for a contract or user so far."""
    return Standing(row.failures, row.locks, row.locked_until, row.blocked)


def release(row: Counted) -> bool:
    """Lift lock and block and clear what was counted (USR-10, ROK-09); whether there was anything."""
    before = standing_of(row)
    keep(row, after_release(before))
    return standing_of(row) != before


def keep(row: Counted, standing: Standing) -> None:
    """Write down what has been counted."""
    row.failures, row.locks = standing.failures, standing.locks
    row.locked_until, row.blocked = standing.locked_until, standing.blocked


_Row = TypeVar("_Row", Contract, User)


def _attempt(
    world: World, gate: Gate, table: type[_Row], who: ColumnElement[bool], secret: str, seen: str | None = None
) -> _Row:
    attempts = world.attempts
    try:
        with attempts.lock:
            with world.store.transaction() as session:
                row = _find(session, table, who)
                if row is not None and seen not in {None, row.secret_hash}:
                    raise refused("E9001")
                hashed = _claim(world, gate, row)
            whose = attempts.begin(row)
    except Refused as closed:
        _note_closed(world, gate, table, who, closed)
        raise
    try:
        right = world.passwords.matches(hashed, secret)
    except BaseException:
        attempts.end(whose)
        raise
    if row is None:
        raise refused(gate.wrong, at=gate.at)
    with attempts.ended(whose), world.store.transaction() as session:
        current = _find(session, table, who)
        if current is None:
            raise refused(gate.wrong, at=gate.at)
        was_closed = _closed(gate, standing_of(current)) is not None
        refusal = _settle(session, world, gate, current, right=right)
        is_closed = _closed(gate, standing_of(current)) is not None
    if is_closed and not was_closed:
        _inform(world, current)
    # Raised outside the transaction: the count must stay.
    if refusal:
        raise refusal
    return current


def _find(session: Session, table: type[_Row], who: ColumnElement[bool]) -> _Row | None:
    return session.scalars(select(table).where(who).with_for_update()).one_or_none()


def _claim(world: World, gate: Gate, row: Counted | None) -> str | None:
    """Make sure that one more attempt may be checked; the hash to check against, None for somebody unknown."""
    if row is None:
        return None
    standing = after_lock_end(standing_of(row), world.clock.now())
    keep(row, standing)
    if refusal := _closed(gate, standing):
        raise refusal
    most = world.profile.failures_before_lock
    # More than that without a lock stand only where an older version was killed during an attempt.
    if min(standing.failures, most - 1) + world.attempts.running(row) >= most:
        raise refused(gate.locked)
    return row.secret_hash


def _settle(session: Session, world: World, gate: Gate, row: Contract | User, *, right: bool) -> Refused | None:
    """Write down how an attempt ended."""
    now = world.clock.now()
    before = standing_of(row)
    if refusal := _closed(gate, before):
        _record(session, "closed_attempt", now, gate, row, refusal)
        return refusal
    if right:
        keep(row, after_success(before, now))
        return None
    after = after_failure(before, now, world.profile)
    keep(row, after)
    refusal = _closed(gate, after) or refused(gate.wrong, at=gate.at)
    kind = "blocked" if after.blocked else "locked" if after.locked_until else "wrong_secret"
    _record(session, kind, now, gate, row, refusal)
    return refusal


def _closed(gate: Gate, standing: Standing) -> Refused | None:
    """The refusal of somebody locked or blocked at this moment."""
    if standing.blocked:
        return refused(gate.blocked)
    if standing.locked_until is not None:
        return refused(gate.locked)
    return None


def _inform(world: World, row: Contract | User) -> None:
    """Tell who has just been locked or blocked; at the initial registration nobody has an address yet (ML-09)."""
    if isinstance(row, User):
        send_standing_notice(world, row)


def _note_closed(world: World, gate: Gate, table: type[_Row], who: ColumnElement[bool], refusal: Refused) -> None:
    """Note an attempt of somebody locked or blocked, whose own transaction is undone."""
    if refusal.message.code not in {gate.locked, gate.blocked}:
        return
    with world.store.transaction() as session:
        row = _find(session, table, who)
        if row is not None:
            _record(session, "closed_attempt", world.clock.now(), gate, row, refusal)


def _record(session: Session, kind: str, now: datetime, gate: Gate, row: Contract | User, refusal: Refused) -> None:
    """Note a refusal; whoever gave a user's id counts as that user, nobody as a contract's."""
    actor = row.user_id if isinstance(row, User) else None
    record(session, kind, now, row, actor=actor, refusal=refusal.message.code, gate=gate.name)
