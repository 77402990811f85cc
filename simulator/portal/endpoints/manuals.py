"""マニュアル照会: the operation manual's chapters, for everybody who is logged in (MNU-15, USR-07; ambiguity 6)."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.signed_in import signed_in
from simulator.portal.visit import OperationError, Visit


async def show_list(request: Request) -> Response:
    """マニュアル照会: the chapters of the edition's manual."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    await visit.note("manuals_looked_up")
    return visit.page(visit.screen("manual_lookup"), edition=who.edition, logged_in=who.shown, readers=who.edition)


async def show_chapter(request: Request) -> Response:
    """マニュアル表示: the chapter that the address names.

    Raises:
        OperationError: the edition's manual has no such chapter (E9003).
    """
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    key = request.query_params.get("key", "")
    titles = {manual.key: manual.title for manual in visit.portal.catalogue.manuals_for(who.edition)}
    if key not in titles:
        raise OperationError("E9003", HTTPStatus.NOT_FOUND)
    await visit.note("manual_viewed", chapter=titles[key])
    screen = visit.screen("manual_chapter")
    return visit.page(screen, edition=who.edition, logged_in=who.shown, readers=who.edition, chapter=key)
