"""Changing the own password: from the menu, at first login, after expiry (PWD, MNU-14)."""

from __future__ import annotations

from simulator.mail.letters import compose
from simulator.rules import PasswordState, password_state
from simulator.services.finding import user_row
from simulator.services.gate import PASSWORD_CHANGE, pass_user_gate
from simulator.services.login import user_with_id
from simulator.services.refusal import refused
from simulator.services.removal import void_codes
from simulator.services.sending import send
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import User


def password_state_of(world: World, user: User) -> PasswordState:
    """What a login of this user leads to now (LGN-07)."""
    return password_state(user.password_set_at, world.clock.now(), world.profile, temporary=user.password_is_temporary)


def change_password(world: World, user_id: str, current: str, new: str, *, seen: str | None = None) -> User:
    """Change a password, the current one being known (PWD-08, PWD-16, MNU-14).

    A wrong current password counts like a wrong one at login: the screen must not be a way around the lock. The .p12
    file stays sealed with the password it was issued under (ambiguity 11).

    Args:
        world: the edges.
        user_id: whose password it is.
        current: what was entered as the current password.
        new: what takes its place; already checked against the field rule.
        seen: the hash of the password the screen was shown for, so that a form sent twice changes and counts only
            once; None for the one in force now.

    Raises:
        Refused: the current password is wrong (E4101), the user is locked or blocked (E3102, E3103), the new password
            is the current one (E4102), or the password has been changed since the screen was shown (E9001).
    """
    if seen is None and (known := user_with_id(world, user_id)):
        seen = known.secret_hash
    pass_user_gate(world, PASSWORD_CHANGE, user_id, current, seen=seen)
    if new == current:
        raise refused("E4102", at="new_password")
    password_hash = world.passwords.hash(new)
    now = world.clock.now()
    with world.store.transaction() as session:
        user = user_row(session, user_id)
        if user.secret_hash != seen:
            raise refused("E9001")
        user.secret_hash, user.password_set_at, user.password_is_temporary = password_hash, now, False
        void_codes(session, user)
        record(session, "password_changed", now, user, actor=user_id)
    send(world, compose("password_changed", user.mail_address, user_name=user.name, changed_at=now), user)
    return user
