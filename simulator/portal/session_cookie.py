"""The cookie with a session's name: read when a page asks for the session, sent when the name has changed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.portal.sessions import Ending, Session, Sessions

COOKIE = "__Host-koujyo"
_CARRIED = "koujyo.session"
_ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict"


class CarriedSession:
    """The session of one request, under the name the browser showed.

    Attributes:
        session: a new one without a name when the server keeps none of that name.
        ended_because: why the session of that name ended; None when it did not.
    """

    def __init__(self, sessions: Sessions, shown: str | None) -> None:
        self._sessions = sessions
        self._shown = shown
        found = sessions.find(shown) if shown else None
        self.session = Session() if found is None else found
        self.ended_because = sessions.ending_of(shown) if shown and found is None else None
        self._is_told = False

    def renew(self, **values: object) -> None:
        """Go on in a session under a new name, with just these values.

        Raises:
            SessionGone: this one was renewed or has ended meanwhile.
        """
        self.session = self._sessions.renew(self.session, values)

    def end(self, why: Ending) -> None:
        """End the session."""
        self._sessions.end(self.session, why)
        self.session, self.ended_because, self._is_told = Session(), why, True

    def tell_ending(self) -> Ending:
        """What to tell whoever asks for a page of a login that is over; told once, for the name goes with it."""
        self._is_told = True
        return self.ended_because or Ending.CUT

    def header(self) -> tuple[bytes, bytes] | None:
        """The Set-Cookie header this request calls for; keeps a new session that has come to hold something."""
        if self.session and not self.session.name:
            self._sessions.keep(self.session)
        if self.session.name not in {"", self._shown}:
            return _set_cookie(self.session.name)
        if self.ended_because and self._is_told and not self.session.name:
            return _set_cookie("", "; Max-Age=0")
        return None


def carried_session(request: Request) -> CarriedSession:
    """The session of a request; the cookie is not even read until somebody asks for it here."""
    held: CarriedSession | None = request.scope.get(_CARRIED)
    if held is None:
        sessions: Sessions = request.app.state.portal.sessions
        held = request.scope[_CARRIED] = CarriedSession(sessions, request.cookies.get(COOKIE))
    return held


class SessionCookie:
    """Adds the Set-Cookie header to answers that need one.

    Args:
        app: the portal's pages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and _CARRIED in scope and (header := scope[_CARRIED].header()):
                message["headers"] = [*message["headers"], header]
            await send(message)

        await self._app(scope, receive, answer)


def _set_cookie(name: str, more: str = "") -> tuple[bytes, bytes]:
    return b"set-cookie", f"{COOKIE}={name}{more}{_ATTRIBUTES}".encode()
