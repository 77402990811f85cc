"""財形積立明細変更履歴照会: who entered, corrected, withdrew or sent what, and when (MNU-12)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.listing import Line, listing
from simulator.portal.search import PERIOD, Search, asked_for, read_search, with_period
from simulator.portal.signed_in import page_for, signed_in_to_change
from simulator.portal.visit import Visit
from simulator.rules import field_rules, read_day
from simulator.services.change_history import Action, HistoryQuery, look_up_history
from simulator.store import ChangeRecord


async def show(request: Request) -> Response:
    """The history of the contract, the newest first."""
    visit = await Visit.begin(request)
    who = await signed_in_to_change(visit)
    screen, rules = visit.screen("detail_history"), field_rules(visit.world.profile)
    search = with_period(screen, read_search(screen, request.query_params, rules, {}, screen.section("list").sorts))
    found = None
    if not search.problems:
        found = await visit.call(
            look_up_history,
            visit.world,
            who.user.contract_number,
            _query(search),
            search.sort,
            descending=search.descending,
            page=search.page,
        )
        await visit.note("detail_history_looked_up", **asked_for(screen, search, found.page))
    size = visit.world.profile.list_page_lines
    lines = [_line(visit, record) for record in found.lines] if found else []
    return page_for(
        visit,
        who,
        screen,
        problems=search.problems.values(),
        search=search,
        found=listing(screen, search, lines, hits=found.hits, page=found.page, pages=found.pages, size=size)
        if found and lines
        else None,
        has_data=any(search.values.values()),
    )


def _query(search: Search) -> HistoryQuery:
    values: Mapping[str, str] = search.values
    first, last = (read_day(values[key]) for key in PERIOD)
    return HistoryQuery(first, last, worker=values["worker"], user_id=values["user"], action=values["action"])


def _line(visit: Visit, record: ChangeRecord) -> Line:
    screen, details = visit.screen("detail_history"), visit.screen("detail_change")
    words, action = screen.words, screen.field("action").choices[record.action]
    act = words["act"].format(change=details.words[record.change], action=action) if record.change else action
    kind = details.field("kind").choices[record.kind] if record.kind else ""
    month = details.words["month"].format(month=record.month)
    by = words["user"].format(name=record.by_name, user_id=record.by) if record.by else words["bank"]
    at = words["at"].format(at=record.at)
    return Line((at, act, month, record.worker, record.name, kind, _contents(words, record), by))


def _contents(words: Mapping[str, str], record: ChangeRecord) -> str:
    if record.action in {Action.SENT, Action.LAPSED}:
        return words[f"{record.action}_told"].format(record=record)
    before = _amounts(words, record.monthly_before, record.bonus_before)
    return words["from_to"].format(before=before, after=_amounts(words, record.monthly, record.bonus))


def _amounts(words: Mapping[str, str], monthly: int | None, bonus: int | None) -> str:
    if monthly is None or bonus is None:
        return words["nothing_before"]
    return words["amounts"].format(monthly=monthly, bonus=bonus)
