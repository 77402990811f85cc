"""Whether the portal is open at this moment (ENV-10 to ENV-13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, select

from simulator.clock import is_holiday
from simulator.rules import is_open
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Maintenance


class Opening(StrEnum):
    """Open, outside the service hours, or under maintenance."""

    OPEN = "open"
    CLOSED = "closed"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True)
class OpeningState:
    """Whether the portal is open, and what the labour bank says of a maintenance."""

    opening: Opening
    text: str = ""


def opening_state(world: World, always_open: bool) -> OpeningState:  # noqa: FBT001 - one of its remembered keys
    """Whether the portal is open now; a maintenance goes before the hours, and before a portal without hours."""
    with world.store.transaction() as session:
        maintenance = session.scalars(select(Maintenance)).first()
    if maintenance is not None:
        return OpeningState(Opening.MAINTENANCE, maintenance.text)
    open_now = always_open or is_open(world.clock.now(), world.profile, is_holiday)
    return OpeningState(Opening.OPEN if open_now else Opening.CLOSED)


def begin_maintenance(world: World, text: str) -> None:
    """Close the portal for maintenance, inside the service hours too (ENV-13)."""
    now = world.clock.now()
    with world.store.transaction() as session:
        session.execute(delete(Maintenance))
        session.add(Maintenance(text=text, since=now))
        record(session, "maintenance_began", now, text=text)


def end_maintenance(world: World) -> None:
    """Open the portal again; does nothing but note it when there is no maintenance."""
    with world.store.transaction() as session:
        session.execute(delete(Maintenance))
        record(session, "maintenance_ended", world.clock.now())
