"""Whatever a logged-in user is refused stands in the operation log, whichever screen refused it (MNU-19)."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.portal.pages import ScreenPage
from simulator.portal.visit import OperationError, actor_of, portal_of
from simulator.services.gate import NOTED_BY_GATES
from simulator.services.operations import note_refusal


def noting_refusals(route: Route) -> Route:
    """The same route; what it refuses is noted before it answers."""

    async def serve(request: Request) -> Response:
        try:
            response: Response = await route.endpoint(request)
        except OperationError as problem:
            await _note(request, [problem.code])
            raise
        if isinstance(response, ScreenPage):
            await _note(request, response.codes)
        return response

    return Route(route.path, serve, methods=list(route.methods or ()))


async def _note(request: Request, codes: Iterable[str]) -> None:
    actor = actor_of(request)
    told = [code for code in codes if code not in NOTED_BY_GATES]
    if actor is None or not told:
        return
    portal = portal_of(request)
    await portal.call(note_refusal, portal.world, actor, told[0], portal.screen_at(request.url.path))
