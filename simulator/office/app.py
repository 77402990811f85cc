"""The office as an application: API, console, and how both say no."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from simulator.office.api import router
from simulator.office.console import ROUTES, STATIC, Results, show_problem
from simulator.office.context import Office
from simulator.office.guard import SameSite
from simulator.services.refusal import Refused

API = "/api"
UNKNOWN = {"E4316", "E4410", "E5001", "E5002", "E5005"}


def create_office(office: Office) -> FastAPI:
    """The office as an ASGI application; the API's OpenAPI description is at `/openapi.json`."""
    app = FastAPI(
        title="koujyo office", summary="シミュレータの管理 API", docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.office = office
    app.state.results = Results()
    app.include_router(router, prefix=API)
    app.router.routes.extend([*ROUTES, STATIC])
    app.add_middleware(SameSite)
    app.add_exception_handler(Refused, _refuse)
    app.add_exception_handler(RequestValidationError, _explain)
    app.add_exception_handler(HTTPException, _turn_away)
    return app


def status_of(refusal: Refused) -> HTTPStatus:
    """404 where something unknown was named, 409 where the state of things forbids it."""
    return HTTPStatus.NOT_FOUND if refusal.message.code in UNKNOWN else HTTPStatus.CONFLICT


async def _refuse(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refused)  # noqa: S101 - registered for nothing else
    if not _is_call(request):
        return show_problem(request, problem.message, status_of(problem))
    detail = {"code": problem.message.code, "message": problem.message.text, "field": problem.at}
    return JSONResponse({"detail": detail}, status_code=status_of(problem))


async def _turn_away(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)  # noqa: S101 - registered for nothing else
    if _is_call(request):
        return await http_exception_handler(request, problem)
    return show_problem(request, None, HTTPStatus(problem.status_code))


async def _explain(request: Request, problem: Exception) -> Response:
    """What is wrong and where; what was sent is left out, for it may be a secret or not even be text."""
    del request
    assert isinstance(problem, RequestValidationError)  # noqa: S101 - registered for nothing else
    detail = [{key: error[key] for key in ("type", "loc", "msg")} for error in problem.errors()]
    text = json.dumps({"detail": detail})  # ASCII, where half a surrogate pair does no harm
    return Response(text, HTTPStatus.UNPROCESSABLE_ENTITY, media_type="application/json")


def _is_call(request: Request) -> bool:
    return request.url.path == API or request.url.path.startswith(f"{API}/")
