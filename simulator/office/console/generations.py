"""Sending a contract its savings data of the next month, as the labour bank does every month (INF-02)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console import wording
from simulator.office.console.forms import Form, Input, Sent
from simulator.office.console.pages import FORBIDDEN, WRONG, done, page, submits
from simulator.office.context import office_of
from simulator.rules import Message, message
from simulator.services.contracts import contract_numbered
from simulator.services.refusal import Refused
from simulator.services.savings import LARGEST_SEED, SEED, deliver_generation, generations_of, upcoming_month
from simulator.services.savings_data import FEWEST_WORKERS, MOST_WORKERS

MONTH = "%Y-%m"
BOUNDS = {"workers": (FEWEST_WORKERS, MOST_WORKERS), "seed": (0, LARGEST_SEED)}
DELIVERY = (
    Input("workers", hint=f"{FEWEST_WORKERS:,}～{MOST_WORKERS:,}の数字", kind="number"),
    Input("seed", hint=f"0～{LARGEST_SEED:,}の数字。前の世代と同じ種なら、同じ加入者が積立を続けます", kind="number"),
)
MANY_DIGITS = 10


def show_generations(request: Request) -> Response:
    """What a contract has received, and the form for the next month."""
    return _page(request, _blank(request))


@submits
def submit_generation(request: Request, sent: Sent) -> Response:
    """Send the data of the next month, unless it was sent since the page was opened."""
    world, number = office_of(request).world, request.path_params["number"]
    contract_numbered(world, number)
    form = Form(*DELIVERY, sent=sent)
    wanted = {key: _number(form[key], *bounds) for key, bounds in BOUNDS.items()}
    for each in DELIVERY:
        if wanted[each.key] is None:
            form.refuse(each.key, message("E5009", field=each.label, rule=each.hint))
    month = _month(sent.get("month", ""))
    if form.errors:
        return _page(request, form, WRONG)
    if month is None:
        return _page(request, form, FORBIDDEN, message("E5010"))
    workers, seed = wanted["workers"] or FEWEST_WORKERS, wanted["seed"] or 0
    try:
        made = deliver_generation(world, number, workers, seed, month.date())
    except Refused as refusal:
        return _page(request, form, FORBIDDEN, refusal.message)
    told = f"{wording.month(made.month)}の財形データを送信しました（加入者{workers:,}名、明細{made.lines:,}件）。"
    return done(request, f"/contracts/{number}/generations", told)


def _page(request: Request, form: Form, status: int = HTTPStatus.OK, problem: Message | None = None) -> Response:
    world, number = office_of(request).world, request.path_params["number"]
    return page(
        request,
        "generations",
        status=status,
        contract=contract_numbered(world, number),
        kept=generations_of(world, number),
        upcoming=upcoming_month(world, number),
        form=form,
        problem=problem,
    )


def _blank(request: Request) -> Form:
    """The form with the numbers of the newest generation, so that the same people save on."""
    kept = generations_of(office_of(request).world, request.path_params["number"])
    workers, seed = (kept[0].workers, kept[0].seed) if kept else ("", SEED)
    return Form(*DELIVERY, start={"workers": str(workers), "seed": str(seed)})


def _number(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= MANY_DIGITS):
        return None
    number = int(text)
    return number if least <= number <= most else None


def _month(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, MONTH)  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        return None
