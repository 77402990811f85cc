"""The test bench's handles: clock, reset, pace of issuing, opening of the portal."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, HTTPException

from simulator.clock import REACH, is_reachable, parse_moment
from simulator.office.api.inputs import AdvanceIn, ClockIn, IssuingPace, MaintenanceIn
from simulator.office.api.outputs import AdvanceOut, ClockOut, DueEventOut, OpeningOut, ResetOut
from simulator.office.context import OfficeHere
from simulator.services import timeline
from simulator.services.opening import begin_maintenance, end_maintenance, opening_state

router = APIRouter()


@router.get("/clock")
def read_clock(office: OfficeHere) -> ClockOut:
    """The simulated moment, in Japan time."""
    return ClockOut(now=office.world.clock.now(), ticking=office.world.clock.is_ticking)


@router.put("/clock")
def set_clock(office: OfficeHere, body: ClockIn) -> ClockOut:
    """Set the simulated clock; on the way forward what falls due happens."""
    try:
        moment = parse_moment(body.now)
    except ValueError as problem:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, str(problem)) from problem
    timeline.move_to(office.world, moment)
    return read_clock(office)


@router.post("/clock/advance")
def advance_clock(office: OfficeHere, body: AdvanceIn) -> AdvanceOut:
    """Move the clock forward; answers what fell due on the way, in order."""
    span = timedelta(seconds=body.seconds)
    if not is_reachable(office.world.clock.now() + span):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, REACH)
    due = timeline.advance(office.world, span)
    return AdvanceOut(now=office.world.clock.now(), events=[DueEventOut.model_validate(event) for event in due])


@router.post("/reset")
def reset(office: OfficeHere) -> ResetOut:
    """Back to the seeded world: data, clock, mail, sessions."""
    office.reset()
    return ResetOut(now=office.world.clock.now())


@router.get("/issuing")
def read_pace(office: OfficeHere) -> IssuingPace:
    """How long issuing a certificate takes at least."""
    return IssuingPace(seconds=office.get_pace())


@router.put("/issuing")
def set_pace(office: OfficeHere, body: IssuingPace) -> IssuingPace:
    """Set it; also counts for certificates being issued now."""
    office.set_pace(body.seconds)
    return read_pace(office)


@router.get("/opening")
def read_opening(office: OfficeHere) -> OpeningOut:
    """Whether the portal is open at the simulated moment (ENV-10 to ENV-13)."""
    return OpeningOut.model_validate(opening_state(office.world, office.always_open))


@router.put("/maintenance")
def close_for_maintenance(office: OfficeHere, body: MaintenanceIn) -> OpeningOut:
    """Close the portal for maintenance (ENV-13)."""
    begin_maintenance(office.world, body.text)
    return read_opening(office)


@router.delete("/maintenance")
def open_after_maintenance(office: OfficeHere) -> OpeningOut:
    """End the maintenance."""
    end_maintenance(office.world)
    return read_opening(office)
