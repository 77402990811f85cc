"""The lines of まとめ入金依頼書, and those of them that the union cannot deduct (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.endpoints.deduction_requests import months_page
from simulator.portal.forms import GuardedForm
from simulator.portal.line_list import (
    MONTH,
    asked_of,
    criteria_of,
    list_page,
    listing_of,
    month_in,
    months_in_words,
    order_of,
)
from simulator.portal.listing import Line
from simulator.portal.search import Search, asked_for
from simulator.portal.signed_in import SignedIn, page_for, signed_in_to
from simulator.portal.visit import Visit
from simulator.rules import ShortReason
from simulator.services.deductions import Sheet, draft_sheet, sheet_of
from simulator.services.deductions_lines import (
    AnsweredLine,
    kind_of,
    line_among,
    member_lines,
    request_lines,
    request_months,
)
from simulator.services.deductions_requests import omit_member, restore, shorten
from simulator.services.refusal import Refused

LONGEST_QUERY = 2000
SHORT_ONLY = "short"
SECTIONS = ("line", "member", "full")


@dataclass(frozen=True)
class Concerned:
    """The line that a page is about, and the list it was chosen from, as the address names them."""

    month: str
    worker: str
    kind: str
    list: str

    @property
    def address(self) -> str:
        """The query that names them."""
        return urlencode(vars(self))

    @property
    def kept(self) -> dict[str, str]:
        """The search to go back to."""
        return {"month": self.month, **dict(parse_qsl(self.list))}


Act = Callable[[Visit, SignedIn, Concerned, GuardedForm], Awaitable[object]]


async def show_lines(request: Request) -> Response:
    """まとめ入金明細: the lines of one month's request, whether it is a draft or was sent."""
    visit = await Visit.begin(request)
    screen = visit.screen("request_lines")
    who = await signed_in_to(visit, screen)
    number = who.user.contract_number
    months = await visit.call(request_months, visit.world, number)
    search = asked_of(visit, screen, {"month": months_in_words(screen, months)})
    if "month" in search.problems or not months:
        return await months_page(visit, who, search.problems.get("month"))
    sheet = await visit.call(sheet_of, visit.world, number, month_in(search.values["month"]) or months[0].month)
    known = _ways(screen, sheet)
    if search.problems:
        return list_page(visit, who, screen, search, **known)
    criteria = replace(criteria_of(search), month=sheet.generation.month)
    only_short = search.values["state"] == SHORT_ONLY
    found = await visit.call(
        request_lines, visit.world, number, criteria, order_of(search), search.page, only_short=only_short
    )
    lines = [_line(visit, screen, sheet, search, each) for each in found.lines]
    shown = listing_of(visit, screen, search, found.found, lines, found.totals)
    await visit.note("transfer_lines_looked_up", **asked_for(screen, search, found.found.page))
    return list_page(visit, who, screen, search, shown, told=visit.told(), **known)


async def show_short(request: Request) -> Response:
    """控除できない明細の登録 of the line in the address."""
    visit = await Visit.begin(request)
    return await _short_page(visit, await signed_in_to(visit, visit.screen("request_short")), is_look=True)


async def submit_line(request: Request) -> Response:
    """登録: deduct less of this line."""
    return await _submit(request, "line", _shorten, done="I4402")


async def submit_member(request: Request) -> Response:
    """すべて控除しない: deduct nothing from this member's wage."""
    return await _submit(request, "member", _omit, done="I4402")


async def submit_full(request: Request) -> Response:
    """登録を取り消す: deduct this line in full after all."""
    return await _submit(request, "full", _restore, done="I4403")


def _ways(screen: Screen, sheet: Sheet) -> dict[str, Any]:
    """Where the lines lead back to; the search can be cleared and stays in its month."""
    month = {"month": f"{sheet.generation.month:{MONTH}}"}
    if sheet.request is not None and sheet.is_sent:
        return {"stays": month, "back": screen.button("to_view"), "back_query": {"of": str(sheet.request.receipt)}}
    return {"stays": month, "back": screen.button("to_entry"), "back_query": month}


def _line(visit: Visit, screen: Screen, sheet: Sheet, search: Search, answered: AnsweredLine) -> Line:
    line, month = answered.line, f"{sheet.generation.month:{MONTH}}"
    kind, reasons = screen.field("kind").choices[line.kind], visit.screen("request_short").field("reason").choices
    reason = reasons[answered.short.reason] if answered.short else ""
    about = Concerned(month, line.worker, line.kind, search.query(page=search.page))
    href = "" if sheet.is_sent else f"{visit.screen('request_short').path}?{about.address}"
    who = (line.worker, line.name, line.kana, line.branch)
    return Line((*who, kind, line.account, reason, line.amount, answered.paid), href)


