"""Server-side sessions: the browser holds a random name, the server everything else."""

from __future__ import annotations

import marshal
from typing import Any

from starlette.requests import Request
from starsessions import Serializer, SessionStore, generate_session_id, get_session_handler, load_session

COOKIE = "__Host-koujyo"

# What a visitor has achieved on the way to a certificate; leaving the way drops it.
REGISTRATION = ("initial_contract",)
ISSUING = ("code_id", "password", "verified", "job")


class QuickSerializer(Serializer):
    """Plain values to bytes and back; they never leave this process, so no exchange format is needed."""

    def serialize(self, data: Any) -> bytes:
        """The session as bytes."""
        return marshal.dumps(data)

    def deserialize(self, data: bytes) -> dict[str, Any]:
        """The session again; empty for a visitor without one."""
        kept: dict[str, Any] = marshal.loads(data) if data else {}  # noqa: S302 - our own bytes
        return kept


class Sessions(SessionStore):
    """Sessions in memory. A name that the server did not give out is never taken over from a browser."""

    def __init__(self) -> None:
        self._data: dict[str, bytes] = {}

    async def read(self, session_id: str, lifetime: int) -> bytes:
        """The data of a session, empty when there is none."""
        del lifetime
        return self._data.get(session_id, b"")

    async def write(self, session_id: str, data: bytes, lifetime: int, ttl: int) -> str:
        """Keep the data; a session that was not known gets a fresh name."""
        del lifetime, ttl
        name = session_id if session_id in self._data else generate_session_id()
        self._data[name] = data
        return name

    async def remove(self, session_id: str) -> None:
        """Forget a session."""
        self._data.pop(session_id, None)

    def clear(self) -> None:
        """Forget all sessions."""
        self._data.clear()

    def __len__(self) -> int:
        return len(self._data)


async def session_of(request: Request) -> dict[str, Any]:
    """The session of a request, loaded; empty for a new visitor."""
    await load_session(request)
    return request.session


async def renew_session(request: Request, **kept: Any) -> None:
    """Begin a new session under a new name, so that a name known before a login is worth nothing after it."""
    handler = get_session_handler(request)
    await handler.destroy()
    handler.regenerate_id()
    request.session.clear()
    request.session.update(kept)


def forget(session: dict[str, Any], names: tuple[str, ...]) -> None:
    """Drop what was achieved on a way that is left."""
    for name in names:
        session.pop(name, None)
