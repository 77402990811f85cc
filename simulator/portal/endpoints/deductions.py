"""控除事務 of the member edition: looking up what is to be deducted from the members' wages (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.line_list import asked, criteria_of, list_page, listing_of, order_of
from simulator.portal.listing import Line
from simulator.portal.search import Search, asked_for
from simulator.portal.signed_in import SignedIn, signed_in_to
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.savings_lookup import look_up_deductions
from simulator.store import DeductionLine


async def show_list(request: Request) -> Response:
    """控除依頼リスト: the deductions that fit."""
    visit = await Visit.begin(request)
    screen = visit.screen("deduction_list")
    who = await signed_in_to(visit, screen)
    search = await search_of(visit, who)
    if not search.problems:
        await visit.note("deductions_looked_up", **asked_for(screen, search, search.page))
    return await list_answer(visit, who, search)


async def search_of(visit: Visit, who: SignedIn) -> Search:
    """What the list is asked for."""
    return await asked(visit, who, visit.screen("deduction_list"))


async def list_answer(
    visit: Visit, who: SignedIn, search: Search, refusal: Message | None = None, *, confirmed: Sequence[str] = ()
) -> Response:
    """The page of the list, with what could not be done, or with the question whether to print it."""
    screen = visit.screen("deduction_list")
    known: dict[str, Any] = {"confirmed": list(confirmed), "query": search.query(), "kept_search": search.kept}
    if search.problems:
        return list_page(visit, who, screen, search, **known)
    found = await visit.call(
        look_up_deductions, visit.world, who.user.contract_number, criteria_of(search), order_of(search), search.page
    )
    lines = [_line(screen, line) for line in found.lines]
    return list_page(visit, who, screen, search, listing_of(visit, screen, search, found, lines), refusal, **known)


def _line(screen: Screen, line: DeductionLine) -> Line:
    kind = screen.field("kind").choices[line.kind]
    return Line((line.worker, line.name, line.kana, line.branch, kind, line.account, line.amount))
