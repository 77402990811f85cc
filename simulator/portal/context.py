"""What every endpoint of the portal works with."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from simulator.catalogue import Catalogue
from simulator.portal.forms import Forms
from simulator.portal.issuing import IssuingDesk
from simulator.portal.pages import Pages
from simulator.portal.sessions import Sessions
from simulator.rules import Message
from simulator.services.world import World

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class Portal:
    """The portal's parts, gathered for its endpoints.

    Attributes:
        failures: tracebacks of endpoints that broke, for whoever runs the portal under test.
    """

    def __init__(
        self, world: World, catalogue: Catalogue, *, issuing_seconds: float = 0.0, hide_mark: bool = False
    ) -> None:
        self.world = world
        self.catalogue = catalogue
        self.pages = Pages(catalogue, hide_mark=hide_mark)
        self.forms = Forms(catalogue, world.profile)
        self.sessions = Sessions()
        self.failures: list[str] = []
        self.issuing = IssuingDesk(world, issuing_seconds, self.note_failure)

    async def call(
        self, verb: Callable[_Arguments, _Result], *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> _Result:
        """Call a service beside the event loop: it may wait for the database or hash a password."""
        return await run_in_threadpool(verb, *args, **kwargs)

    def error(self, key: str, refusal: Message, *, status: int = HTTPStatus.CONFLICT) -> Response:
        """An error screen with one message."""
        return self.pages.page(self.catalogue.screen(key), messages=[refusal], status=status)

    def note_failure(self, problem: Exception) -> None:
        """Keep the traceback of an endpoint that broke."""
        self.failures.append("".join(traceback.format_exception(problem)))

    def clear(self) -> None:
        """Forget all visitors."""
        self.sessions.clear()
        self.issuing.clear()
        self.failures.clear()
