"""Detail changes that contracts sent (MNU-11); drafts are nobody's business here."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from simulator.office.api.inputs import NumberInPath, PageInQuery, ReceiptInPath
from simulator.office.api.outputs import ChangeEntryOut, SentChangesDetailOut, SentChangesOut, sent_out
from simulator.office.context import OfficeHere
from simulator.services.detail_sending import entries_of, sent_set, sent_sets

router = APIRouter()
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "送信がない（E4316）"}}
NO_CONTRACT: dict[int | str, dict[str, Any]] = {404: {"description": "契約がない（E5001）"}}


@router.get("/contracts/{number}/detail-changes", responses=NO_CONTRACT)
def list_sent(office: OfficeHere, number: NumberInPath) -> list[SentChangesOut]:
    """The newest fifty sets of changes that a contract sent, the newest first."""
    return [sent_out(found) for found in sent_sets(office.world, number)]


@router.get("/detail-changes/{receipt}", responses=NOT_FOUND)
def read_sent(office: OfficeHere, receipt: ReceiptInPath, page: PageInQuery = 1) -> SentChangesDetailOut:
    """What arrived with a receipt number, a page of its lines at a time."""
    found = sent_set(office.world, receipt)
    entries = entries_of(office.world, found.change_set, page=page)
    return SentChangesDetailOut(
        **sent_out(found).model_dump(),
        page=entries.page,
        pages=entries.pages,
        entries=[ChangeEntryOut.model_validate(entry) for entry in entries.lines],
    )
