"""Logging in with the certificate's user and the password, and out again (LGN, LGO)."""

from __future__ import annotations

from sqlalchemy import select

from simulator.services.certificates import Holder
from simulator.services.gate import LOGIN, pass_user_gate
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import User


def log_in(world: World, holder: Holder, password: str) -> User:
    """Log the holder of a good certificate in (LGN-05).

    Raises:
        Refused: wrong password, locked or blocked (LGN-10, LGN-12).
    """
    user = pass_user_gate(world, LOGIN, holder.user_id, password)
    with world.store.transaction() as session:
        record(session, "logged_in", world.clock.now(), user, actor=user.user_id, certificate=holder.name)
    return user


def log_out(world: World, user_id: str) -> None:
    """Note that a user logged out (LGO-01)."""
    with world.store.transaction() as session:
        user = session.scalars(select(User).where(User.user_id == user_id)).one_or_none()
        record(session, "logged_out", world.clock.now(), user, actor=user_id)


def user_with_id(world: World, user_id: str) -> User | None:
    """The user with this id, with the contract; None when there is none."""
    with world.store.transaction() as session:
        user = session.scalars(select(User).where(User.user_id == user_id)).one_or_none()
        if user is not None:
            _ = user.contract
        return user
