"""The master's initial registration: authorisation, entry, result (MRG)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.portal import achieved
from simulator.portal.forms import GuardedForm
from simulator.portal.sessions import REGISTRATION, forget
from simulator.portal.visit import OperationError, Visit
from simulator.services.contracts import edition_of
from simulator.services.login import user_with_id
from simulator.services.refusal import Refused
from simulator.services.registration import MasterEntry, authorize_initial_registration, register_master


async def show_initial_login(request: Request) -> Response:
    """マスターユーザー初期登録ログイン (MRG-04)."""
    visit = await Visit.begin(request)
    forget(visit.session, REGISTRATION)
    return visit.page(visit.screen("initial_login"))


async def submit_initial_login(request: Request) -> Response:
    """次へ: authorise by contract number and initial password (MRG-04)."""
    visit = await Visit.begin(request)
    screen = visit.screen("initial_login")
    form = await visit.form(screen)
    if form.errors:
        return visit.page(screen, form=form)
    number = form["contract_number"].data
    try:
        await visit.call(authorize_initial_registration, visit.world, number, form["initial_password"].data)
    except Refused as refusal:
        return visit.page(screen, form=form, refusal=refusal.message)
    await visit.renew(**achieved.initial_login(number))
    return visit.go_to("master_registration")


async def show_registration(request: Request) -> Response:
    """マスターユーザー初期登録, DC584101 (MRG-14)."""
    visit = await Visit.begin(request)
    return await _registration_page(visit, visit.achieved("initial_contract"))


async def submit_registration(request: Request) -> Response:
    """登録: register the master (MRG-26)."""
    visit = await Visit.begin(request)
    number = visit.achieved("initial_contract")
    form = await visit.form(visit.screen("master_registration"))
    if form.errors:
        return await _registration_page(visit, number, form)
    try:
        user = await visit.call(register_master, visit.world, number, _entry(form))
    except Refused as refusal:
        form.refuse(refusal.at or "user_id", refusal.message)
        return await _registration_page(visit, number, form)
    await visit.renew(**achieved.registration(user.user_id))
    return visit.go_to("registration_result")


async def show_result(request: Request) -> Response:
    """The registration result (MRG-29)."""
    visit = await Visit.begin(request)
    user = await visit.call(user_with_id, visit.world, visit.achieved("registered"))
    if user is None:
        raise OperationError("E9001")
    edition = await visit.call(edition_of, visit.world, user.contract_number)
    rows = (user.user_id, user.name, user.mail_address)
    return visit.page(visit.screen("registration_result"), rows=rows, edition=edition)


async def _registration_page(visit: Visit, number: str, form: GuardedForm | None = None) -> Response:
    edition = await visit.call(edition_of, visit.world, number)
    return visit.page(visit.screen("master_registration"), form=form, edition=edition)


def _entry(form: GuardedForm) -> MasterEntry:
    return MasterEntry(
        user_id=form["user_id"].data,
        password=form["password"].data,
        user_name=form["user_name"].data,
        mail_address=form["mail_address"].data,
    )
