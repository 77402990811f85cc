"""財形積立明細データエクスポート: choosing data, what the character set makes of it, the CSV file (MNU-07, MNU-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from simulator.documents import CsvEncoding
from simulator.portal.choosing import Choosing, month_of, months_of, read_choices
from simulator.portal.chosen_lists import LISTS, NotChosen, choice_page, chosen_list
from simulator.portal.outputs import Output, go_to_output, keep_output, kept_output
from simulator.portal.producing import produced
from simulator.portal.savings_documents import Paper
from simulator.portal.signed_in import SignedIn, page_for, signed_in
from simulator.portal.visit import OperationError, Visit
from simulator.services.refusal import Refused
from simulator.services.savings import generations_of
from simulator.services.savings_lists import (
    ChosenList,
    Inexpressible,
    ListKind,
    choose_list,
    find_inexpressible,
    record_exported,
)

SCREEN, CONFIRMATION = "data_export", "export_confirmation"
FILE = "/savings/export/file"
ENCODINGS: Mapping[str, CsvEncoding] = {"cp932": CsvEncoding.CP932, "utf8": CsvEncoding.UTF8}
FIRST_SHOWN = 10
NOTHING = Inexpressible(0, ())


async def show_choice(request: Request) -> Response:
    """What can be exported (MNU-08)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    return await choice_page(visit, who, visit.screen(SCREEN), await _choosing(visit, who))


async def show_confirmation(request: Request) -> Response:
    """確認: how much it is, and what the character set cannot express."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    choosing = await _choosing(visit, who)
    try:
        chosen = await chosen_list(visit, who, choosing)
    except NotChosen as problem:
        return await choice_page(visit, who, visit.screen(SCREEN), choosing, problem.messages)
    lacking = NOTHING
    if _encoding(choosing) is CsvEncoding.CP932:
        lacking = await visit.call(find_inexpressible, visit.world, chosen, FIRST_SHOWN)
    screen = visit.screen(CONFIRMATION)
    return page_for(
        visit,
        who,
        screen,
        rows=_rows(visit, who, choosing, chosen),
        query=choosing.query,
        kept=choosing.values,
        inexpressible=lacking,
        more=lacking.workers - len(lacking.first),
    )


async def submit_download(request: Request) -> Response:
    """ダウンロード: on to the file."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    await visit.form(visit.screen(CONFIRMATION))
    choosing = await _choosing(visit, who)
    try:
        chosen = await chosen_list(visit, who, choosing)
    except NotChosen as problem:
        return await choice_page(visit, who, visit.screen(SCREEN), choosing, problem.messages)
    title = Paper(visit.portal.catalogue, who.user.contract, chosen).title
    await visit.call(record_exported, visit.world, who.user.user_id, chosen, title, _named(choosing))
    return go_to_output(FILE, keep_output(visit, Output(chosen.choice, _encoding(choosing))))


async def download(request: Request) -> Response:
    """The CSV file (MNU-08)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    _, output = kept_output(visit)
    try:
        chosen = await visit.call(choose_list, visit.world, who.user.contract_number, output.choice)
        paper = Paper(visit.portal.catalogue, who.user.contract, chosen)
        return await produced(visit, paper.as_csv(visit.world, output.encoding or CsvEncoding.CP932))
    except Refused as refusal:
        raise OperationError(refusal.message.code) from None


async def _choosing(visit: Visit, who: SignedIn) -> Choosing:
    lists = visit.screen(LISTS)
    kept = await visit.portal.look(generations_of, who.user.contract_number)
    kinds = {key: label for key, label in lists.field("kind").choices.items() if key != ListKind.ALARMS}
    offered = {"month": months_of(lists, kept), "data": lists.field("data").choices, "kind": kinds}
    return read_choices(visit.screen(SCREEN), visit.request.query_params, offered)


def _encoding(choosing: Choosing) -> CsvEncoding:
    return ENCODINGS[choosing.values["encoding"]]


def _named(choosing: Choosing) -> str:
    return choosing.choices["encoding"][choosing.values["encoding"]]


def _rows(visit: Visit, who: SignedIn, choosing: Choosing, chosen: ChosenList) -> Sequence[str]:
    """What the confirmation tells of the file, in the order of its rows."""
    lists, paper = visit.screen(LISTS), Paper(visit.portal.catalogue, who.user.contract, chosen)
    count = lists.words["count"].format(count=chosen.lines)
    return paper.title, month_of(lists, chosen.choice.month), count, _named(choosing), paper.file_name(".csv")
