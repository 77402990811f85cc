"""Changing the own password: at the first login, after expiry, from the menu (PWD, MNU-14)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.endpoints.login import certificate_rows
from simulator.portal.forms import GuardedForm
from simulator.portal.sessions import PASSWORD_CHANGE, Ending, forget
from simulator.portal.signed_in import PasswordChangeDue, SignedIn, holder_of, signed_in, somebody
from simulator.portal.visit import OperationError, Visit
from simulator.services.passwords import change_password
from simulator.services.refusal import Refused

FIRST, EXPIRED, MENU = "password_change_first", "password_change_expired", "password_change"


async def show_expired_message(request: Request) -> Response:
    """The confirmation message over ログイン, which an expired password raises (PWD-10)."""
    visit = await Visit.begin(request)
    await _due_user(visit, EXPIRED)
    return visit.page(visit.screen("login"), rows=certificate_rows(await holder_of(visit)), expired=True)


async def show_first(request: Request) -> Response:
    """ログインパスワード変更（初回ログイン） (PWD-01)."""
    visit = await Visit.begin(request)
    return _blank(visit, FIRST, await _due_user(visit, FIRST))


async def submit_first(request: Request) -> Response:
    """変更 at the first login: on to インフォメーション (PWD-08)."""
    visit = await Visit.begin(request)
    return await _change(visit, FIRST, await _due_user(visit, FIRST))


async def show_expired(request: Request) -> Response:
    """ログインパスワード変更 (PWD-10)."""
    visit = await Visit.begin(request)
    return _blank(visit, EXPIRED, await _due_user(visit, EXPIRED))


async def submit_expired(request: Request) -> Response:
    """変更 after expiry: on to インフォメーション (PWD-16)."""
    visit = await Visit.begin(request)
    return await _change(visit, EXPIRED, await _due_user(visit, EXPIRED))


async def show_change(request: Request) -> Response:
    """パスワード変更, from the menu (MNU-14)."""
    visit = await Visit.begin(request)
    forget(visit.session, PASSWORD_CHANGE)
    return _blank(visit, MENU, await signed_in(visit))


async def submit_change(request: Request) -> Response:
    """変更, from the menu: on to the result (MNU-14)."""
    visit = await Visit.begin(request)
    return await _change(visit, MENU, await signed_in(visit))


async def show_result(request: Request) -> Response:
    """パスワード変更結果: what was changed, and when."""
    visit = await Visit.begin(request)
    who = await signed_in(visit)
    visit.achieved("password_changed")
    rows = (who.user.user_id, f"{who.user.password_set_at:%Y年%m月%d日 %H:%M:%S}")
    return visit.page(visit.screen("password_change_result"), rows=rows, logged_in=who.shown)


async def _due_user(visit: Visit, key: str) -> SignedIn:
    """Who is logged in, if the change on this screen is what is due.

    Raises:
        OperationError: nobody is, or nothing is due, as after the back button (E9001, LGT-16).
        PasswordChangeDue: the change is due on another screen.
    """
    who = await somebody(visit)
    due = who.change_due
    if due is None:
        raise OperationError("E9001")
    if due != key:
        raise PasswordChangeDue(due)
    return who


async def _change(visit: Visit, key: str, who: SignedIn) -> Response:
    screen, seen = visit.screen(key), visit.achieved("password_seen")
    form = await visit.form(screen)
    if form.errors:
        return _page(visit, screen, who, form)
    entered = form["current_password"].data, form["new_password"].data
    try:
        await visit.call(change_password, visit.world, who.user.user_id, *entered, seen=seen)
    except Refused as refusal:
        return _refused(visit, screen, who, form, refusal)
    visit.portal.sessions.end_others(visit.session, Ending.CUT)
    forget(visit.session, PASSWORD_CHANGE)
    visit.session["password_changed"] = True
    return visit.go_to(screen.button("change").leads_to or key)


def _refused(visit: Visit, screen: Screen, who: SignedIn, form: GuardedForm, refusal: Refused) -> Response:
    """The screen again, with why not; a form that another one has overtaken gets the page for old screens (LGT-16)."""
    if refusal.message.code == "E9001":
        raise OperationError("E9001")
    if refusal.at is None:
        return _page(visit, screen, who, form, refusal)
    form.refuse(refusal.at, refusal.message)
    return _page(visit, screen, who, form)


def _blank(visit: Visit, key: str, who: SignedIn) -> Response:
    visit.session["password_seen"] = who.user.secret_hash
    return _page(visit, visit.screen(key), who)


def _page(
    visit: Visit, screen: Screen, who: SignedIn, form: GuardedForm | None = None, refusal: Refused | None = None
) -> Response:
    shown = who.shown if screen.menu_bar else None
    told = refusal.message if refusal else None
    return visit.page(screen, form=form, refusal=told, edition=who.edition, logged_in=shown)
