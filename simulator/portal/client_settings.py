"""What happens in a browser whose settings are not those of annex 1, as far as the portal can show it (BRW, IEM)."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.portal.context import Client, Portal
from simulator.portal.pages import guarded
from simulator.rules import Symptom

WAYS = {Symptom.WINDOW_CLOSES: "login_top", Symptom.BACK_TO_TOP: "user_authentication"}


class ClientSettings:
    """Sends a browser of the simulated desk elsewhere where its settings call for it; all others pass.

    Args:
        app: the portal's pages.
        portal: who knows the browsers of the desk.
    """

    def __init__(self, app: ASGIApp, portal: Portal) -> None:
        self._app = app
        self._portal = portal
        self._screens = {portal.catalogue.screen(key).path: symptom for symptom, key in WAYS.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page, or lead away from it."""
        symptom = self._screens.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        client = self._portal.client_of(Request(scope).cookies) if symptom else None
        if client is None or symptom not in client.symptoms:
            await self._app(scope, receive, send)
            return
        await guarded(RedirectResponse(self._elsewhere(symptom, client), HTTPStatus.SEE_OTHER))(scope, receive, send)

    def _elsewhere(self, symptom: Symptom, client: Client) -> str:
        if symptom is Symptom.WINDOW_CLOSES:
            return client.closing_page
        return self._portal.catalogue.screen(WAYS[Symptom.WINDOW_CLOSES]).path or "/"
