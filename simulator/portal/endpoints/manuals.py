"""マニュアル照会: the operation manual's chapters and the paper forms, for everybody who is logged in (MNU-15, MNU-16).

A general user can print a form for a master who cannot log in (ambiguity 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Manual, PaperForm
from simulator.portal.papers import form_product, manual_product
from simulator.portal.producing import produced
from simulator.portal.signed_in import signed_in
from simulator.portal.visit import OperationError, Visit

_Named = TypeVar("_Named", Manual, PaperForm)


async def show_list(request: Request) -> Response:
    """マニュアル照会: the chapters of the edition's manual, and the forms."""
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
    manual = _named(visit, visit.portal.catalogue.manuals_for(who.edition))
    await visit.note("manual_viewed", chapter=manual.title)
    screen = visit.screen("manual_chapter")
    return visit.page(screen, edition=who.edition, logged_in=who.shown, readers=who.edition, chapter=manual.key)


async def send_chapter(request: Request) -> Response:
    """PDF表示 and ダウンロード of a chapter (MNU-15, MNU-16).

    Raises:
        OperationError: the edition's manual has no such chapter (E9003).
    """
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    catalogue = visit.portal.catalogue
    manual = _named(visit, catalogue.manuals_for(who.edition))
    inline = _is_looked_at(visit)
    product = manual_product(catalogue, manual, who.edition, visit.portal.pages.mark, inline=inline)
    answer = await produced(visit, product)
    await visit.note("manual_viewed" if inline else "manual_downloaded", chapter=manual.title)
    return answer


async def send_form(request: Request) -> Response:
    """PDF表示 and ダウンロード of a form (MNU-15, MNU-16, ROK-03, ROK-06).

    Raises:
        OperationError: the edition has no such form (E9003).
    """
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    catalogue = visit.portal.catalogue
    form = _named(visit, catalogue.forms_for(who.edition))
    inline = _is_looked_at(visit)
    answer = await produced(visit, form_product(catalogue, form, visit.portal.pages.mark, inline=inline))
    await visit.note("form_viewed" if inline else "form_downloaded", form=form.title)
    return answer


def _named(visit: Visit, those: Sequence[_Named]) -> _Named:
    key = visit.request.query_params.get("key", "")
    for each in those:
        if each.key == key:
            return each
    raise OperationError("E9003", HTTPStatus.NOT_FOUND)


def _is_looked_at(visit: Visit) -> bool:
    """Whether the browser shows the file in its window, instead of keeping it."""
    return "keep" not in visit.request.query_params