def _concerned(visit: Visit) -> Concerned:
    asked = visit.request.query_params
    return Concerned(*(asked.get(key, "")[:LONGEST_QUERY] for key in ("month", "worker", "kind", "list")))


async def _submit(request: Request, section: str, act: Act, *, done: str) -> Response:
    """Check what was sent from a section, act, and tell of it on the list."""
    visit = await Visit.begin(request)
    screen = visit.screen("request_short")
    who = await signed_in_to(visit, screen)
    form, about = await visit.form(screen, section), _concerned(visit)
    if form.errors:
        return await _short_page(visit, who, section, form)
    try:
        await act(visit, who, about, form)
    except Refused as refusal:
        if refusal.at is None:
            return await months_page(visit, who, refusal.message)
        form.refuse(refusal.at, refusal.message)
        return await _short_page(visit, who, section, form)
    visit.tell_next(done, member=about.worker)
    return visit.go_to("request_lines", urlencode(about.kept))


async def _shorten(visit: Visit, who: SignedIn, about: Concerned, form: GuardedForm) -> object:
    known = (who.user.user_id, month_in(about.month), about.worker, kind_of(about.kind))
    amount, reason = int(form["amount"].data), ShortReason(form["reason"].data)
    return await visit.call(shorten, visit.world, *known, amount, reason)


async def _omit(visit: Visit, who: SignedIn, about: Concerned, form: GuardedForm) -> object:
    reason = ShortReason(form["member_reason"].data)
    return await visit.call(omit_member, visit.world, who.user.user_id, month_in(about.month), about.worker, reason)


async def _restore(visit: Visit, who: SignedIn, about: Concerned, form: GuardedForm) -> object:
    del form
    kind = kind_of(about.kind)
    return await visit.call(restore, visit.world, who.user.user_id, month_in(about.month), about.worker, kind)


async def _short_page(
    visit: Visit, who: SignedIn, section: str = "", sent: GuardedForm | None = None, *, is_look: bool = False
) -> Response:
    """The screen; the section that was sent keeps what was typed. What cannot be changed is told over the months."""
    screen, about, number = visit.screen("request_short"), _concerned(visit), who.user.contract_number
    try:
        await visit.call(draft_sheet, visit.world, number, month_in(about.month))
        lines = await visit.call(member_lines, visit.world, number, month_in(about.month), about.worker)
        answered = line_among(lines, kind_of(about.kind))
    except Refused as refusal:
        return await months_page(visit, who, refusal.message)
    if is_look:
        item = visit.screen("request_lines").field("kind").choices[about.kind]
        await visit.note("short_deduction_looked_up", month=about.month, member=about.worker, item=item)
    forms = {key: visit.offer(screen, key) for key in SECTIONS}
    if answered.short:
        known = {"amount": str(answered.short.amount), "reason": answered.short.reason}
        forms["line"] = visit.offer(screen, "line", **known)
    if sent is not None:
        forms[section] = sent
    return page_for(
        visit,
        who,
        screen,
        form=sent,
        forms=forms,
        rows=_rows(visit, screen, about, answered),
        shown=_sections(screen, answered, len(lines)),
        address=about.address,
        kept=about.kept,
    )


def _rows(visit: Visit, screen: Screen, about: Concerned, answered: AnsweredLine) -> tuple[str, ...]:
    line, words = answered.line, visit.screen("request_lines")
    month = words.words["month"].format(month=month_in(about.month))
    amounts = (screen.words["amount"].format(amount=amount) for amount in (line.amount, answered.paid))
    kind = words.field("kind").choices[line.kind]
    return (month, line.worker, line.name, line.branch, kind, line.account, *amounts)


def _sections(screen: Screen, answered: AnsweredLine, count: int) -> dict[str, str]:
    """The sections that make sense for this line, with their texts."""
    texts = {key: screen.section(key).text for key in SECTIONS}
    shown = {"line": texts["line"]}
    if count > 1:
        shown["member"] = texts["member"].format(name=answered.line.name, count=count)
    if answered.short:
        reason = screen.field("reason").choices[answered.short.reason]
        shown["full"] = texts["full"].format(reason=reason)
    return shown
