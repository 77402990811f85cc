"""財形変更後明細送信: what is about to be sent, sending it, the receipt (MNU-11)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.endpoints.detail_changes import seen_by, state_words
from simulator.portal.listing import Line, Listing, listing
from simulator.portal.search import Search, asked_for, read_search
from simulator.portal.signed_in import SignedIn, signed_in_to_change
from simulator.portal.visit import Visit
from simulator.rules import ChangeKind, Message, message
from simulator.services.detail_changes import newest_set, refuse_unless_open
from simulator.services.detail_sending import Tally, entries_of, send_changes, sent_set, tallies_of, total_of
from simulator.services.refusal import Refused
from simulator.store import ChangeEntry, ChangeSet

Row = tuple[str | int, ...]


async def show(request: Request) -> Response:
    """財形変更後明細送信: everything that was entered, or was sent already."""
    visit = await Visit.begin(request)
    return await _sending_page(visit, await signed_in_to_change(visit))


async def show_confirmation(request: Request) -> Response:
    """財形変更後明細送信確認: counts and sums, a last time."""
    visit = await Visit.begin(request)
    return await _confirmation_page(visit, await signed_in_to_change(visit))


async def submit(request: Request) -> Response:
    """送信: send what was confirmed."""
    visit = await Visit.begin(request)
    who = await signed_in_to_change(visit)
    await visit.form(visit.screen("detail_sending_confirmation"))
    try:
        sent = await visit.call(send_changes, visit.world, who.user.user_id, seen=await seen_by(visit))
    except Refused as refusal:
        if refusal.message.code == "E4315":
            return await _confirmation_page(visit, who, refusal.message)
        return await _sending_page(visit, who, refusal.message)
    return visit.go_to("detail_sending_result", urlencode({"receipt": sent.receipt}))


async def show_result(request: Request) -> Response:
    """財形変更後明細送信結果: receipt number and time."""
    visit = await Visit.begin(request)
    who = await signed_in_to_change(visit)
    receipt = request.query_params.get("receipt", "")
    try:
        found = await visit.call(sent_set, visit.world, receipt, who.user.contract_number)
    except Refused as refusal:
        return await _sending_page(visit, who, refusal.message)
    await visit.note("detail_receipt_looked_up", receipt=receipt)
    sent, words = found.change_set, visit.screen("detail_sending_result").words
    sender = visit.screen("detail_sending").words["user"].format(name=sent.sender_name, user_id=sent.sent_by)
    rows = (sent.receipt, words["at"].format(at=sent.sent_at), _month(visit, sent), sender)
    return visit.page(visit.screen("detail_sending_result"), edition=who.edition, logged_in=who.shown, rows=rows)


async def _sending_page(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    screen = visit.screen("detail_sending")
    newest = await visit.call(newest_set, visit.world, who.user.contract_number)
    change_set = newest[1] if newest else None
    tallies = await visit.call(tallies_of, visit.world, change_set)
    search = read_search(screen, visit.request.query_params, {}, {}, screen.section("list").sorts)
    found = await _listing(visit, search, change_set) if change_set else None
    month = visit.screen("detail_change").words["month"]
    if refusal is None:
        await visit.note("detail_sending_looked_up", **asked_for(screen, search, search.page))
    return visit.page(
        screen,
        form=visit.offer(screen),
        refusal=refusal,
        refused_as=HTTPStatus.CONFLICT,
        edition=who.edition,
        logged_in=who.shown,
        facts=[month.format(month=newest[0].month), state_words(visit, change_set)] if newest else [],
        found=found,
        can_send=found is not None and change_set is not None and change_set.is_open,
        **_sums(visit, tallies),
    )


async def _confirmation_page(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    screen = visit.screen("detail_sending_confirmation")
    try:
        await visit.call(refuse_unless_open, visit.world, who.user.user_id)
    except Refused as problem:
        return await _sending_page(visit, who, problem.message)
    newest = await visit.call(newest_set, visit.world, who.user.contract_number)
    change_set = newest[1] if newest else None
    tallies = await visit.call(tallies_of, visit.world, change_set)
    if change_set is None or not total_of(tallies).entries:
        return await _sending_page(visit, who, message("E4314"))
    return visit.page(
        screen,
        form=visit.offer(screen),
        refusal=refusal,
        refused_as=HTTPStatus.CONFLICT,
        edition=who.edition,
        rows=[_month(visit, change_set)],
        logged_in=who.shown,
        seen=change_set.revision,
        **_sums(visit, tallies),
    )


def _sums(visit: Visit, tallies: dict[ChangeKind, Tally]) -> dict[str, Any]:
    """The lines of 件数と金額, and the one below them."""
    names = visit.screen("detail_change").words
    rows = [_row(names[kind], tally) for kind, tally in tallies.items()]
    return {"sums": rows, "total": _row(visit.screen("detail_sending").words["all"], total_of(tallies))}


def _row(label: str, tally: Tally) -> Row:
    return (label, tally.entries, tally.monthly_before, tally.monthly, tally.bonus_before, tally.bonus)


async def _listing(visit: Visit, search: Search, change_set: ChangeSet) -> Listing | None:
    screen, profile = visit.screen("detail_sending"), visit.world.profile
    found = await visit.call(
        entries_of, visit.world, change_set, search.sort, descending=search.descending, page=search.page
    )
    if not found.lines:
        return None
    lines = [_line(visit, entry, can_change=change_set.is_open) for entry in found.lines]
    size = profile.list_page_lines
    return listing(screen, search, lines, hits=found.hits, page=found.page, pages=found.pages, size=size)


def _line(visit: Visit, entry: ChangeEntry, *, can_change: bool) -> Line:
    details = visit.screen("detail_change")
    kind, change = details.field("kind").choices[entry.kind], details.words[entry.change]
    amounts = (entry.monthly_before, entry.monthly, entry.bonus_before, entry.bonus)
    who = visit.screen("detail_sending").words["user"].format(name=entry.entered_name, user_id=entry.entered_by)
    cells = (entry.worker, entry.name, kind, change, *amounts, who)
    return Line(cells, _way(visit, entry) if can_change else "")


def _way(visit: Visit, entry: ChangeEntry) -> str:
    """Where an entry is put right or taken back."""
    if entry.change == ChangeKind.NEW:
        return f"{visit.screen('detail_registration').path}?{urlencode({'entry': entry.id})}"
    return f"{visit.screen('detail_entry').path}?{urlencode({'of': entry.worker, 'kind': entry.kind})}"


def _month(visit: Visit, change_set: ChangeSet) -> str:
    return visit.screen("detail_change").words["month"].format(month=change_set.month)
