"""What every endpoint of the portal works with."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import ParamSpec, Protocol, TypeVar, cast

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from simulator.catalogue import Catalogue
from simulator.portal.forms import Forms
from simulator.portal.issuing import IssuingDesk
from simulator.portal.pages import Pages
from simulator.portal.sessions import Sessions
from simulator.rules import Message, Symptom
from simulator.services.world import World

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_Key = TypeVar("_Key", bound=Hashable)
PRODUCED_AT_ONCE = 1
FAILURES_KEPT = 100
_NOT_SEEN = object()
ISSUING = "電子証明書の発行"


@dataclass(frozen=True)
class Failure:
    """What broke, for whoever runs the portal under test.

    Attributes:
        place: method and path of the request, without what was sent; or the work that no request waits for.
        cause: kind and first line of the exception, which its traceback ends with.
        traceback: as Python writes it.
    """

    place: str
    cause: str
    traceback: str


class Client(Protocol):
    """The PC that a request comes from."""

    @property
    def symptoms(self) -> frozenset[Symptom]:
        """What its browser settings bring about."""

    @property
    def closing_page(self) -> str:
        """Where a window is sent that has to close."""


class Portal:
    """The portal's parts, gathered for its endpoints.

    Attributes:
        always_open: whether the service hours are left aside.
        own_window: whether the login top screen opens in a window of its own when the portal is accessed (BRW-12).
        producing: held while a file is made, so that many who print at once need the memory of one.
        failures: what broke last, the oldest first.
        client_of: tells by a request's cookies what the settings of the PC bring about that it comes from; None for
            every browser that was not started on the simulated desk.
    """

    def __init__(
        self,
        world: World,
        catalogue: Catalogue,
        *,
        issuing_seconds: float = 0.0,
        hide_mark: bool = False,
        always_open: bool = False,
        own_window: bool = False,
        shuffle_keys: bool = False,
    ) -> None:
        self.world = world
        self.catalogue = catalogue
        self.forms = Forms(catalogue, world.profile)
        self.pages = Pages(catalogue, self.forms, hide_mark=hide_mark, shuffle_keys=shuffle_keys)
        self.sessions = Sessions(world.clock, world.profile)
        self.always_open = always_open
        self.own_window = own_window
        self.producing = asyncio.Semaphore(PRODUCED_AT_ONCE)
        self.failures: list[Failure] = []
        self.client_of: Callable[[Mapping[str, str]], Client | None] = lambda _: None
        self._keys = {screen.path: screen.key for screen in catalogue.screens.values() if screen.path}
        self._seen: dict[tuple[Callable[..., object], Hashable], object] = {}
        self._seen_version: int | None = None
        self._seen_at: datetime | None = None
        self.issuing = IssuingDesk(world, issuing_seconds, partial(self.note_failure, place=ISSUING))

    async def call(
        self, verb: Callable[_Arguments, _Result], *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> _Result:
        """Call a service beside the event loop: it may wait for the database or hash a password."""
        return await run_in_threadpool(verb, *args, **kwargs)

    async def look(self, verb: Callable[[World, _Key], _Result], key: _Key) -> _Result:
        """What a service that only reads says of a key; remembered until the database or the clock changes."""
        version, now = self.world.store.version, self.world.clock.now()
        if version != self._seen_version or now != self._seen_at:
            self._seen, self._seen_version, self._seen_at = {}, version, now
        found = self._seen.get((verb, key), _NOT_SEEN)
        if found is not _NOT_SEEN:
            return cast("_Result", found)
        seen = self._seen
        made = await self.call(verb, self.world, key)
        if version is not None:
            seen[verb, key] = made  # nobody looks there any more if something has changed meanwhile
        return made

    def screen_at(self, path: str) -> str:
        """The key of the screen an address belongs to: its own, or that of the screen whose form leads there."""
        while path:
            if key := self._keys.get(path):
                return key
            path = path.rpartition("/")[0]
        return ""

    def error(
        self, key: str, refusal: Message, *, status: int = HTTPStatus.CONFLICT, rows: Iterable[str] = ()
    ) -> Response:
        """An error screen with one message, and the values of its data rows if it has any."""
        screen = self.catalogue.screen(key)
        return self.pages.page(screen, form=self.forms.blank(screen), messages=[refusal], status=status, rows=rows)

    def note_failure(self, problem: Exception, place: str) -> None:
        """Keep what broke, and tell whoever started the server; see `Failure`."""
        cause = "".join(traceback.format_exception_only(problem)).splitlines()[0]
        self.failures.append(Failure(place, cause, "".join(traceback.format_exception(problem))))
        del self.failures[:-FAILURES_KEPT]
        sys.stderr.write(f"{place} で障害が発生しました。\n{self.failures[-1].traceback}")

    def clear(self) -> None:
        """Forget all visitors."""
        self.sessions.clear()
        self.issuing.clear()
        self.failures.clear()
