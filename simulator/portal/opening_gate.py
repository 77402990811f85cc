"""Outside the hours and during a maintenance nothing is served, open sessions included (ENV-10 to ENV-13)."""

from __future__ import annotations

from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.portal.context import Portal
from simulator.rules import message
from simulator.services.opening import Opening, opening_state

SCREENS = {Opening.CLOSED: "closed_hours", Opening.MAINTENANCE: "maintenance"}
MESSAGES = {Opening.CLOSED: "E9006", Opening.MAINTENANCE: "E9007"}


class OpeningGate:
    """Answers every request for a page itself while the portal is closed.

    Args:
        app: the portal's pages.
        portal: whose clock and switch decide.
    """

    def __init__(self, app: ASGIApp, portal: Portal) -> None:
        self._app = app
        self._portal = portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page, or the one that says why there is none; style sheets are always served."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        state = await self._portal.look(opening_state, self._portal.always_open)
        if state.opening is Opening.OPEN:
            await self._app(scope, receive, send)
            return
        response = self._portal.error(
            SCREENS[state.opening],
            message(MESSAGES[state.opening]),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            rows=(state.text,) if state.text else (),
        )
        await response(scope, receive, send)
