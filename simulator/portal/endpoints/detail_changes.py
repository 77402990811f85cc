"""財形積立明細変更: the details that can be changed, and entering a change or stop of one (MNU-09, MNU-10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.forms import GuardedForm
from simulator.portal.listing import Line, Listing, listing
from simulator.portal.search import Search, asked_for, read_search
from simulator.portal.signed_in import SignedIn, page_for, signed_in_to_change
from simulator.portal.visit import Visit
from simulator.rules import ChangeKind, Message, field_rules
from simulator.services.detail_changes import (
    Changeable,
    changeable,
    enter_change,
    enter_stop,
    entries_for,
    newest_set,
    withdraw,
)
from simulator.services.detail_sending import tallies_of
from simulator.services.detail_work import present_words
from simulator.services.refusal import Refused, Unacceptable
from simulator.services.savings_lookup import Criteria, Order, look_up_statements
from simulator.services.world import World
from simulator.store import ChangeEntry, ChangeSet, Generation, StatementLine

LONGEST_QUERY = 2000
LONGEST_SEEN = 9  # digits
# What is told on the page where it can be put right; the rest leads back to the list.
STAYS = {"E4305", "E4306"}
Act = Callable[[World, str, Request, GuardedForm, int], ChangeEntry]
TOLD = {ChangeKind.CHANGED: "I4301", ChangeKind.STOPPED: "I4302", ChangeKind.NEW: "I4303"}


async def show_list(request: Request) -> Response:
    """財形積立明細変更: the newest details, each with what has been entered for it (MNU-10)."""
    visit = await Visit.begin(request)
    return await list_page(visit, await signed_in_to_change(visit))


async def show_entry(request: Request) -> Response:
    """財形積立明細変更入力: one savings contract."""
    visit = await Visit.begin(request)
    return await _entry_page(visit, await signed_in_to_change(visit), is_look=True)


async def submit_amounts(request: Request) -> Response:
    """変更: other amounts."""
    return await _submit(request, "amounts", _change)


async def submit_stop(request: Request) -> Response:
    """中止: no more deposits."""
    return await _submit(request, "stop", _stop)


async def submit_withdrawal(request: Request) -> Response:
    """取り消し: as if nothing had been entered."""
    return await _submit(request, "withdrawal", _withdraw, done="I4304")


async def list_page(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    """The list; with what could not be done it stands in for a page that was opened from it."""
    screen, number = visit.screen("detail_change"), who.user.contract_number
    asked = dict(kept_search(visit)) if refusal else visit.request.query_params
    search = read_search(screen, asked, field_rules(visit.world.profile), {}, screen.section("list").sorts)
    newest = await visit.call(newest_set, visit.world, number)
    change_set = newest[1] if newest else None
    found = None if search.problems or newest is None else await _found(visit, number, screen, search, change_set)
    if not search.problems and refusal is None:
        await visit.note("detail_list_looked_up", **asked_for(screen, search, search.page))
    return page_for(
        visit,
        who,
        screen,
        refusal,
        problems=search.problems.values(),
        told=visit.told(),
        search=search,
        found=found,
        has_data=newest is not None,
        progress=await _progress(visit, screen, *newest) if newest else [],
        is_open=change_set is None or change_set.is_open,
    )


def back_to_list(visit: Visit, code: str, entry: ChangeEntry) -> Response:
    """Go on to the list as it was searched, and tell there what was done."""
    kind = visit.screen("detail_change").field("kind").choices[entry.kind]
    visit.tell_next(code, worker=entry.worker, kind=kind)
    return visit.go_to("detail_change", urlencode(kept_search(visit)))


def kept_search(visit: Visit) -> list[tuple[str, str]]:
    """The search of the list that a page was opened from."""
    return parse_qsl(visit.request.query_params.get("list", "")[:LONGEST_QUERY])


async def seen_by(visit: Visit) -> int:
    """The revision that the page was made with, as its form sends it; 0 for anything else."""
    text = (await visit.request.form()).get("seen", "")
    is_number = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= LONGEST_SEEN
    return int(str(text)) if is_number else 0


def state_words(visit: Visit, change_set: ChangeSet | None) -> str:
    """Whether changes can be entered, or when they were sent."""
    words = visit.screen("detail_change").words
    if change_set is None or change_set.sent_at is None:
        return words["open"]
    return words["sent"].format(at=change_set.sent_at, receipt=change_set.receipt)


async def _submit(request: Request, section: str, act: Act, *, done: str = "") -> Response:
    """Check what was sent from a section, act, and tell of it on the list."""
    visit = await Visit.begin(request)
    who = await signed_in_to_change(visit)
    form, seen = await visit.form(visit.screen("detail_entry"), section), await seen_by(visit)
    if form.errors:
        return await _entry_page(visit, who, section, form, seen)
    try:
        entry = await visit.call(act, visit.world, who.user.user_id, request, form, seen)
    except Unacceptable as refusal:
        for key, problem in refusal.problems:
            form.refuse(key, problem)
        return await _entry_page(visit, who, section, form, seen)
    except Refused as refusal:
        if refusal.message.code in STAYS:
            return await _entry_page(visit, who, section, form, refusal=refusal.message)
        return await list_page(visit, who, refusal.message)
    return back_to_list(visit, done or TOLD[ChangeKind(entry.change)], entry)


async def _entry_page(
    visit: Visit,
    who: SignedIn,
    section: str = "",
    sent: GuardedForm | None = None,
    seen: int | None = None,
    refusal: Message | None = None,
    *,
    is_look: bool = False,
) -> Response:
    """The screen; the section that was sent keeps what was typed, and what its page was made with."""
    try:
        found = await visit.call(changeable, visit.world, who.user.user_id, *_concerned(visit.request))
    except Refused as problem:
        return await list_page(visit, who, problem.message)
    if is_look:
        await visit.note("detail_looked_up", worker=found.line.worker, savings=found.line.kind)
    screen, entry = visit.screen("detail_entry"), found.entry
    amounts = entry if entry and entry.change == ChangeKind.CHANGED else found.line
    forms = {key: visit.offer(screen, key) for key in _sections(entry)}
    forms["amounts"] = visit.offer(screen, "amounts", monthly=str(amounts.monthly), bonus=str(amounts.bonus))
    if sent is not None:
        forms[section] = sent
    return visit.page(
        screen,
        form=sent or forms["amounts"],
        refusal=refusal,
        refused_as=HTTPStatus.CONFLICT if refusal else HTTPStatus.UNPROCESSABLE_ENTITY,
        edition=who.edition,
        logged_in=who.shown,
        facts=_facts(visit, found),
        forms=forms,
        choices={},
        seen=(entry.revision if entry else 0) if seen is None else seen,
        kept=kept_search(visit),
        address=urlencode([(name, visit.request.query_params.get(name, "")) for name in ("of", "kind", "list")]),
    )


def _sections(entry: ChangeEntry | None) -> list[str]:
    """What can be done; who has entered a stop already can take it back."""
    stop = [] if entry and entry.change == ChangeKind.STOPPED else ["stop"]
    return ["amounts", *stop, *(["withdrawal"] if entry else [])]


def _facts(visit: Visit, found: Changeable) -> dict[str, Sequence[str]]:
    """What stands in the sections of data, by key."""
    words, line, entry = visit.screen("detail_entry").words, found.line, found.entry
    kind = visit.screen("detail_change").field("kind").choices[line.kind]
    amounts = (words["amount"].format(amount=amount) for amount in (line.monthly, line.bonus))
    facts: dict[str, Sequence[str]] = {
        "detail": (line.worker, line.name, line.kana, line.branch, kind, line.account, *amounts)
    }
    if entry:
        who = visit.screen("detail_sending").words["user"].format(name=entry.entered_name, user_id=entry.entered_by)
        at = visit.screen("detail_sending_result").words["at"].format(at=entry.entered_at)
        facts["draft"] = (present_words(entry), who, at)
    return facts


async def _found(
    visit: Visit, number: str, screen: Screen, search: Search, change_set: ChangeSet | None
) -> Listing | None:
    criteria, order = Criteria(month=None, **search.values), Order(search.sort, search.descending)
    found = await visit.call(look_up_statements, visit.world, number, criteria, order, search.page)
    if not found.lines:
        return None
    entries = await visit.call(entries_for, visit.world, change_set, found.lines)
    can_change = change_set is None or change_set.is_open
    lines = [
        _line(screen, line, entries.get((line.worker, line.kind)), _way(visit, search, found.page, line) * can_change)
        for line in found.lines
    ]
    totals = {name: found.totals[name] for name in ("monthly", "bonus")}
    size = visit.world.profile.list_page_lines
    return listing(screen, search, lines, hits=found.hits, page=found.page, pages=found.pages, size=size, totals=totals)


def _line(screen: Screen, line: StatementLine, entry: ChangeEntry | None, href: str) -> Line:
    kind = screen.field("kind").choices[line.kind]
    change = screen.words[f"{entry.change}_short"].format(entry=entry) if entry else ""
    who = (line.worker, line.name, line.kana, line.branch, kind, line.account)
    return Line((*who, change, line.monthly, line.bonus), href)


def _way(visit: Visit, search: Search, page: int, line: StatementLine) -> str:
    query = urlencode({"of": line.worker, "kind": line.kind, "list": search.query(page=page)})
    return f"{visit.screen('detail_entry').path}?{query}"


async def _progress(visit: Visit, screen: Screen, generation: Generation, change_set: ChangeSet | None) -> list[str]:
    tallies = await visit.call(tallies_of, visit.world, change_set)
    counts = {kind.value: tally.entries for kind, tally in tallies.items()}
    month = screen.words["month"].format(month=generation.month)
    return [month, state_words(visit, change_set), screen.words["counts"].format(**counts)]


def _concerned(request: Request) -> tuple[str, str]:
    """Worker and kind of the contract that a page is about: they stand in the address."""
    return request.query_params.get("of", ""), request.query_params.get("kind", "")


def _change(world: World, by: str, request: Request, form: GuardedForm, seen: int) -> ChangeEntry:
    monthly, bonus = int(form["monthly"].data), int(form["bonus"].data)
    return enter_change(world, by, *_concerned(request), monthly=monthly, bonus=bonus, seen=seen)


def _stop(world: World, by: str, request: Request, form: GuardedForm, seen: int) -> ChangeEntry:
    del form
    return enter_stop(world, by, *_concerned(request), seen=seen)


def _withdraw(world: World, by: str, request: Request, form: GuardedForm, seen: int) -> ChangeEntry:
    del form
    return withdraw(world, by, *_concerned(request), seen=seen)
