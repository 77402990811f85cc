"""Printing and exporting in 控除事務: the question, the blank page, the files (ambiguity 22, PDF-08 to PDF-11)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from simulator.documents import CsvEncoding
from simulator.portal.deduction_documents import DeductionPaper, RequestPaper
from simulator.portal.endpoints.deduction_history import history_page, request_page
from simulator.portal.endpoints.deductions import list_answer, search_of
from simulator.portal.forms import GuardedForm
from simulator.portal.line_list import criteria_of, written
from simulator.portal.outputs import go_to_output, keep_output, kept_as
from simulator.portal.producing import Product, produced
from simulator.portal.search import Search
from simulator.portal.signed_in import SignedIn, page_for, signed_in_to
from simulator.portal.visit import OperationError, Visit
from simulator.services.deductions import sent_sheet
from simulator.services.deductions_lists import (
    ChosenDeductions,
    choose_deductions,
    inexpressible_deductions,
)
from simulator.services.refusal import Refused
from simulator.services.savings_lookup import Criteria

BLANK, FILE = "/deductions/print", "/deductions/file"
ENCODINGS = {"cp932": CsvEncoding.CP932, "utf8": CsvEncoding.UTF8}
FIRST_SHOWN = 10
LIST, EXPORT, VIEW = "deduction_list", "deduction_export", "request_view"


class _Output(ABC):
    """What is about to be downloaded."""

    @abstractmethod
    async def product(self, visit: Visit, who: SignedIn) -> Product:
        """The file to make.

        Raises:
            Refused: meanwhile it is not there any more.
        """


@dataclass(frozen=True)
class _ListOutput(_Output):
    """A list to come as a file; with a character set as CSV."""

    criteria: Criteria
    encoding: CsvEncoding | None = None

    async def product(self, visit: Visit, who: SignedIn) -> Product:
        paper = await _list_paper(visit, who, self.criteria)
        if self.encoding is None:
            return paper.as_pdf(visit.world, visit.portal.pages.mark)
        return paper.as_csv(visit.world, self.encoding)


@dataclass(frozen=True)
class _RequestOutput(_Output):
    """A request to come as a file."""

    receipt: str

    async def product(self, visit: Visit, who: SignedIn) -> Product:
        return (await _request_paper(visit, who, self.receipt)).as_pdf(visit.world, visit.portal.pages.mark)


async def ask_for_list(request: Request) -> Response:
    """印刷: the question over the list (PDF-08)."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(LIST))
    search = await search_of(visit, who)
    try:
        paper = await _searched_paper(visit, who, search)
    except Refused as refusal:
        return await list_answer(visit, who, search, refusal.message)
    return await list_answer(visit, who, search, confirmed=_told(visit, paper.title, paper.month, paper.chosen.lines))


async def print_list(request: Request) -> Response:
    """OK: on to the page that stays blank while the list comes down (PDF-09)."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(LIST))
    await visit.form(visit.screen("list_confirmation"))
    search = await search_of(visit, who)
    try:
        paper = await _searched_paper(visit, who, search)
    except Refused as refusal:
        return await list_answer(visit, who, search, refusal.message)
    await visit.note("list_printed", list=paper.title, month=written(paper.chosen.generation), lines=paper.chosen.lines)
    return go_to_output(BLANK, keep_output(visit, _ListOutput(paper.chosen.criteria)))


async def show_export(request: Request) -> Response:
    """控除依頼リストのCSV出力: how much it is, and what CP932 cannot express."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(EXPORT))
    return await _export_page(visit, who)


async def submit_export(request: Request) -> Response:
    """ダウンロード: on to the file, in the character set that was chosen."""
    visit = await Visit.begin(request)
    screen = visit.screen(EXPORT)
    who = await signed_in_to(visit, screen)
    form = await visit.form(screen)
    if form.errors:
        return await _export_page(visit, who, form)
    search = await search_of(visit, who)
    try:
        paper = await _searched_paper(visit, who, search)
    except Refused as refusal:
        return await list_answer(visit, who, search, refusal.message)
    key = form["encoding"].data
    named = screen.field("encoding").choices[key]
    month = written(paper.chosen.generation)
    await visit.note("data_exported", list=paper.title, month=month, lines=paper.chosen.lines, encoding=named)
    return go_to_output(FILE, keep_output(visit, _ListOutput(paper.chosen.criteria, ENCODINGS[key])))


