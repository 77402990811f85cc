"""No page of another site may act here: the office knows no login, so any browser on this computer could be used."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HARMLESS = {"GET", "HEAD", "OPTIONS"}
OWN = {"same-origin", "none"}
REFUSAL = "別のサイトから送られた操作は受け付けません。コンソールの画面から操作してください。"


class SameSite:
    """Refuses what a browser sends from a page of another origin; programs other than browsers say neither.

    Args:
        app: whatever is guarded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what only reads or comes from here."""
        if scope["type"] != "http" or scope["method"] in HARMLESS or is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        await PlainTextResponse(REFUSAL, HTTPStatus.FORBIDDEN)(scope, receive, send)


def is_own(headers: Headers) -> bool:
    """Whether a request comes from a page of this origin, or from no page at all."""
    if site := headers.get("sec-fetch-site"):
        return site in OWN
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
