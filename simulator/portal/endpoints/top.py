"""The screens that ask nothing: login top (DC581101), cache clearing, the end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.sessions import COOKIE, ISSUING, REGISTRATION, forget, session_of
from simulator.portal.visit import portal_of


async def show_login_top(request: Request) -> Response:
    """The login top screen (LGT-01); coming back to it abandons what was begun (MRG-09, MRG-25, CRT-12, CRT-26)."""
    if COOKIE in request.cookies:
        forget(await session_of(request), (*REGISTRATION, *ISSUING))
    return await _show(request, "login_top")


async def show_cache_clearing(request: Request) -> Response:
    """How to clear the browser's cache (LGT-09)."""
    return await _show(request, "cache_clearing")


async def show_closed(request: Request) -> Response:
    """The end of issuing (CRT-38)."""
    return await _show(request, "closed")


async def _show(request: Request, key: str) -> Response:
    portal = portal_of(request)
    return portal.pages.blank(portal.catalogue.screen(key))
