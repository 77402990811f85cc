"""財形積立明細書出力／財形アラーム明細出力: the choice, the question, the blank page, the PDF (MNU-06, PDF-08)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.choosing import Choosing, month_of, months_of, read_choices
from simulator.portal.chosen_lists import LISTS, NotChosen, choice_page, chosen_list
from simulator.portal.outputs import Output, go_to_output, keep_output, kept_output
from simulator.portal.producing import produced
from simulator.portal.savings_documents import Paper, title_of
from simulator.portal.signed_in import SignedIn, signed_in
from simulator.portal.visit import OperationError, Visit
from simulator.rules import Message
from simulator.services.refusal import Refused
from simulator.services.savings import generations_of
from simulator.services.savings_lists import ChosenList, choose_list, record_printed

CONFIRMATION, BLANK = "list_confirmation", "list_print"
FILE = "/savings/lists/file"


async def show_choice(request: Request) -> Response:
    """What can be printed (MNU-06)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    return await _page(visit, who, await _choosing(visit, who))


async def show_confirmation(request: Request) -> Response:
    """印刷: the question over the same screen (PDF-08)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    choosing = await _choosing(visit, who)
    try:
        chosen = await chosen_list(visit, who, choosing)
    except NotChosen as problem:
        return await _page(visit, who, choosing, problem.messages)
    return await _page(visit, who, choosing, confirmed=_question(visit, chosen))


async def submit_print(request: Request) -> Response:
    """OK: on to the page that stays blank while the file comes down (PDF-09, PDF-11)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    await visit.form(visit.screen(CONFIRMATION))
    choosing = await _choosing(visit, who)
    try:
        chosen = await chosen_list(visit, who, choosing)
    except NotChosen as problem:
        return await _page(visit, who, choosing, problem.messages)
    title = title_of(visit.portal.catalogue, chosen.choice)
    await visit.call(record_printed, visit.world, who.user.user_id, chosen, title)
    path = visit.screen(BLANK).path or ""
    return go_to_output(path, keep_output(visit, Output(chosen.choice)))


async def show_blank(request: Request) -> Response:
    """The page that stays blank; the browser fetches the file by itself (PDF-09, PDF-11)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    ticket, _ = kept_output(visit)
    file = f"{FILE}?ticket={ticket}"
    return visit.page(visit.screen(BLANK), form=visit.offer(visit.screen(BLANK)), edition=who.edition, file=file)


async def download(request: Request) -> Response:
    """The PDF (PDF-09, PDF-10)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    _, output = kept_output(visit)
    try:
        chosen = await visit.call(choose_list, visit.world, who.user.contract_number, output.choice)
        paper = Paper(visit.portal.catalogue, who.user.contract, chosen)
        return await produced(visit, paper.as_pdf(visit.world, visit.portal.pages.mark))
    except Refused as refusal:
        raise OperationError(refusal.message.code) from None


async def _choosing(visit: Visit, who: SignedIn) -> Choosing:
    screen = visit.screen(LISTS)
    kept = await visit.portal.look(generations_of, who.user.contract_number)
    return read_choices(screen, visit.request.query_params, {"month": months_of(screen, kept)})


async def _page(
    visit: Visit,
    who: SignedIn,
    choosing: Choosing,
    messages: Sequence[Message] = (),
    confirmed: Sequence[str] = (),
) -> Response:
    return await choice_page(visit, who, visit.screen(LISTS), choosing, messages, confirmed=list(confirmed))


def _question(visit: Visit, chosen: ChosenList) -> Sequence[str]:
    """What the question tells of the list, in the order of its rows."""
    screen = visit.screen(LISTS)
    title = title_of(visit.portal.catalogue, chosen.choice)
    return title, month_of(screen, chosen.choice.month), screen.words["count"].format(count=chosen.lines)
