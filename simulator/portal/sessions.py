"""Sessions: the browser holds a random name, the server everything else.

Who may still go on is decided here; which cookie the browser gets, in `session_cookie`.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.clock import Clock
from simulator.rules import Profile, has_gone_idle

# What a visitor has achieved on the way to something; leaving the way drops it.
REGISTRATION = ("initial_contract",)
PASSWORD_CHANGE = ("password_seen", "password_changed")
ISSUING = ("code_id", "password", "verified", "job")
# Whose session it is, once somebody has logged in.
USER = "user_id"

# Anybody can begin a session by opening a page, so there is an end to how many are kept.
ANONYMOUS_MAXIMUM = 10_000


class Ending(StrEnum):
    """Why a session ended, as the message that tells it."""

    CUT = "E9002"  # idle for too long, or logged out
    NEWER_LOGIN = "E9008"
    UNUSABLE = "E9009"


class SessionGone(Exception):  # noqa: N818 - what happened, not a fault
    """The session has another name by now, or has ended: nothing may be brought back from it."""


class Session(dict[str, Any]):
    """What is known of a visitor; every request that carries its name works on the same object.

    Attributes:
        name: the name in the browser's cookie; empty until it is kept.
        seen_at: the simulated moment of its last request.
    """

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.name = ""
        self.seen_at: datetime | None = None

    @property
    def user_id(self) -> str | None:
        """Who is logged in; None on the way to registration or certificate."""
        return self.get(USER)


class Sessions:
    """All sessions, in memory; safe to use from several threads.

    Args:
        clock: tells how long a session has been idle.
        profile: how long it may be, and what a second login of the same user does.
        maximum: how many sessions without login, and how many endings, are remembered; the oldest go first.
    """

    def __init__(self, clock: Clock, profile: Profile, maximum: int = ANONYMOUS_MAXIMUM) -> None:
        self._clock = clock
        self._profile = profile
        self._maximum = maximum
        self._turn = threading.Lock()
        self._anonymous: dict[str, Session] = {}
        self._signed_in: dict[str, Session] = {}
        self._endings: dict[str, Ending] = {}

    def find(self, name: str) -> Session | None:
        """The session of this name, from now on in use again; None when the server keeps none (any more)."""
        with self._turn:
            if (session := self._signed_in.get(name)) is not None:
                now = self._clock.now()
                if self._is_idle(session, now):
                    self._end(session, Ending.CUT)
                    return None
                session.seen_at = now
            elif (session := self._anonymous.pop(name, None)) is not None:
                self._anonymous[name] = session  # the latest in use stands last
            return session

    def ending_of(self, name: str) -> Ending | None:
        """Why the session of this name ended; None when it did not, or nobody remembers."""
        return self._endings.get(name)

    def keep(self, session: Session) -> None:
        """Keep a new session, under a name that nobody can guess."""
        with self._turn:
            self._keep(session)

    def renew(self, old: Session, values: Mapping[str, Any]) -> Session:
        """Begin a session with these values in place of another, whose name is worth nothing from now on.

        Raises:
            SessionGone: the other one was renewed or has ended meanwhile.
        """
        new = Session(values)
        with self._turn:
            if old.name and not self._is_kept(old):
                raise SessionGone
            self._drop(old)
            if new.user_id is not None:
                self._make_way(new.user_id)
            self._keep(new)
        return new

    def open(self, values: Mapping[str, Any]) -> str:
        """Begin a session in which this has been achieved; its name."""
        return self.renew(Session(), values).name

    def end(self, session: Session, why: Ending) -> None:
        """End a session; requests under way still read it, and change nothing by writing to it."""
        with self._turn:
            if self._is_kept(session):
                self._end(session, why)

    def end_others(self, session: Session, why: Ending) -> None:
        """End every other session of whoever is logged in to this one, as after a change of the password."""
        with self._turn:
            for other in list(self._signed_in.values()):
                if other.user_id == session.user_id and other is not session:
                    self._end(other, why)

    def clear(self) -> None:
        """Forget everything."""
        with self._turn:
            for kept in (self._anonymous, self._signed_in, self._endings):
                kept.clear()

    def __len__(self) -> int:
        return len(self._anonymous) + len(self._signed_in)

    def _is_kept(self, session: Session) -> bool:
        return session.name in self._anonymous or session.name in self._signed_in

    def _is_idle(self, session: Session, now: datetime) -> bool:
        return session.seen_at is not None and has_gone_idle(session.seen_at, now, self._profile)

    def _keep(self, session: Session) -> None:
        session.name = secrets.token_urlsafe(32)
        session.seen_at = self._clock.now()
        if session.user_id is not None:
            self._signed_in[session.name] = session
            return
        self._anonymous[session.name] = session
        _bound(self._anonymous, self._maximum)

    def _make_way(self, user_id: str) -> None:
        """Let a login be the user's only one, and clear away whoever went off without logging out."""
        now = self._clock.now()
        for other in list(self._signed_in.values()):
            if self._is_idle(other, now):
                self._end(other, Ending.CUT)
            elif other.user_id == user_id and self._profile.newer_login_ends_older:
                self._end(other, Ending.NEWER_LOGIN)

    def _end(self, session: Session, why: Ending) -> None:
        self._drop(session)
        self._endings[session.name] = why
        _bound(self._endings, self._maximum)

    def _drop(self, session: Session) -> None:
        self._anonymous.pop(session.name, None)
        self._signed_in.pop(session.name, None)


def _bound(kept: dict[str, Any], maximum: int) -> None:
    if len(kept) > maximum:
        del kept[next(iter(kept))]


def forget(session: Session, names: tuple[str, ...]) -> None:
    """Drop what was achieved on a way that is left."""
    for name in names:
        session.pop(name, None)
