"""まとめ入金依頼書 of the member edition: the months, the draft, confirming and sending (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Button, Screen
from simulator.portal.forms import GuardedForm
from simulator.portal.line_list import MONTH, month_in, written
from simulator.portal.listing import Cell
from simulator.portal.request_words import RequestWords
from simulator.portal.signed_in import SignedIn, page_for, signed_in_to
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.deductions import Sheet, draft_sheet, sheets_of
from simulator.services.deductions_requests import save_request, send_request, sending_problem
from simulator.services.refusal import Refused

LONGEST_REVISION = 9  # digits


@dataclass(frozen=True)
class MonthLine:
    """A month's line with the button that fits its state, and what that button carries in the address."""

    cells: Sequence[Cell]
    button: Button
    query: dict[str, str]


async def show_months(request: Request) -> Response:
    """まとめ入金依頼書: the months with a list to answer."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen("transfer_request"))
    await visit.note("transfer_months_looked_up")
    return await months_page(visit, who)


async def show_entry(request: Request) -> Response:
    """まとめ入金依頼書作成: the draft of a month."""
    visit = await Visit.begin(request)
    return await _entry_page(visit, await signed_in_to(visit, visit.screen("request_entry")), is_look=True)


async def submit_entry(request: Request) -> Response:
    """確認へ: keep what was entered, and go on to the confirmation."""
    visit = await Visit.begin(request)
    refusal = await _keep(visit, may_be_open=False)
    return refusal or visit.go_to("request_confirmation", urlencode({"month": concerned_month(visit)}))


async def save_entry(request: Request) -> Response:
    """一時保存: keep what was entered; the rest may stay open."""
    visit = await Visit.begin(request)
    if refusal := await _keep(visit, may_be_open=True):
        return refusal
    visit.tell_next("I4401")
    return visit.go_to("transfer_request")


async def show_confirmation(request: Request) -> Response:
    """まとめ入金依頼書確認: what will be sent; where it cannot be sent yet, the draft says why."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen("request_confirmation"))
    return await _confirmation_page(visit, who, is_look=True)


async def submit_request(request: Request) -> Response:
    """送信: send what was confirmed, and show it with its receipt."""
    visit = await Visit.begin(request)
    screen = visit.screen("request_confirmation")
    who = await signed_in_to(visit, screen)
    await visit.form(screen)
    try:
        sent = await visit.call(send_request, visit.world, who.user.user_id, _month(visit), _revision(visit))
    except Refused as refusal:
        return await _confirmation_page(visit, who, refusal.message)
    visit.tell_next("I4404", receipt=sent.receipt)
    return visit.go_to("request_view", urlencode({"of": sent.receipt}))


async def months_page(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    """The months with a list to answer, with what could not be done."""
    screen = visit.screen("transfer_request")
    sheets = await visit.call(sheets_of, visit.world, who.user.contract_number)
    lines = [_month_line(visit, screen, sheet) for sheet in sheets]
    return page_for(visit, who, screen, refusal, lines=lines, told=visit.told())


def concerned_month(visit: Visit) -> str:
    """The month that a page is about: it stands in the address, so that two windows do not mix them up."""
    month = _month(visit)
    return f"{month:{MONTH}}" if month else ""


def _month(visit: Visit) -> date | None:
    return month_in(visit.request.query_params.get("month", ""))


def _revision(visit: Visit) -> int:
    """The revision that was confirmed; one that no draft has, where the address names none."""
    text = visit.request.query_params.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_REVISION else -1


def _month_line(visit: Visit, screen: Screen, sheet: Sheet) -> MonthLine:
    words, request, in_words = screen.words, sheet.request, RequestWords(visit.portal.catalogue)
    button, query, state = screen.button("begin"), {"month": f"{sheet.generation.month:{MONTH}}"}, words["none"]
    if request is not None and sheet.is_sent:
        button, query, state = screen.button("view"), {"of": str(request.receipt)}, words["sent"]
    elif request is not None:
        button, state = screen.button("change"), words["draft"]
    known = (in_words.month(sheet.generation), in_words.received(sheet.generation))
    paid: Cell = sheet.total.paid if request else ""
    return MonthLine((*known, sheet.total.lines, sheet.total.asked, state, paid), button, query)


async def _keep(visit: Visit, *, may_be_open: bool) -> Response | None:
    """Keep what was entered; the page that says why not, where it cannot be kept."""
    screen = visit.screen("request_entry")
    who = await signed_in_to(visit, screen)
    form = await visit.form(screen)
    if any(form[key].data or not may_be_open for key in form.errors):
        return await _entry_page(visit, who, form)
    entered = (form["transfer_on"].data or "", form["payer_name"].data or "")
    try:
        await visit.call(save_request, visit.world, who.user.user_id, _month(visit), *entered)
    except Refused as refusal:
        if refusal.at is None:
            return await months_page(visit, who, refusal.message)
        form.refuse(refusal.at, refusal.message)
        return await _entry_page(visit, who, form)
    return None


async def _entry_page(
    visit: Visit,
    who: SignedIn,
    form: GuardedForm | None = None,
    refusal: Message | None = None,
    *,
    is_look: bool = False,
) -> Response:
    """The draft with what is wrong with it; where there is none to change, the months say why."""
    screen, words = visit.screen("request_entry"), RequestWords(visit.portal.catalogue)
    try:
        sheet = await visit.call(draft_sheet, visit.world, who.user.contract_number, _month(visit))
    except Refused as problem:
        return await months_page(visit, who, problem.message)
    if is_look:
        await visit.note("transfer_draft_looked_up", month=written(sheet.generation))
    form = form or visit.offer(screen, **words.entered(sheet.request))
    rows = words.about(sheet)
    return page_for(visit, who, screen, refusal, form=form, rows=rows, told=visit.told(), **words.sheet(sheet))


async def _confirmation_page(
    visit: Visit, who: SignedIn, refusal: Message | None = None, *, is_look: bool = False
) -> Response:
    """What is about to be sent, with what could not be done; the draft, where it cannot be sent as it stands."""
    screen, words = visit.screen("request_confirmation"), RequestWords(visit.portal.catalogue)
    try:
        sheet = await visit.call(draft_sheet, visit.world, who.user.contract_number, _month(visit))
    except Refused as gone:
        return await months_page(visit, who, gone.message)
    problem = sending_problem(visit.world, sheet.request, sheet.total.paid)
    if problem or sheet.request is None:
        return await _unready_page(visit, who, sheet, problem)
    if is_look:
        await visit.note("transfer_draft_looked_up", month=written(sheet.generation))
    rows, revision = words.to_confirm(sheet, sheet.request), sheet.request.revision
    return page_for(visit, who, screen, refusal, rows=rows, revision=revision, **words.sheet(sheet))


async def _unready_page(visit: Visit, who: SignedIn, sheet: Sheet, problem: Refused | None) -> Response:
    screen, words = visit.screen("request_entry"), RequestWords(visit.portal.catalogue)
    form = visit.offer(screen, **words.entered(sheet.request))
    if problem is None or problem.at is None:
        return await _entry_page(visit, who, form, problem.message if problem else None)
    form.refuse(problem.at, problem.message)
    return await _entry_page(visit, who, form)
