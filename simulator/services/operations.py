"""Writing the operation log: what portal users look up, print and take along, and what they are refused (MNU-19).

What changes something is recorded by its own verb, in the same transaction and with its actor
(`simulator.services.trail.record`). Everything else that a user does is noted here, by one insert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from simulator.services.refusal import Refused
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import User

REFUSED = "operation_refused"


def note_operation(world: World, actor: User, kind: str, *, refusal: str | None = None, **detail: Any) -> None:
    """Note that a portal user did something that changes no data, or was refused something.

    Args:
        world: the edges.
        actor: who did it.
        kind: one of the `operations` in `catalogue/events.yaml`.
        refusal: the code of the message that refused it; None when it was done.
        detail: what else to tell, by a name that `detail_words` of the catalogue has a word for.
    """
    with world.store.transaction() as session:
        record(session, kind, world.clock.now(), actor, actor=actor.user_id, refusal=refusal, **detail)


def note_refusal(world: World, actor: User, refusal: str, screen: str, **detail: Any) -> None:
    """Note that a portal user was refused something, with the code of the message and the key of the screen."""
    note_operation(world, actor, REFUSED, refusal=refusal, screen=screen, **detail)


@contextmanager
def refusals_noted(world: World, who: Callable[[Session], User | None], screen: str) -> Iterator[None]:
    """Note a refusal of the block for whom `who` finds then; the block's own transaction is undone by it."""
    try:
        yield
    except Refused as refusal:
        with world.store.transaction() as session:
            if actor := who(session):
                told = {"actor": actor.user_id, "refusal": refusal.message.code, "screen": screen}
                record(session, REFUSED, world.clock.now(), actor, **told)
        raise