async def ask_for_request(request: Request) -> Response:
    """印刷: the question over a request that was sent (PDF-08)."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(VIEW))
    try:
        paper = await _request_paper(visit, who, request.query_params.get("of", ""))
    except Refused as refusal:
        return await history_page(visit, who, refusal.message)
    told = _told(visit, paper.title, paper.month, paper.request.lines)
    return await request_page(visit, who, paper.sheet, confirmed=told)


async def print_request(request: Request) -> Response:
    """OK: on to the page that stays blank while the request comes down (PDF-09)."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(VIEW))
    await visit.form(visit.screen("list_confirmation"))
    receipt = request.query_params.get("of", "")
    try:
        paper = await _request_paper(visit, who, receipt)
    except Refused as refusal:
        return await history_page(visit, who, refusal.message)
    month = written(paper.sheet.generation)
    await visit.note("list_printed", list=paper.title, month=month, lines=paper.request.lines)
    return go_to_output(BLANK, keep_output(visit, _RequestOutput(receipt)))


async def show_blank(request: Request) -> Response:
    """The page that stays blank; the browser fetches the file by itself (PDF-09, PDF-11)."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(LIST))
    ticket, _ = kept_as(visit, _Output)  # type: ignore[type-abstract]
    screen = visit.screen("list_print")
    return visit.page(screen, form=visit.offer(screen), edition=who.edition, file=f"{FILE}?ticket={ticket}")


async def download(request: Request) -> Response:
    """The file."""
    visit = await Visit.begin(request)
    who = await signed_in_to(visit, visit.screen(LIST))
    _, output = kept_as(visit, _Output)  # type: ignore[type-abstract]
    try:
        return await produced(visit, await output.product(visit, who))
    except Refused as refusal:
        raise OperationError(refusal.message.code) from None


async def _searched_paper(visit: Visit, who: SignedIn, search: Search) -> DeductionPaper:
    """The list that was searched for.

    Raises:
        Refused: nothing fits, or there is no list of that month.
    """
    if search.problems:
        raise Refused(next(iter(search.problems.values())))
    return await _list_paper(visit, who, criteria_of(search))


async def _list_paper(visit: Visit, who: SignedIn, criteria: Criteria) -> DeductionPaper:
    chosen = await visit.call(choose_deductions, visit.world, who.user.contract_number, criteria)
    fixed = ChosenDeductions(chosen.generation, _of_month(criteria, chosen), chosen.lines, chosen.amount)
    return DeductionPaper(visit.portal.catalogue, who.user.contract, fixed)


def _of_month(criteria: Criteria, chosen: ChosenDeductions) -> Criteria:
    """The same search in this month, even if a newer list comes before the file is fetched."""
    return Criteria(chosen.generation.month, criteria.worker, criteria.name, criteria.kind, criteria.branch)


async def _request_paper(visit: Visit, who: SignedIn, receipt: str) -> RequestPaper:
    sheet = await visit.call(sent_sheet, visit.world, receipt, who.user.contract_number)
    assert sheet.request is not None  # noqa: S101 - it has a receipt
    return RequestPaper(visit.portal.catalogue, who.user.contract, sheet, sheet.request)


def _told(visit: Visit, title: str, month: str, lines: int) -> tuple[str, ...]:
    return title, month, visit.screen("list_output").words["count"].format(count=lines)


async def _export_page(visit: Visit, who: SignedIn, sent: GuardedForm | None = None) -> Response:
    screen, search = visit.screen(EXPORT), await search_of(visit, who)
    try:
        paper = await _searched_paper(visit, who, search)
    except Refused as refusal:
        return await list_answer(visit, who, search, refusal.message)
    lacking = await visit.call(inexpressible_deductions, visit.world, paper.chosen, FIRST_SHOWN)
    count = visit.screen("list_output").words["count"].format(count=paper.chosen.lines)
    return page_for(
        visit,
        who,
        screen,
        form=sent,
        rows=(paper.title, paper.month, count, paper.file_name(".csv")),
        query=search.query(),
        kept=search.kept,
        inexpressible=lacking,
        more=lacking.workers - len(lacking.first),
    )
