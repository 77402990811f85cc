"""What unions sent to be paid in: overview, and each request to be read (まとめ入金依頼書, ambiguity 22)."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console.forms import Form, Input
from simulator.office.console.pages import page
from simulator.office.context import office_of
from simulator.services.contracts import contract_numbered, contracts
from simulator.services.deductions import SentRequests, sent_requests, sent_sheet
from simulator.services.deductions_lines import short_lines

NUMBER = re.compile(r"[1-9][0-9]{0,5}")
NOTHING = SentRequests([], 0, 1, 1)


def show_requests(request: Request) -> Response:
    """What arrived, of the contract `?contract=` only or of all, the newest first."""
    form = Form(Input("contract", rule="contract_number"), sent=request.query_params)
    number, world = form["contract"], office_of(request).world
    wrong = bool(number) and not form.is_good()
    found = NOTHING if wrong else sent_requests(world, number, _page(request))
    names = {contract.number: contract.name for contract in contracts(world)}
    ways = {way: urlencode({"contract": number, "page": to}) for way, to in _turns(found).items()}
    return page(request, "transfer_requests", form=form, found=found, names=names, ways=ways)


def show_request(request: Request) -> Response:
    """What arrived with a receipt number, with a page of what falls short."""
    world = office_of(request).world
    sheet = sent_sheet(world, request.path_params["receipt"])
    shorts = short_lines(world, sheet, _page(request))
    contract = contract_numbered(world, sheet.generation.contract_number)
    return page(request, "transfer_request", sheet=sheet, contract=contract, shorts=shorts)


def _page(request: Request) -> int:
    text = request.query_params.get("page", "")
    return int(text) if NUMBER.fullmatch(text) else 1


def _turns(found: SentRequests) -> dict[str, int]:
    turns = {"前のページ": found.page - 1} if found.page > 1 else {}
    return turns | ({"次のページ": found.page + 1} if found.page < found.pages else {})
