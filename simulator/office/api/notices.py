"""Notices on the information screen (INF-03)."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from simulator.office.api.inputs import NoticeIn, NoticeInPath
from simulator.office.api.outputs import NoticeOut
from simulator.office.context import OfficeHere
from simulator.services.notices import notices, publish_notice, withdraw_notice

router = APIRouter()


@router.get("/notices")
def list_notices(office: OfficeHere) -> list[NoticeOut]:
    """All notices, the newest first."""
    return [NoticeOut.model_validate(notice) for notice in notices(office.world)]


@router.post("/notices", status_code=HTTPStatus.CREATED)
def publish(office: OfficeHere, body: NoticeIn) -> NoticeOut:
    """Publish a notice to every logged-in user."""
    return NoticeOut.model_validate(publish_notice(office.world, body.title, body.text))


@router.delete(
    "/notices/{notice_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses={404: {"description": "お知らせがない（E5005）"}},
)
def withdraw(office: OfficeHere, notice_id: NoticeInPath) -> None:
    """Take a notice back."""
    withdraw_notice(office.world, notice_id)
