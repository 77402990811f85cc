"""財形貯蓄事務: looking up statements and alarms (MNU-03 to MNU-05)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.line_list import asked, criteria_of, list_page, listing_of, order_of
from simulator.portal.listing import Line
from simulator.portal.search import Search, asked_for
from simulator.portal.signed_in import SignedIn, page_for, signed_in
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.refusal import Refused
from simulator.services.savings_lookup import WorkerStatements, look_up_alarms, look_up_statements, statements_of
from simulator.store import AlarmLine, Generation, StatementLine

LONGEST_QUERY = 2000


async def show_statements(request: Request) -> Response:
    """財形積立明細照会: the savings contracts that fit (MNU-04)."""
    visit = await Visit.begin(request)
    return await _statements(visit, await signed_in(visit))


async def show_alarms(request: Request) -> Response:
    """財形アラーム明細照会: what the employer has to see to (MNU-05)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    screen = visit.screen("alarm_list")
    search = await asked(visit, who, screen)
    if search.problems:
        return list_page(visit, who, screen, search)
    found = await visit.call(
        look_up_alarms, visit.world, who.user.contract_number, criteria_of(search), order_of(search), search.page
    )
    lines = [_alarm(screen, line) for line in found.lines]
    await visit.note("alarms_looked_up", **asked_for(screen, search, found.page))
    return list_page(visit, who, screen, search, listing_of(visit, screen, search, found, lines))


async def show_statement(request: Request) -> Response:
    """財形積立明細詳細: one worker's contracts in every generation (MNU-04)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    screen = visit.screen("statement_detail")
    try:
        found = await visit.call(
            statements_of, visit.world, who.user.contract_number, request.query_params.get("of", "")
        )
    except Refused as refusal:
        return await _statements(visit, who, refusal.message)
    await visit.note("statement_looked_up", worker=found.lines[0][1].worker)
    kept = parse_qsl(request.query_params.get("list", "")[:LONGEST_QUERY])
    return page_for(
        visit,
        who,
        screen,
        facts=_facts(visit, screen, found),
        lines=[_generation_line(visit, screen, *each) for each in found.lines],
        kept=kept,
    )


async def _statements(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    screen = visit.screen("statement_list")
    search = await asked(visit, who, screen)
    if search.problems:
        return list_page(visit, who, screen, search)
    found = await visit.call(
        look_up_statements, visit.world, who.user.contract_number, criteria_of(search), order_of(search), search.page
    )
    lines = [_statement(visit, screen, search, found.page, line) for line in found.lines]
    if refusal is None:
        await visit.note("statements_looked_up", **asked_for(screen, search, found.page))
    return list_page(visit, who, screen, search, listing_of(visit, screen, search, found, lines), refusal)


def _statement(visit: Visit, screen: Screen, search: Search, page: int, line: StatementLine) -> Line:
    kind = screen.field("kind").choices[line.kind]
    amounts = (line.monthly, line.bonus, line.balance)
    query = urlencode({"of": line.worker, "list": search.query(page=page)})
    return Line(
        (line.worker, line.name, line.kana, line.branch, kind, line.account, *amounts),
        f"{visit.screen('statement_detail').path}?{query}",
    )


def _alarm(screen: Screen, line: AlarmLine) -> Line:
    kind, savings = screen.field("kind").choices[line.kind], screen.words[line.savings]
    left = max(line.limit - line.principal, 0)
    return Line((line.worker, line.name, line.kana, line.branch, kind, savings, line.principal, line.limit, left))


def _facts(visit: Visit, screen: Screen, found: WorkerStatements) -> dict[str, Sequence[str]]:
    """What stands in the sections of the detail screen, by key."""
    newest, line = found.lines[0]
    words, limit = screen.words, visit.world.profile.savings_limit_yen
    kinds = visit.screen("alarm_list").field("kind").choices
    total = sum(each.principal for kept, each in found.lines if kept is newest and each.declared)
    amounts = (total, limit, max(limit - total, 0))
    alarms = "、".join(dict.fromkeys(kinds[alarm.kind] for alarm in found.alarms)) or words["none"]
    return {
        "worker": (line.worker, line.name, line.kana, line.branch, alarms),
        "limit": [words["amount"].format(amount=amount) for amount in amounts],
    }


def _generation_line(visit: Visit, screen: Screen, generation: Generation, line: StatementLine) -> Line:
    kind = visit.screen("statement_list").field("kind").choices[line.kind]
    month, tax = screen.words["month"].format(month=generation.month), screen.words[line.tax]
    amounts = (line.declared, line.monthly, line.bonus, line.subsidy, line.principal, line.balance)
    return Line((month, kind, line.account, tax, *amounts))
