"""Contracts: overview, one contract, opening one, what is filed for it (ROK-01, ROK-02, ROK-06, ROK-09, ROK-10)."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Edition
from simulator.office.console import wording
from simulator.office.console.forms import Form, Input, Sent
from simulator.office.console.pages import FORBIDDEN, WRONG, done, page, submits
from simulator.office.context import office_of
from simulator.rules import Message, spelt
from simulator.services import bank
from simulator.services.contracts import contract_numbered, open_contract
from simulator.services.deductions import sent_requests
from simulator.services.detail_sending import sent_sets
from simulator.services.lookup import contract_summaries, user_with_certificates
from simulator.services.refusal import Refused
from simulator.services.trail import TrailQuery, newest_events
from simulator.services.users import users_of
from simulator.store import Contract

LONGEST_SEARCH = 80
NEWEST_SHOWN = 10
NEWEST_SENT = 3
PASSWORD = Input("initial_password", secret=True, kind="password")
OPENING = (
    Input("number", rule="contract_number"),
    Input("edition", choices=wording.EDITIONS),
    Input("name", rule="contract_name"),
    PASSWORD,
)


def show_contracts(request: Request) -> Response:
    """Every contract, or those whose number or name contains `?search=`."""
    search = spelt(request.query_params.get("search", "").strip()[:LONGEST_SEARCH])
    return page(request, "contracts", search=search, summaries=contract_summaries(office_of(request).world, search))


def show_contract(request: Request) -> Response:
    """One contract with its users, certificates and newest records."""
    return contract_page(request, request.path_params["number"])


def contract_page(request: Request, number: str, problem: Message | None = None) -> Response:
    """The page of a contract; with a problem, why an operation on it was refused.

    Raises:
        Refused: there is no such contract (E5001).
    """
    world = office_of(request).world
    contract = contract_numbered(world, number)
    members = [user_with_certificates(world, member.user.user_id) for member in users_of(world, number)]
    records = newest_events(world, TrailQuery(contract_number=number, limit=NEWEST_SHOWN))
    return page(
        request,
        "contract",
        status=FORBIDDEN if problem else HTTPStatus.OK,
        contract=contract,
        members=members,
        records=records,
        sent=sent_sets(world, number, limit=NEWEST_SENT),
        requests=sent_requests(world, number).hits,
        problem=problem,
    )


def show_notice(request: Request) -> Response:
    """ご利用開始（変更）のお知らせ, to be printed and handed to the party (ROK-02)."""
    return page(request, "contract_notice", contract=_contract(request))


def show_opening(request: Request) -> Response:
    """The form for a new contract."""
    return page(request, "contract_opening", form=Form(*OPENING))


@submits
def submit_opening(request: Request, sent: Sent) -> Response:
    """Record a contract with the initial password its party filed (ROK-01)."""
    form = Form(*OPENING, sent=sent)
    if form.is_good():
        try:
            opened = open_contract(
                office_of(request).world,
                form["number"],
                Edition(form["edition"]),
                form["name"],
                form["initial_password"],
            )
        except Refused as refusal:
            form.take(refusal)
        else:
            return done(request, f"/contracts/{opened.number}", f"契約「{opened.name}」を登録しました。")
    return page(request, "contract_opening", status=WRONG, form=form)


def show_initial_password(request: Request) -> Response:
    """The form for an initial password that was filed again (ROK-06)."""
    return page(request, "initial_password", contract=_contract(request), form=Form(PASSWORD))


@submits
def submit_initial_password(request: Request, sent: Sent) -> Response:
    """Take in the new initial password."""
    contract, form = _contract(request), Form(PASSWORD, sent=sent)
    if not form.is_good():
        return page(request, "initial_password", status=WRONG, contract=contract, form=form)
    bank.file_initial_password(office_of(request).world, contract.number, form["initial_password"])
    told = f"新しい{PASSWORD.label}を登録しました。初期登録ログインのロックと閉塞も解除されています。"
    return done(request, f"/contracts/{contract.number}", told)


@submits
def submit_release(request: Request, _: Sent) -> Response:
    """Lift lock and block of the initial registration (MRG-13, ROK-09)."""
    number = request.path_params["number"]
    contract_numbered(office_of(request).world, number)
    try:
        bank.release_contract(office_of(request).world, number)
    except Refused as refusal:
        return contract_page(request, number, refusal.message)
    return done(request, f"/contracts/{number}", "初期登録ログインのロック・閉塞を解除しました。")


@submits
def submit_detail_change(request: Request, sent: Sent) -> Response:
    """Enable or disable the detail change functions (ROK-10)."""
    enabled = sent.get("enabled") == "yes"
    contract = bank.set_detail_change(office_of(request).world, request.path_params["number"], enabled=enabled)
    told = "明細変更機能を利用できるようにしました。" if enabled else "明細変更機能の利用を停止しました。"
    return done(request, f"/contracts/{contract.number}", told)


def _contract(request: Request) -> Contract:
    return contract_numbered(office_of(request).world, request.path_params["number"])
