"""Sending letters, and what happens when one cannot be sent."""

from __future__ import annotations

from simulator.mail.letters import Letter
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
