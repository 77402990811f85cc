"""What unions sent to be paid in (まとめ入金依頼書, ambiguity 22); drafts are nobody's business here."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from simulator.office.api.inputs import NumberInPath, PageInQuery, ReceiptInPath
from simulator.office.api.outputs import (
    ShortDeductionOut,
    TransferItemOut,
    TransferRequestDetailOut,
    TransferRequestOut,
)
from simulator.office.context import OfficeHere
from simulator.services.contracts import contract_numbered
from simulator.services.deductions import sent_requests, sent_sheet
from simulator.services.deductions_lines import AnsweredLine, short_lines

router = APIRouter()
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "依頼書がない（E4410）"}}
NO_CONTRACT: dict[int | str, dict[str, Any]] = {404: {"description": "契約がない（E5001）"}}


@router.get("/contracts/{number}/transfer-requests", responses=NO_CONTRACT)
def list_requests(office: OfficeHere, number: NumberInPath, page: PageInQuery = 1) -> list[TransferRequestOut]:
    """A page of the requests that a contract sent, the newest first."""
    contract_numbered(office.world, number)
    found = sent_requests(office.world, number, page).requests
    return [TransferRequestOut.model_validate(request) for request in found]


@router.get("/transfer-requests/{receipt}", responses=NOT_FOUND)
def read_request(office: OfficeHere, receipt: ReceiptInPath, page: PageInQuery = 1) -> TransferRequestDetailOut:
    """What arrived with a receipt number, a page of what falls short at a time."""
    sheet = sent_sheet(office.world, receipt)
    shorts = short_lines(office.world, sheet, page)
    return TransferRequestDetailOut(
        **TransferRequestOut.model_validate(sheet.request).model_dump(),
        items=[TransferItemOut.model_validate(item) for item in sheet.items],
        page=shorts.found.page,
        pages=shorts.found.pages,
        shorts=[_short(each) for each in shorts.lines],
    )


def _short(each: AnsweredLine) -> ShortDeductionOut:
    line = each.line
    who = {name: getattr(line, name) for name in ("worker", "name", "kana", "branch", "kind", "account")}
    return ShortDeductionOut(**who, asked=line.amount, paid=each.paid, reason=each.short.reason if each.short else "")
