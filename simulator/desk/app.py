"""The route table of the desk, and its endpoints."""

from __future__ import annotations

from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit, urlunsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from simulator.catalogue.desk_windows import DeskWindow
from simulator.desk.accounts import COOKIE, Desk, DeskAccount, TooManyAccounts
from simulator.desk.pages import SAFETY, go_to, sign_in_page, window_page
from simulator.desk.places import FolderInMemory
from simulator.desk.verbs import Press, Stopped

LONGEST_NAME = 20
MOST_FIELDS, MOST_FIELD_BYTES = 20, 4096


class SafeFiles(StaticFiles):
    """Static files with the pages' security headers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 304 when the browser has it."""
        response = await super().get_response(path, scope)
        response.raw_headers.extend(SAFETY)
        return response


async def show_sign_in(request: Request) -> Response:
    """Who can sign in to Windows."""
    return sign_in_page(_desk(request), _root(request))


async def submit_sign_in(request: Request) -> Response:
    """Sign in under a name."""
    desk, sent = _desk(request), await request.form(max_files=0, max_fields=MOST_FIELDS)
    name = str(sent.get("name", "")).strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        return sign_in_page(desk, _root(request), name=name[:LONGEST_NAME], problem="account_name")
    try:
        account = desk.sign_in(name)
    except TooManyAccounts:
        return sign_in_page(desk, _root(request), name=name, problem="too_many")
    return go_to(f"{_root(request)}/{account.path}/desktop")


async def show_window(request: Request) -> Response:
    """A window of an account."""
    account, window = _account(request), _window(request)
    return await run_in_threadpool(window_page, _desk(request), account, window, _root(request))


async def press(request: Request) -> Response:
    """A button of a window was pressed: the window that follows, or the same one with what is wrong."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES)
    sent = {key: value for key, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_press, request, sent)


async def access(request: Request) -> Response:
    """Open the portal in a browser of this PC, so that what is set here takes effect there (BRW-12, BRW-23)."""
    desk, account = _desk(request), _account(request)
    portal = urlsplit(desk.get_portal())
    # The browser shows its cookie only to the host it got it from.
    netloc = portal.netloc.replace(portal.hostname or "", request.url.hostname or "", 1)
    response = go_to(urlunsplit(portal._replace(netloc=netloc, path="/")))
    response.set_cookie(COOKIE, account.path, path="/", httponly=True, samesite="lax")
    return response


async def quit_browser(request: Request) -> Response:
    """Close the browser of this PC; what is set here takes no more effect."""
    response = go_to(f"{_root(request)}/{_account(request).path}/desktop")
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


async def put_file(request: Request) -> Response:
    """Put a file into the download folder of somebody who practises."""
    account = _account(request)
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        problem = await _put(account, form.get("file"))
    if problem:
        window = _desk(request).catalogue.window("folder")
        return window_page(_desk(request), account, window, _root(request), problem=problem)
    return go_to(f"{_root(request)}/{account.path}/folder")


ROUTES = [
    Route("/", show_sign_in),
    Route("/", submit_sign_in, methods=["POST"]),
    Mount("/static", SafeFiles(directory=str(files("simulator.desk") / "static"))),
    Route("/{account}/access", access),
    Route("/{account}/quit", quit_browser),
    Route("/{account}/files", put_file, methods=["POST"]),
    Route("/{account}/{window}", show_window),
    Route("/{account}/{window}", press, methods=["POST"]),
]


def create_desk(desk: Desk) -> Starlette:
    """The desk as an ASGI application, to be mounted where pages of other sites cannot act."""
    app = Starlette(routes=ROUTES, exception_handlers={HTTPException: _sign_in_first})
    app.state.desk = desk
    return app


def _press(request: Request, sent: dict[str, str]) -> Response:
    desk, account, window = _desk(request), _account(request), _window(request)
    key, _, argument = sent.get("press", "").partition(":")
    try:
        part = window.part(key)
    except KeyError:
        raise HTTPException(404) from None
    try:
        with desk.lock:
            following = Press(desk.catalogue, account, window, part, {**sent, "argument": argument}).act()
    except Stopped as stopped:
        return window_page(desk, account, window, _root(request), sent=sent, problem=str(stopped))
    return go_to(f"{_root(request)}/{account.path}/{following}")


async def _put(account: DeskAccount, given: object) -> str:
    """Keep what was given; what is wrong with it, by its name in the catalogue."""
    folder = account.folder
    if not isinstance(given, UploadFile) or not given.filename or not isinstance(folder, FolderInMemory):
        return "no_file"
    data = await given.read(folder.MOST_BYTES + 1)
    if len(data) > folder.MOST_BYTES:
        return "too_large"
    folder.put(given.filename, data)
    return ""


async def _sign_in_first(request: Request, problem: Exception) -> Response:
    """An account or window that is not there: begin with signing in."""
    if getattr(problem, "status_code", 0) == 405:  # noqa: PLR2004
        return sign_in_page(_desk(request), _root(request))
    return go_to(f"{_root(request)}/")


def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _account(request: Request) -> DeskAccount:
    account = _desk(request).find(request.path_params["account"])
    if account is None:
        raise HTTPException(404)
    return account


def _window(request: Request) -> DeskWindow:
    try:
        return _desk(request).catalogue.window(request.path_params["window"])
    except KeyError:
        raise HTTPException(404) from None
