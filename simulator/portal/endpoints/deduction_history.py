"""What a union has sent: まとめ入金依頼書照会 and まとめ入金送信履歴 of the member edition (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.listing import Line, Listing, listing
from simulator.portal.request_words import RequestWords
from simulator.portal.search import Search, read_search
from simulator.portal.signed_in import SignedIn, page_for, signed_in_to
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.deductions import SentRequests, Sheet, sent_requests, sent_sheet
from simulator.services.refusal import Refused

ONLY_ORDER = ("month",)


async def show_request(request: Request) -> Response:
    """まとめ入金依頼書照会: what was sent."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen("request_view"))
    receipt = request.query_params.get("of", "")
    try:
        sheet = await visit.call(sent_sheet, visit.world, receipt, who.user.contract_number)
    except Refused as refusal:
        return await history_page(visit, who, refusal.message)
    await visit.note("transfer_request_looked_up", receipt=receipt)
    return await request_page(visit, who, sheet)


async def request_page(visit: Visit, who: SignedIn, sheet: Sheet, *, confirmed: Sequence[str] = ()) -> Response:
    """The page of a request that was sent, perhaps with the question whether to print it."""
    screen, words = visit.screen("request_view"), RequestWords(visit.portal.catalogue)
    rows, of = ((), "") if sheet.request is None else (words.sent(sheet, sheet.request), str(sheet.request.receipt))
    known = {"rows": rows, "of": of, "confirmed": list(confirmed), "told": visit.told(), **words.sheet(sheet)}
    return page_for(visit, who, screen, **known)


async def show_history(request: Request) -> Response:
    """まとめ入金送信履歴: everything that was sent, the newest month first."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen("request_history"))
    await visit.note("transfer_history_looked_up")
    return await history_page(visit, who)


async def history_page(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    """Everything that was sent, with what could not be done."""
    screen = visit.screen("request_history")
    search = read_search(screen, visit.request.query_params, {}, {}, ONLY_ORDER)
    found = await visit.call(sent_requests, visit.world, who.user.contract_number, search.page)
    return page_for(visit, who, screen, refusal, found=_listing(visit, search, found))


def _listing(visit: Visit, search: Search, found: SentRequests) -> Listing | None:
    words, view = RequestWords(visit.portal.catalogue), visit.screen("request_view").path
    lines = [Line(words.history(each), f"{view}?{urlencode({'of': each.receipt})}") for each in found.requests]
    if not lines:
        return None
    size = visit.world.profile.list_page_lines
    screen = visit.screen("request_history")
    return listing(screen, search, lines, hits=found.hits, page=found.page, pages=found.pages, size=size)
