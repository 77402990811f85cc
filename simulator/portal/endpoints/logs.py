"""操作ログ照会: what every user of the contract did, for the master (MNU-19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.documents import CsvEncoding, write_csv
from simulator.portal.listing import Line, Listing, listing
from simulator.portal.producing import Product, produced
from simulator.portal.search import PERIOD, Search, asked_for, read_search, with_period
from simulator.portal.signed_in import SignedIn, page_for, signed_in_master
from simulator.portal.visit import Visit
from simulator.rules import field_rules, read_day
from simulator.services.event_words import event_details, event_name
from simulator.services.operation_log import LogCriteria, actors_of, every_operation, look_up_operations
from simulator.store import Event

SCREEN = "operation_log"


async def show_operations(request: Request) -> Response:
    """操作ログ照会: the operations that fit, the newest first."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    screen, actors = visit.screen(SCREEN), await _actors(visit, who)
    search = _search(visit, screen, actors)
    if search.problems:
        return _page(visit, who, screen, search)
    found = await visit.call(look_up_operations, visit.world, who.user.contract_number, _criteria(search), search.page)
    await visit.note("operation_log_looked_up", **asked_for(screen, search, found.page))
    lines = [Line(_cells(visit, actors, line)) for line in found.lines]
    size = visit.world.profile.list_page_lines
    shown = listing(screen, search, lines, hits=found.hits, page=found.page, pages=found.pages, size=size)
    return _page(visit, who, screen, search, shown if lines else None)


async def export_operations(request: Request) -> Response:
    """CSV出力: all operations that fit, on all pages."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    screen, actors = visit.screen(SCREEN), await _actors(visit, who)
    search = _search(visit, screen, actors)
    if search.problems:
        return _page(visit, who, screen, search)
    number, now = who.user.contract_number, visit.world.clock.now()
    lines = every_operation(visit.world, number, _criteria(search))
    rows = (_cells(visit, actors, line) for line in lines)
    name, counted = screen.words["file"].format(number=number, at=now), []

    def write(file: BinaryIO) -> None:
        counted.append(write_csv(file, screen.section("list").columns, rows))

    answer = await produced(
        visit, Product(name, f"operations_{now:%Y%m%d%H%M%S}.csv", CsvEncoding.CP932.media_type, write)
    )
    await visit.note("operation_log_exported", criteria=search.in_words(screen), lines=counted[0])
    return answer


async def _actors(visit: Visit, who: SignedIn) -> Mapping[str, str]:
    return await visit.call(actors_of, visit.world, who.user.contract_number)


def _search(visit: Visit, screen: Screen, actors: Mapping[str, str]) -> Search:
    """What was asked for; days that there are not, and periods that end before they begin, are refused, too."""
    words, catalogue = screen.words, visit.portal.catalogue
    people = {a: words["actor" if name else "gone"].format(user_id=a, name=name) for a, name in actors.items()}
    kinds = {kind: catalogue.event_words[kind] for kind in catalogue.operations}
    everybody = {"": words["all"]}
    choices = {"actor": everybody | people, "kind": everybody | kinds}
    rules, sorts = field_rules(visit.world.profile), screen.section("list").sorts
    return with_period(screen, read_search(screen, visit.request.query_params, rules, choices, sorts))


def _criteria(search: Search) -> LogCriteria:
    first, last = (read_day(search.values[key]) for key in PERIOD)
    return LogCriteria(first, last, search.values["actor"], search.values["kind"], descending=search.descending)


def _cells(visit: Visit, actors: Mapping[str, str], line: Event) -> tuple[str, ...]:
    """A line in words: when, who, what, about what, and with which result."""
    words = visit.screen(SCREEN).words
    actor = line.actor or ""
    details = [*event_details(line)]
    if line.user_id and line.user_id != actor:
        details.insert(0, (visit.portal.catalogue.detail_words["subject"], line.user_id))
    content = words["between"].join(words["detail"].format(name=name, value=value) for name, value in details)
    name = actors.get(actor) or words["deleted"]
    return (f"{line.at:{words['moment']}}", actor, name, event_name(line.kind), content, line.refusal or words["done"])


def _page(visit: Visit, who: SignedIn, screen: Screen, search: Search, found: Listing | None = None) -> Response:
    return page_for(
        visit,
        who,
        screen,
        problems=search.problems.values(),
        search=search,
        found=found,
        has_data=True,
        kept=parse_qsl(search.query()),
    )
