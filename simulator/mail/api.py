"""The sink's HTTP API: Mailpit's paths and JSON, and ``/api/v1/wait``, which answers when the mail is there.

Every refusal is JSON ``{"Error": "..."}`` with a Japanese text: 400 for a parameter, 404 for a mail that is not
there, 405 for a method, 503 when the sink stops. The plain functions run in Starlette's threads, so that a long
search holds up neither SMTP nor those who wait.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from simulator.mail import mailpit, query
from simulator.mail.mailbox import Mailbox, MailboxInterrupted
from simulator.mail.pages import mailbox_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from simulator.mail.received import ReceivedMail

DEFAULT_LIMIT = 50
MOST_MAILS = 10_000
LONGEST_TEXT = 500
LONGEST_BODY = 1_000_000
DEFAULT_WAIT_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 300.0
_MAIL_ID = re.compile(r"[0-9]{1,18}")
_STOCK_TEXTS = {
    404: "このURLはありません。",
    405: "このURLでは使えないメソッドです。",
    413: "リクエストの本文が大きすぎます。",
}


def mail_api(mailbox: Mailbox, is_ready: Callable[[], bool] = lambda: True) -> Starlette:
    """The API over a mailbox, with pages for people at `/`; `is_ready` tells ``/readyz`` whether mail can arrive."""
    app = Starlette(
        routes=[
            Route("/api/v1/messages", Messages),
            Route("/api/v1/search", search_messages),
            Route("/api/v1/wait", wait_for_message),
            Route("/api/v1/message/{id}", show_message),
            Route("/api/v1/message/{id}/raw", show_raw),
            Route("/api/v1/message/{id}/headers", show_headers),
            Route("/api/v1/info", show_information),
            Route("/livez", show_alive),
            Route("/readyz", show_ready),
            *mailbox_pages(),
        ],
        exception_handlers={
            HTTPException: _refuse,
            query.QueryError: _refuse_query,
            MailboxInterrupted: _refuse_stop,
            Exception: _own_fault,
        },
        max_body_size=LONGEST_BODY,
    )
    app.state.mailbox = mailbox
    app.state.is_ready = is_ready
    return app


class Messages(HTTPEndpoint):
    """All mails: one path, two methods."""

    def get(self, request: Request) -> Response:
        """GET /api/v1/messages?start&limit: the mails, the newest first."""
        mailbox = _mailbox(request)
        return JSONResponse(mailpit.page(mailbox, mailbox.search(), *_window(request)))

    async def delete(self, request: Request) -> Response:
        """DELETE /api/v1/messages with {"IDs": [...]}, or all without a body."""
        ids = _ids(await request.body())
        if ids:
            _mailbox(request).remove(ids)
        else:
            _mailbox(request).clear()
        return PlainTextResponse("ok")


def search_messages(request: Request) -> Response:
    """GET /api/v1/search?query&start&limit: the mails that fit, the newest first."""
    mailbox = _mailbox(request)
    window = _window(request)
    found = query.find(mailbox, query.parse_query(_text(request, "query") or ""))
    return JSONResponse(mailpit.page(mailbox, found, *window))


async def wait_for_message(request: Request) -> Response:
    """GET /api/v1/wait?to&subject&after&timeout: the newest mail that fits, when it is there; 404 after the time.

    `to` is a whole address, `subject` a part of the subject, `after` the ID of a mail the answer has to be newer
    than, `timeout` seconds (0 asks only). The answer is that of GET /api/v1/message/{ID}, but does not mark as read.
    """
    after = request.query_params.get("after") or None
    if after and not _MAIL_ID.fullmatch(after):
        raise HTTPException(400, "after にはメールのIDを指定してください。")
    seconds = _wait_seconds(request)
    to, subject = _text(request, "to"), _text(request, "subject")
    future = await run_in_threadpool(_mailbox(request).watch, to, subject, after)
    try:
        if not future.done():
            await asyncio.wait_for(asyncio.wrap_future(future), seconds)
    except TimeoutError:
        raise HTTPException(404, f"条件に合うメールは{seconds:g}秒以内に届きませんでした。") from None
    finally:
        _mailbox(request).forget(future)
    return JSONResponse(mailpit.message(future.result()))


def show_message(request: Request) -> Response:
    """GET /api/v1/message/{ID or latest}: one mail, which counts as read from now on."""
    mail = _mail(request)
    _mailbox(request).mark_read(mail)
    return JSONResponse(mailpit.message(mail))


def show_raw(request: Request) -> Response:
    """GET /api/v1/message/{ID or latest}/raw: the source, byte for byte; with dl=1 as a file."""
    mail = _mail(request)
    as_file = {"Content-Disposition": f'attachment; filename="{mail.id}.eml"'}
    return PlainTextResponse(mail.raw, headers=as_file if request.query_params.get("dl") == "1" else None)


def show_headers(request: Request) -> Response:
    """GET /api/v1/message/{ID or latest}/headers: header names to lists of values."""
    return JSONResponse(mailpit.headers(_mail(request)))


def show_information(request: Request) -> Response:
    """GET /api/v1/info: what is running and what it holds."""
    mailbox = _mailbox(request)
    counts = {
        "SMTPAccepted": mailbox.accepted,
        "SMTPAcceptedSize": mailbox.bytes_accepted,
        "MessagesDeleted": mailbox.accepted - len(mailbox),
    }
    return JSONResponse(
        {
            "Version": _version(),
            "Database": "memory",
            "Messages": len(mailbox),
            "Unread": mailbox.unread,
            "Tags": {},
            "RuntimeStats": counts,
        }
    )


async def show_alive(_: Request) -> Response:
    """GET /livez: the API answers."""
    return PlainTextResponse("ok")


async def show_ready(request: Request) -> Response:
    """GET /readyz: mail can arrive, or 503."""
    if not request.app.state.is_ready():
        raise HTTPException(503, "メールの受信準備ができていません。")
    return PlainTextResponse("ok")


def _mailbox(request: Request) -> Mailbox:
    mailbox: Mailbox = request.app.state.mailbox
    return mailbox


def _mail(request: Request) -> ReceivedMail:
    mail_id = request.path_params["id"]
    known = mail_id == "latest" or _MAIL_ID.fullmatch(mail_id)
    mail = _mailbox(request).get(mail_id) if known else None
    if mail is None:
        raise HTTPException(404, "指定されたメールはありません。")
    return mail


def _window(request: Request) -> tuple[int, int]:
    return _count(request, "start", 0, 0, 10**9), _count(request, "limit", DEFAULT_LIMIT, 1, MOST_MAILS)


def _count(request: Request, name: str, default: int, least: int, most: int) -> int:
    text = request.query_params.get(name) or str(default)
    if not _MAIL_ID.fullmatch(text) or not least <= int(text) <= most:
        raise HTTPException(400, f"{name} には{least}から{most}までの整数を指定してください。")
    return int(text)


def _text(request: Request, name: str) -> str | None:
    text = request.query_params.get(name) or None
    if text and len(text) > LONGEST_TEXT:
        raise HTTPException(400, f"{name} は{LONGEST_TEXT}文字以内で指定してください。")
    return text


def _wait_seconds(request: Request) -> float:
    try:
        seconds = float(request.query_params.get("timeout") or DEFAULT_WAIT_SECONDS)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= LONGEST_WAIT_SECONDS:  # false for nan, too
        raise HTTPException(400, f"timeout には0から{LONGEST_WAIT_SECONDS:g}までの秒数を指定してください。")
    return seconds


def _ids(body: bytes) -> list[str]:
    """Which mails are meant, none for all; as Mailpit reads it, in any case of letters.

    Raises:
        HTTPException: 400, also where something else than IDs is said: all would be meant by mistake.
    """
    try:
        said = {name.casefold(): value for name, value in json.loads(body or b"{}").items()}
        ids = said["ids"] or [] if said else []
    except (AttributeError, KeyError, ValueError, RecursionError):
        ids = None
    if not isinstance(ids, list) or not all(isinstance(mail_id, str) for mail_id in ids):
        raise HTTPException(400, '本文は {"IDs": ["00000001", ...]} の形のJSONにしてください（空なら全件削除）。')
    return ids


def _version() -> str:
    try:
        return f"koujyo {version('koujyo')}"
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "koujyo"


async def _refuse(_: Request, error: Exception) -> Response:
    refusal = cast("HTTPException", error)
    stock = refusal.detail == HTTPStatus(refusal.status_code).phrase
    text = _STOCK_TEXTS.get(refusal.status_code, refusal.detail) if stock else refusal.detail
    return JSONResponse({"Error": text}, refusal.status_code, refusal.headers)


async def _refuse_query(_: Request, error: Exception) -> Response:
    return JSONResponse({"Error": str(error)}, 400)


async def _refuse_stop(_: Request, error: Exception) -> Response:
    return JSONResponse({"Error": str(error)}, 503)


async def _own_fault(_: Request, error: Exception) -> Response:
    return JSONResponse({"Error": f"メール受信サーバー内部の誤りです：{error!r}"}, 500)
