"""The audit trail: every operation that was done or refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.services.world import World
from simulator.store import Contract, Event, User


def record(session: Session, kind: str, at: datetime, about: User | Contract | None = None, **detail: Any) -> None:
    """Add a line about a user or contract to the audit trail, in the transaction of the operation itself."""
    user = about if isinstance(about, User) else None
    number = about.number if isinstance(about, Contract) else user and user.contract_number
    session.add(Event(at=at, kind=kind, contract_number=number, user_id=user and user.user_id, detail=detail))


def events(world: World, *, after: int = 0, limit: int = 1000) -> list[Event]:
    """The audit trail in the order of its happening, from the line after `after`."""
    with world.store.transaction() as session:
        query = select(Event).where(Event.id > after).order_by(Event.id).limit(limit)
        return list(session.scalars(query))
