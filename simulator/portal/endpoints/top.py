"""The screens that ask nothing: login top (DC581101), cache clearing, the end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.sessions import ISSUING, REGISTRATION, forget
from simulator.portal.visit import Visit

# https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site: no page asked, the address was opened.
ASKED_BY, NOBODY = "sec-fetch-site", "none"


async def show_login_top(request: Request) -> Response:
    """The login top screen (LGT-01), in a window of its own where it is so set (BRW-12).

    Coming back to it abandons what was begun (MRG-09, MRG-25, CRT-12, CRT-26).
    """
    visit = await Visit.begin(request)
    if visit.portal.own_window and request.headers.get(ASKED_BY) == NOBODY:
        return _show(visit, "entrance")
    forget(visit.session, (*REGISTRATION, *ISSUING))
    return _show(visit, "login_top")


async def show_cache_clearing(request: Request) -> Response:
    """How to clear the browser's cache (LGT-09)."""
    return _show(await Visit.begin(request), "cache_clearing")


async def show_closed(request: Request) -> Response:
    """The end of issuing (CRT-38)."""
    return _show(await Visit.begin(request), "closed")


def _show(visit: Visit, key: str) -> Response:
    return visit.portal.pages.blank(visit.screen(key))
