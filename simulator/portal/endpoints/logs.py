"""操作ログ照会: what every user of the contract did, for the master (MNU-19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen, Section
from simulator.documents import find_replaced, write_csv
from simulator.portal.endpoints.exports import ENCODINGS, FIRST_SHOWN
from simulator.portal.forms import GuardedForm
from simulator.portal.listing import Line, Listing, listing
from simulator.portal.producing import Product, produced
from simulator.portal.search import PERIOD, Search, asked_for, read_search, with_period
from simulator.portal.signed_in import SignedIn, page_for, signed_in_master
from simulator.portal.visit import Visit
from simulator.rules import field_rules, read_day
from simulator.services.event_words import event_details, event_name
from simulator.services.operation_log import LogCriteria, actors_of, every_operation, look_up_operations
from simulator.services.savings_lists import Inexpressible
from simulator.store import Event

SCREEN, EXPORT = "operation_log", "operation_log_export"


async def show_operations(request: Request) -> Response:
    """操作ログ照会: the operations that fit, the newest first."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    screen, searched = visit.screen(SCREEN), await _searched(visit, who)
    search = searched.search
    if search.problems:
        return _page(visit, who, screen, search)
    found = await visit.call(look_up_operations, visit.world, who.user.contract_number, _criteria(search), search.page)
    await visit.note("operation_log_looked_up", **asked_for(screen, search, found.page))
    lines = [Line(_cells(visit, searched.actors, line)) for line in found.lines]
    size = visit.world.profile.list_page_lines
    shown = listing(screen, search, lines, hits=found.hits, page=found.page, pages=found.pages, size=size)
    return _page(visit, who, screen, search, shown if lines else None)


async def show_export(request: Request) -> Response:
    """操作ログCSV出力: how much it is, and what CP932 cannot express."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    return await _export_page(visit, who, await _searched(visit, who))


async def submit_export(request: Request) -> Response:
    """ダウンロード: all operations that fit, on all pages, in the character set that was chosen."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    screen, searched = visit.screen(EXPORT), await _searched(visit, who)
    form = await visit.form(screen)
    if form.errors or searched.search.problems:
        return await _export_page(visit, who, searched, form)
    key = form["encoding"].data
    encoding, counted = ENCODINGS[key], []

    def write(file: BinaryIO) -> None:
        counted.append(write_csv(file, _list(visit).columns, _rows(visit, who, searched), encoding))

    plain_name = f"operations_{visit.world.clock.now():%Y%m%d%H%M%S}.csv"
    answer = await produced(visit, Product(_file_name(visit, who), plain_name, encoding.media_type, write))
    said, named = searched.search.in_words(visit.screen(SCREEN)), screen.field("encoding").choices[key]
    await visit.note("operation_log_exported", criteria=said, lines=counted[0], encoding=named)
    return answer


async def _export_page(visit: Visit, who: SignedIn, searched: _Searched, sent: GuardedForm | None = None) -> Response:
    screen, search = visit.screen(EXPORT), searched.search
    if search.problems:
        return _page(visit, who, visit.screen(SCREEN), search)
    lines, lacking = await visit.call(_inexpressible, visit, who, searched)
    said = search.in_words(visit.screen(SCREEN)) or screen.words["all"]
    return page_for(
        visit,
        who,
        screen,
        form=sent,
        rows=(said, screen.words["count"].format(count=lines), _file_name(visit, who)),
        query=search.query(),
        kept=search.kept,
        inexpressible=lacking,
        more=lacking.workers - len(lacking.first),
    )


def _inexpressible(visit: Visit, who: SignedIn, searched: _Searched) -> tuple[int, Inexpressible]:
    """How many operations fit, and what a file in CP932 cannot express of them."""
    columns, lines, strange = _list(visit).columns, 0, 0
    first: list[tuple[str, str, str]] = []
    for row in _rows(visit, who, searched):
        lines += 1
        if found := list(find_replaced([row])):
            strange += 1
            if len(first) < FIRST_SHOWN:
                labels = "・".join(columns[each.column] for each in found)
                characters = dict.fromkeys("".join(each.characters for each in found))
                first.append((row[0], labels, "".join(characters)))
    return lines, Inexpressible(strange, first)


def _rows(visit: Visit, who: SignedIn, searched: _Searched) -> Iterator[tuple[str, ...]]:
    lines = every_operation(visit.world, who.user.contract_number, _criteria(searched.search))
    return (_cells(visit, searched.actors, line) for line in lines)


def _list(visit: Visit) -> Section:
    return visit.screen(SCREEN).section("list")


def _file_name(visit: Visit, who: SignedIn) -> str:
    words = visit.screen(EXPORT).words
    return words["file"].format(number=who.user.contract_number, at=visit.world.clock.now())


@dataclass(frozen=True)
class _Searched:
    """What was asked for, and who may have done it: id and name."""

    search: Search
    actors: Mapping[str, str]


async def _searched(visit: Visit, who: SignedIn) -> _Searched:
    actors = await _actors(visit, who)
    return _Searched(_search(visit, visit.screen(SCREEN), actors), actors)


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
        kept=search.kept,
    )
