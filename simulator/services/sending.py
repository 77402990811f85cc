"""Sending letters, and what happens when one cannot be sent."""

from __future__ import annotations

from simulator.mail.letters import Letter, compose
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import User


def send(world: World, letter: Letter, user: User) -> None:
    """Send a letter to a user; a mail server that refuses it shows in the audit trail, not on the user's screen."""
    outcome, problem = "mail_sent", ""
    try:
        world.post.send(letter)
    except OSError as failure:
        outcome, problem = "mail_failed", str(failure)
    with world.store.transaction() as session:
        record(session, outcome, world.clock.now(), user, mail=letter.kind, to=letter.recipient, problem=problem)


def send_standing_notice(world: World, user: User) -> None:
    """Tell a user who has just been locked or blocked (ML-04, ML-05)."""
    send(world, _standing_notice(world, user), user)


def _standing_notice(world: World, user: User) -> Letter:
    locks = world.profile.locks_before_block
    if user.blocked or user.locked_until is None:
        return compose("blocked", user.mail_address, user_name=user.name, locks=locks)
    return compose(
        "locked",
        user.mail_address,
        user_name=user.name,
        failures=world.profile.failures_before_lock,
        minutes=world.profile.lock_minutes,
        locks=locks,
        locked_until=user.locked_until,
    )
