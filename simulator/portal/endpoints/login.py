"""Login with the certificate's user, the information screen, logout (LGN, INF-01, LGO)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal import achieved
from simulator.portal.sessions import Ending
from simulator.portal.signed_in import change_due, holder_of, signed_in
from simulator.portal.visit import Visit
from simulator.services.certificates import Holder
from simulator.services.information import Receipt, board_of
from simulator.services.login import log_in, log_out, user_with_id
from simulator.services.refusal import Refused


async def show_login(request: Request) -> Response:
    """ログイン (LGN-04), for the user of the certificate; a bad certificate never reaches the password field."""
    visit = await Visit.begin(request)
    await _interrupt(visit)
    try:
        holder = await holder_of(visit)
    except Refused as refusal:
        return _certificate_error(visit, refusal)
    return visit.page(visit.screen("login"), rows=certificate_rows(holder))


async def submit_login(request: Request) -> Response:
    """ログイン: check the password (LGN-05)."""
    visit = await Visit.begin(request)
    screen = visit.screen("login")
    form = await visit.form(screen)
    try:
        holder = await holder_of(visit)
    except Refused as refusal:
        return _certificate_error(visit, refusal)
    if form.errors:
        return visit.page(screen, form=form, rows=certificate_rows(holder))
    try:
        user = await visit.call(log_in, visit.world, holder, form["password"].data)
    except Refused as refusal:
        return visit.page(screen, form=form, refusal=refusal.message, rows=certificate_rows(holder))
    await visit.renew(**achieved.login(user.user_id, holder.name))
    # The message comes before the screen it announces (PWD-10).
    due = change_due(visit.world, user)
    return visit.go_to("password_expired" if due == "password_change_expired" else due or "information")


async def show_information(request: Request) -> Response:
    """インフォメーション, the top page after login (INF-01), with the latest receipts (INF-02) and notices (INF-03)."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    board = await visit.portal.look(board_of, who.user.contract_number)
    screen = visit.screen("information")
    rows = receipt_rows(screen.words["receipt"], board.receipts)
    return visit.page(screen, rows=rows, logged_in=who.shown, notices=board.notices)


async def submit_logout(request: Request) -> Response:
    """ログアウト: end the session on the server (LGO-01)."""
    visit = await Visit.begin(request)
    user_id = visit.signed_in_user()
    await visit.form(visit.screen("information"))
    await visit.call(log_out, visit.world, user_id)
    visit.end(Ending.CUT)
    return visit.go_to("login_top")


def certificate_rows(holder: Holder) -> tuple[str, ...]:
    """What ログイン shows of the certificate."""
    return (holder.user_id, holder.name, f"{holder.expires_at:%Y年%m月%d日 %H:%M:%S}")


@lru_cache(maxsize=64)
def receipt_rows(words: str, receipts: Sequence[Receipt]) -> tuple[str, ...]:
    """What インフォメーション shows of the receipts (INF-02); the same ones are asked for again and again."""
    return tuple(
        words.format(month=receipt.month, at=receipt.at, lines=receipt.lines, amount=receipt.amount)
        for receipt in receipts
    )


async def _interrupt(visit: Visit) -> None:
    """End a login that still wants its password changed: coming back to ログイン gives it up (PWD-15)."""
    if (user_id := visit.session.user_id) is None:
        return
    user = await visit.portal.look(user_with_id, user_id)
    if user is not None and change_due(visit.world, user):
        await visit.call(log_out, visit.world, user_id)
        visit.end(Ending.CUT)


def _certificate_error(visit: Visit, refusal: Refused) -> Response:
    return visit.portal.error("certificate_error", refusal.message, status=HTTPStatus.FORBIDDEN)
