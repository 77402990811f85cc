"""Routes found by their path at once, however many there are."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

FOUND = "koujyo.route"


class PathTable(BaseRoute):
    """Takes the place of routes without path parameters; Starlette itself would try each in turn on every request.

    Args:
        routes: the routes; of those with the same path the first that takes the method serves it.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        self._by_path: dict[str, list[Route]] = {}
        for route in routes:
            self._by_path.setdefault(route.path, []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The best match of the routes with this path."""
        candidates = self._by_path.get(scope["path"], ()) if scope["type"] == "http" else ()
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in candidates:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, FOUND: route}
            if partial[0] is Match.NONE and match is Match.PARTIAL:
                partial = match, {**child, FOUND: route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer."""
        route: Route = scope[FOUND]
        await route.handle(scope, receive, send)
