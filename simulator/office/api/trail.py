"""The audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from simulator.office.api.outputs import EventOut
from simulator.office.context import OfficeHere
from simulator.services import trail

router = APIRouter()


@router.get("/events")
def list_events(
    office: OfficeHere,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> list[EventOut]:
    """The audit trail after the event with the id `after`."""
    return [EventOut.model_validate(event) for event in trail.events(office.world, after=after, limit=limit)]
