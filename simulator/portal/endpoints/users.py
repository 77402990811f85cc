"""The master's list of contract users, registration and deletion (MNU-18, USR-04, USR-11)."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal.forms import GuardedForm
from simulator.portal.signed_in import SignedIn, signed_in_master
from simulator.portal.user_lines import UserLine, line_of
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.refusal import Refused
from simulator.services.users import (
    ContractUser,
    GeneralUserEntry,
    delete_general_user,
    managed_general_user,
    refuse_eleventh,
    register_general_user,
    users_of,
)


async def show_list(request: Request) -> Response:
    """契約ユーザー情報照会: the master, then the general users."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    await visit.note("users_looked_up")
    return await list_page(visit, who)


async def show_registration(request: Request) -> Response:
    """契約ユーザー情報登録; on a full list already 登録へ is refused (USR-01)."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    try:
        await visit.call(refuse_eleventh, visit.world, who.user.user_id)
    except Refused as refusal:
        return await list_page(visit, who, refusal.message)
    return visit.page(visit.screen("user_registration"), logged_in=who.shown)


async def submit_registration(request: Request) -> Response:
    """登録: register a general user (USR-05)."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    screen = visit.screen("user_registration")
    form = await visit.form(screen)
    if form.errors:
        return visit.page(screen, form=form, logged_in=who.shown)
    try:
        user = await visit.call(register_general_user, visit.world, who.user.user_id, _entry(form))
    except Refused as refusal:
        if refusal.at is None:
            return await list_page(visit, who, refusal.message)
        form.refuse(refusal.at, refusal.message)
        return visit.page(screen, form=form, logged_in=who.shown)
    visit.tell_next("I4001", user_id=user.user_id)
    return visit.go_to("user_list")


async def show_deletion(request: Request) -> Response:
    """契約ユーザー情報削除: who is to be deleted (USR-11)."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    try:
        found = await visit.call(managed_general_user, visit.world, who.user.user_id, concerned(visit))
    except Refused as refusal:
        return await list_page(visit, who, refusal.message)
    line = in_words(visit, found)
    return visit.page(visit.screen("user_deletion"), rows=line.cells, user_id=line.user_id, logged_in=who.shown)


async def submit_deletion(request: Request) -> Response:
    """削除: delete a general user (USR-11)."""
    visit = await Visit.begin(request)
    who = await signed_in_master(visit)
    await visit.form(visit.screen("user_deletion"))
    try:
        await visit.call(delete_general_user, visit.world, who.user.user_id, concerned(visit))
    except Refused as refusal:
        return await list_page(visit, who, refusal.message)
    visit.tell_next("I4005", user_id=concerned(visit))
    return visit.go_to("user_list")


async def list_page(visit: Visit, who: SignedIn, refusal: Message | None = None) -> Response:
    """The list of the contract's users, with what could not be done."""
    screen = visit.screen("user_list")
    found = await visit.portal.look(users_of, who.user.contract_number)
    lines = tuple(in_words(visit, each) for each in found)
    return visit.page(
        screen,
        form=visit.offer(screen) if refusal else None,
        refusal=refusal,
        refused_as=HTTPStatus.CONFLICT,
        lines=lines,
        count=sum(not line.is_master for line in lines),
        logged_in=who.shown,
        told=visit.told(),
    )


def concerned(visit: Visit) -> str:
    """The id of the user that a page is about: it stands in the address, so that two windows do not mix them up."""
    return visit.request.query_params.get("user", "")


def in_words(visit: Visit, found: ContractUser) -> UserLine:
    """A user as the screens tell it."""
    return line_of(visit.screen("user_list").words, found, visit.world.clock.now())


def _entry(form: GuardedForm) -> GeneralUserEntry:
    return GeneralUserEntry(
        user_id=form["user_id"].data,
        temporary_password=form["temporary_password"].data,
        user_name=form["user_name"].data,
        mail_address=form["mail_address"].data,
    )
