"""財形積立新規登録: entering a new savings contract, correcting and withdrawing it (MNU-10)."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.endpoints.detail_changes import STAYS, back_to_list, kept_search, list_page, seen_by
from simulator.portal.forms import GuardedForm
from simulator.portal.signed_in import SignedIn, signed_in_to_change
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.detail_changes import refuse_unless_open, withdraw
from simulator.services.new_contracts import BRANCH_CODES, NewContract, enter_contract, new_entry
from simulator.services.refusal import Refused, Unacceptable
from simulator.store import ChangeEntry

LONGEST_ID = 9  # digits
NOBODY = 0  # no entry has this number
ENTRY = "entry"


async def show(request: Request) -> Response:
    """An empty form, or with `?entry=` the contract that was entered."""
    visit = await Visit.begin(request)
    return await _page(visit, await signed_in_to_change(visit))


async def submit_contents(request: Request) -> Response:
    """登録: enter the contract, or put right what was entered."""
    visit = await Visit.begin(request)
    who = await signed_in_to_change(visit)
    form, seen = await visit.form(visit.screen("detail_registration"), "contents"), await seen_by(visit)
    if form.errors:
        return await _page(visit, who, form, seen)
    try:
        entry = await visit.call(
            enter_contract, visit.world, who.user.user_id, _contract(form), replaces=_concerned(visit), seen=seen
        )
    except Unacceptable as refusal:
        for key, problem in refusal.problems:
            form.refuse(key, problem)
        return await _page(visit, who, form, seen)
    except Refused as refusal:
        if refusal.message.code in STAYS:
            return await _page(visit, who, form, refusal=refusal.message)
        return await list_page(visit, who, refusal.message)
    return back_to_list(visit, "I4303", entry)


async def submit_withdrawal(request: Request) -> Response:
    """取り消し: take back a contract that was entered."""
    visit = await Visit.begin(request)
    who = await signed_in_to_change(visit)
    await visit.form(visit.screen("detail_registration"), "withdrawal")
    try:
        old = await visit.call(new_entry, visit.world, who.user.user_id, _concerned(visit) or NOBODY)
        seen = await seen_by(visit)
        await visit.call(withdraw, visit.world, who.user.user_id, old.worker, old.kind, seen=seen)
    except Refused as refusal:
        if refusal.message.code in STAYS:
            return await _page(visit, who, refusal=refusal.message)
        return await list_page(visit, who, refusal.message)
    return back_to_list(visit, "I4304", old)


async def _page(
    visit: Visit,
    who: SignedIn,
    sent: GuardedForm | None = None,
    seen: int | None = None,
    refusal: Message | None = None,
) -> Response:
    """The screen; what was typed stays, and what its page was made with."""
    screen, by = visit.screen("detail_registration"), who.user.user_id
    concerned = _concerned(visit)
    try:
        await visit.call(refuse_unless_open, visit.world, by)
        old = None if concerned is None else await visit.call(new_entry, visit.world, by, concerned)
    except Refused as problem:
        return await list_page(visit, who, problem.message)
    contents = sent or visit.offer(screen, "contents", **(_values(old) if old else {}))
    withdrawal = {"withdrawal": visit.offer(screen, "withdrawal")} if old else {}
    return visit.page(
        screen,
        form=contents,
        refusal=refusal,
        refused_as=HTTPStatus.CONFLICT if refusal else HTTPStatus.UNPROCESSABLE_ENTITY,
        edition=who.edition,
        logged_in=who.shown,
        facts={},
        forms={"contents": contents, **withdrawal},
        choices={"branch": BRANCH_CODES},
        seen=(old.revision if old else 0) if seen is None else seen,
        kept=kept_search(visit),
        address=urlencode({ENTRY: concerned} if concerned is not None else {}),
    )


def _concerned(visit: Visit) -> int | None:
    """The number of the entry that a page is about; None on the page of a new one."""
    text = visit.request.query_params.get(ENTRY)
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else NOBODY


def _contract(form: GuardedForm) -> NewContract:
    texts = {name: form[name].data for name in ("worker", "name", "kana", "branch", "kind")}
    monthly, bonus, declared = (form[name].data for name in ("monthly", "bonus", "declared"))
    return NewContract(**texts, monthly=int(monthly), bonus=int(bonus), declared=int(declared) if declared else None)


def _values(entry: ChangeEntry) -> dict[str, str]:
    codes = {name: code for code, name in BRANCH_CODES.items()}
    names = ("worker", "name", "kana", "kind", "monthly", "bonus")
    declared = str(entry.declared) if entry.declared else ""
    return {**{name: str(getattr(entry, name)) for name in names}, "branch": codes[entry.branch], "declared": declared}
