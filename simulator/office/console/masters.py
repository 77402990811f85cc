"""Initialising a contract's master, and lifting the master's lock or block (ROK-04, ROK-05, ROK-07, ROK-09)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console.contracts import contract_page
from simulator.office.console.forms import Form, Input, Sent
from simulator.office.console.pages import WRONG, done, page, submits
from simulator.office.console.papers import INITIALISE_REASONS, OTHER
from simulator.office.context import office_of
from simulator.rules import message
from simulator.services import bank
from simulator.services.contracts import contract_numbered
from simulator.services.lookup import UserWithCertificates, user_with_certificates
from simulator.services.refusal import Refused, refused
from simulator.services.users import users_of

REMARK = Input("remark", hint="「その他」のときは必須")


def reasons(choices: Sequence[str], sent: Sent | None = None) -> Form:
    """A form that asks for one of these reasons, with a remark."""
    return Form(Input("reason", choices={choice: choice for choice in choices}), REMARK, sent=sent)


def reason_given(form: Form) -> str | None:
    """The reason for the audit trail; None when the form does not give one, and says why."""
    good = form.is_good()
    if form["reason"] == OTHER and not form["remark"]:
        form.refuse("remark", message("E1001", field=REMARK.label))
        good = False
    if not good:
        return None
    return f"{form['reason']}（{form['remark']}）" if form["remark"] else form["reason"]


def show_initialise(request: Request) -> Response:
    """What initialising does, and why it is asked for."""
    try:
        master = _master(request)
    except Refused as refusal:
        return _refuse(request, refusal)
    return page(request, "initialise", master=master, form=reasons(INITIALISE_REASONS))


@submits
def submit_initialise(request: Request, sent: Sent) -> Response:
    """Remove the master, so that the initial registration is open again."""
    form = reasons(INITIALISE_REASONS, sent)
    try:
        master = _master(request)
        if (reason := reason_given(form)) is None:
            return page(request, "initialise", status=WRONG, master=master, form=form)
        bank.initialise_master(office_of(request).world, master.contract.number, reason)
    except Refused as refusal:
        return _refuse(request, refusal)
    told = (
        f"マスターユーザー「{master.user.user_id}」を初期化しました。マスターユーザーの初期登録を、もう一度行えます。"
    )
    return done(request, f"/contracts/{master.contract.number}", told)


@submits
def submit_release(request: Request, _: Sent) -> Response:
    """Lift lock and block of the master (ROK-09, LGN-15)."""
    try:
        contract_numbered(office_of(request).world, request.path_params["number"])
        master = bank.release_master(office_of(request).world, request.path_params["number"])
    except Refused as refusal:
        return _refuse(request, refusal)
    told = f"マスターユーザー「{master.user_id}」のロック・閉塞を解除しました。"
    return done(request, f"/contracts/{master.contract_number}", told)


def _master(request: Request) -> UserWithCertificates:
    world, number = office_of(request).world, request.path_params["number"]
    contract_numbered(world, number)
    for member in users_of(world, number):
        if member.user.is_master:
            return user_with_certificates(world, member.user.user_id)
    raise refused("E5003")


def _refuse(request: Request, refusal: Refused) -> Response:
    """The contract's page with the refusal; the page that says so when there is no such contract."""
    return contract_page(request, request.path_params["number"], refusal.message)
