"""The control API: clock, reset, contracts, users, audit trail."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from simulator.clock import parse_moment
from simulator.office.schemas import (
    AdvanceIn,
    AdvanceOut,
    ClockIn,
    ClockOut,
    ContractIn,
    ContractOut,
    DueEventOut,
    EventOut,
    IssuingPace,
    MaintenanceIn,
    OpeningOut,
    ResetOut,
    UserOut,
)
from simulator.services import timeline, trail
from simulator.services.contracts import contracts, open_contract, users
from simulator.services.opening import begin_maintenance, end_maintenance, opening_state
from simulator.services.refusal import Refused
from simulator.services.world import World


class Office:
    """What the office can reach beside the world.

    Attributes:
        reset: brings the whole simulator back to its seeded world.
        get_pace, set_pace: how many seconds an issue takes at least.
        always_open: whether the service hours are left aside.
    """

    def __init__(
        self,
        world: World,
        reset: Callable[[], None],
        get_pace: Callable[[], float],
        set_pace: Callable[[float], None],
        *,
        always_open: bool = False,
    ) -> None:
        self.world = world
        self.reset = reset
        self.get_pace = get_pace
        self.set_pace = set_pace
        self.always_open = always_open


def office_of(request: Request) -> Office:
    """The office a request came to."""
    return cast("Office", request.app.state.office)


OfficeHere = Annotated[Office, Depends(office_of)]
router = APIRouter(prefix="/api")

# Certificates cannot be dated much earlier, and leave room for their terms later.
FIRST_YEAR, LAST_YEAR = 1970, 2199


def _reachable(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        reason = f"時計を動かせるのは{FIRST_YEAR}年から{LAST_YEAR}年までです。"
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, reason)
    return moment


def create_office(office: Office) -> FastAPI:
    """The office as an ASGI application; its OpenAPI description is at `/openapi.json`."""
    app = FastAPI(title="koujyo office", summary="シミュレータの管理 API", docs_url=None, redoc_url=None)
    app.state.office = office
    app.include_router(router)
    app.add_exception_handler(Refused, _refuse)
    app.add_exception_handler(RequestValidationError, _explain)
    return app


async def _refuse(request: Request, problem: Exception) -> JSONResponse:
    del request
    assert isinstance(problem, Refused)  # noqa: S101 - registered for nothing else
    detail = {"code": problem.message.code, "message": problem.message.text, "field": problem.at}
    return JSONResponse({"detail": detail}, status_code=HTTPStatus.CONFLICT)


async def _explain(request: Request, problem: Exception) -> Response:
    """What is wrong and where; what was sent is left out, for it may be a secret or not even be text."""
    del request
    assert isinstance(problem, RequestValidationError)  # noqa: S101 - registered for nothing else
    detail = [{key: error[key] for key in ("type", "loc", "msg")} for error in problem.errors()]
    text = json.dumps({"detail": detail})  # ASCII, where half a surrogate pair does no harm
    return Response(text, HTTPStatus.UNPROCESSABLE_ENTITY, media_type="application/json")


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
    timeline.move_to(office.world, _reachable(moment))
    return read_clock(office)


@router.post("/clock/advance")
def advance_clock(office: OfficeHere, body: AdvanceIn) -> AdvanceOut:
    """Move the clock forward; answers what fell due on the way, in order."""
    span = timedelta(seconds=body.seconds)
    _reachable(office.world.clock.now() + span)
    due = timeline.advance(office.world, span)
    return AdvanceOut(now=office.world.clock.now(), events=[DueEventOut.model_validate(event) for event in due])


@router.post("/reset")
def reset(office: OfficeHere) -> ResetOut:
    """Back to the seeded world: data, clock, mail, sessions."""
    office.reset()
    return ResetOut(now=office.world.clock.now())


@router.get("/contracts")
def list_contracts(office: OfficeHere) -> list[ContractOut]:
    """All contracts."""
    return [ContractOut.model_validate(contract) for contract in contracts(office.world)]


@router.post("/contracts", status_code=HTTPStatus.CREATED, responses={409: {"description": "番号が既にある"}})
def add_contract(office: OfficeHere, body: ContractIn) -> ContractOut:
    """Open a contract with the initial password its party filed (ROK-01, ROK-02)."""
    contract = open_contract(office.world, body.number, body.edition, body.name, body.initial_password)
    return ContractOut.model_validate(contract)


@router.get("/users")
def list_users(office: OfficeHere) -> list[UserOut]:
    """All users."""
    return [UserOut.model_validate(user) for user in users(office.world)]


@router.get("/events")
def list_events(
    office: OfficeHere,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> list[EventOut]:
    """The audit trail after the event with the id `after`."""
    return [EventOut.model_validate(event) for event in trail.events(office.world, after=after, limit=limit)]


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
