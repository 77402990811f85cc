"""契約ユーザー情報変更: one screen, an action of its own in every section (USR-08, USR-10, USR-12; ambiguity 12)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.endpoints.users import concerned, in_words, list_page
from simulator.portal.forms import GuardedForm
from simulator.portal.signed_in import SignedIn, signed_in_master
from simulator.portal.user_lines import UserLine
from simulator.portal.visit import Visit
from simulator.services.refusal import Refused
from simulator.services.users import change_user, managed_user, release_general_user, set_temporary_password
from simulator.services.world import World
from simulator.store import User

Act = Callable[[World, str, str, GuardedForm], User]


async def show(request: Request) -> Response:
    """契約ユーザー情報変更 of the user in the address."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    page = await _page(visit, who)
    if page.status_code == HTTPStatus.OK:
        await visit.note("user_looked_up", subject=concerned(visit))
    return page


async def submit_contents(request: Request) -> Response:
    """変更: name and mail address of a general user or of the master (USR-12, MRG-32)."""
    return await _submit(request, "contents", _change, done="I4002")


async def submit_password(request: Request) -> Response:
    """仮パスワード設定 for somebody who forgot the own one (USR-08)."""
    return await _submit(request, "password", _set_password, done="I4003")


async def submit_release(request: Request) -> Response:
    """ロック・閉塞の解除 (USR-10)."""
    return await _submit(request, "release", _release, done="I4004")


async def _submit(request: Request, section: str, act: Act, *, done: str) -> Response:
    """Check what was sent from a section, act, and tell of it on the list."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    form = await visit.form(visit.screen("user_change"), section)
    if form.errors:
        return await _page(visit, who, section, form)
    try:
        user = await visit.call(act, visit.world, who.user.user_id, concerned(visit), form)
    except Refused as refusal:
        return await list_page(visit, who, refusal.message)
    visit.tell_next(done, user_id=user.user_id)
    return visit.go_to("user_list")


async def _page(visit: Visit, who: SignedIn, section: str = "", sent: GuardedForm | None = None) -> Response:
    """The screen; the section that was sent keeps what was typed."""
    try:
        found = await visit.call(managed_user, visit.world, who.user.user_id, concerned(visit))
    except Refused as refusal:
        return await list_page(visit, who, refusal.message)
    screen, line = visit.screen("user_change"), in_words(visit, found)
    known = {"user_name": line.name, "mail_address": line.mail_address, "mail_address_again": line.mail_address}
    forms = {key: visit.offer(screen, key, **known) for key in ("contents", "password", "release")}
    if sent is not None:
        forms[section] = sent
    return visit.page(
        screen,
        form=sent or forms["contents"],
        rows=(line.user_id, *line.facts),
        line=line,
        forms=forms,
        shown=_sections(line),
        logged_in=who.shown,
    )


def _sections(line: UserLine) -> tuple[str, ...]:
    """Only the labour bank does more for a master than change name and address (ROK-05, ROK-09)."""
    if line.is_master:
        return ("user", "contents", "bank")
    return ("user", "contents", "password", *(["release"] if line.is_closed else []), "deletion")


def _change(world: World, by: str, user_id: str, form: GuardedForm) -> User:
    name, address = form["user_name"].data, form["mail_address"].data
    return change_user(world, by, user_id, user_name=name, mail_address=address)


def _set_password(world: World, by: str, user_id: str, form: GuardedForm) -> User:
    return set_temporary_password(world, by, user_id, form["temporary_password"].data)


def _release(world: World, by: str, user_id: str, form: GuardedForm) -> User:
    del form
    return release_general_user(world, by, user_id)
