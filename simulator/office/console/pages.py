"""Turning what a page shows into HTML, and reading what was sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, cast

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from simulator.catalogue import load_catalogue
from simulator.office.console import papers, wording
from simulator.office.console.forms import Sent
from simulator.office.console.results import Result, Results
from simulator.office.context import office_of
from simulator.office.fields import LABELS
from simulator.rules import Message
from simulator.safety import safety_headers
from simulator.services.event_words import change_name, event_name, savings_name
from simulator.services.lookup import certificate_state, standing_state
from simulator.services.opening import opening_state
from simulator.templates import templates_of

# Browsers send `Origin: null` with the forms of a page that hides its address everywhere.
SAFETY = safety_headers("same-origin", style_src="'self'", img_src="'self'")
MAXIMUM_FIELDS, MAXIMUM_FIELD_BYTES = 20, 64 * 1024
# Another number for "what was typed is wrong" than for "the state of things forbids it".
WRONG, FORBIDDEN = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT


def _environment() -> Environment:
    made = templates_of("simulator.office.console")
    made.globals.update(catalogue=load_catalogue(), labels=LABELS, papers=papers, wording=wording)
    made.filters.update(moment=wording.moment, day=wording.day, second=wording.second, event=event_name)
    made.filters.update(change=change_name, savings=savings_name)
    return made


_templates = _environment()


def page(request: Request, template: str, *, status: int = HTTPStatus.OK, **values: Any) -> Response:
    """A page of the console, with the result of the operation that led here."""
    office = office_of(request)
    now = office.world.clock.now()
    text = _templates.get_template(f"{template}.html").render(
        now=now,
        here=request.url.path,
        opening=opening_state(office.world, office.always_open),
        addresses=office.get_addresses(),
        mark="" if office.hide_mark else load_catalogue().mark,
        result=_results(request).take(request.query_params.get("result", "")),
        standing_of=lambda row: standing_state(row, now),
        state_of=lambda row: certificate_state(row, now),
        **values,
    )
    return _guarded(HTMLResponse(text, status))


def done(request: Request, path: str, text: str, **more: Any) -> Response:
    """Send the browser on to a page that tells what was done; loading that page again does nothing again."""
    key = _results(request).keep(Result(text, **more))
    return _guarded(RedirectResponse(f"{path}?result={key}", HTTPStatus.SEE_OTHER))


def show_problem(request: Request, problem: Message | None, status: HTTPStatus) -> Response:
    """The page for what cannot be done: a service's message, or that there is no such page."""
    return page(request, "problem", status=status, problem=problem)


def submits(operate: Callable[[Request, Sent], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a form that was sent; the operation may wait for the database or hash a password."""

    async def endpoint(request: Request) -> Response:
        data = await request.form(max_files=0, max_fields=MAXIMUM_FIELDS, max_part_size=MAXIMUM_FIELD_BYTES)
        sent = {key: value for key, value in data.items() if isinstance(value, str)}
        return await run_in_threadpool(operate, request, sent)

    return endpoint


def _results(request: Request) -> Results:
    return cast("Results", request.app.state.results)


def _guarded(response: Response) -> Response:
    response.raw_headers.extend([*SAFETY, (b"cache-control", b"no-store")])
    return response
