"""The simulated clock: showing it, moving it, and telling what fell due on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from simulator.clock import FIRST_YEAR, LAST_YEAR, is_reachable, parse_moment
from simulator.office.console import wording
from simulator.office.console.forms import Form, Input, Sent
from simulator.office.console.pages import WRONG, done, page, submits
from simulator.office.context import office_of
from simulator.rules import message
from simulator.services import timeline
from simulator.services.event_words import event_name

UNITS = {"minutes": "分", "hours": "時間", "days": "日"}
MOST = 9999
AMOUNT = Input("amount", hint=f"1～{MOST}の数字", kind="number")
STEP = (AMOUNT, Input("unit", choices=UNITS))
MOMENT = Input("moment", hint=f"{FIRST_YEAR}年～{LAST_YEAR}年の日時（例：2026-11-24 10:00）")


def show_clock(request: Request) -> Response:
    """The clock and both ways to move it."""
    return _page(request)


@submits
def submit_advance(request: Request, sent: Sent) -> Response:
    """Move the clock forward by some minutes, hours or days."""
    form = Form(*STEP, sent=sent)
    now, span = office_of(request).world.clock.now(), _span(form)
    if not form.is_good() or span is None or not is_reachable(now + span):
        if "unit" not in form.errors:
            form.refuse("amount", message("E5008", field=AMOUNT.label, rule=AMOUNT.hint))
        return _page(request, step=form, status=WRONG)
    return _moved(request, timeline.advance(office_of(request).world, span))


@submits
def submit_set(request: Request, sent: Sent) -> Response:
    """Set the clock; on the way forward what falls due happens."""
    form = Form(MOMENT, sent=sent)
    moment = _moment(form["moment"])
    if moment is None:
        form.refuse("moment", message("E5008", field=MOMENT.label, rule=MOMENT.hint))
        return _page(request, moment=form, status=WRONG)
    return _moved(request, timeline.move_to(office_of(request).world, moment))


def _page(request: Request, *, step: Form | None = None, moment: Form | None = None, status: int = 200) -> Response:
    clock = office_of(request).world.clock
    now = f"{clock.now():%Y-%m-%d %H:%M}"
    return page(
        request,
        "clock",
        status=status,
        ticking=clock.is_ticking,
        step=step or Form(*STEP, start={"amount": "60", "unit": "minutes"}),
        moment=moment or Form(MOMENT, start={"moment": now}),
    )


def _moved(request: Request, due: Sequence[timeline.DueEvent]) -> Response:
    now = office_of(request).world.clock.now()
    told = f"時計を{wording.moment(now)}に合わせました。" + ("" if due else "その間に期限が来たものはありません。")
    rows = [(wording.second(event.at), event_name(event.kind), event.subject) for event in due]
    return done(request, "/clock", told, heading="その間に期限が来たもの", columns=("日時", "内容", "対象"), rows=rows)


def _span(form: Form) -> timedelta | None:
    if not (form["amount"].isascii() and form["amount"].isdigit() and form["unit"] in UNITS):
        return None
    amount = int(form["amount"][:9])
    return timedelta(**{form["unit"]: amount}) if 1 <= amount <= MOST else None


def _moment(text: str) -> datetime | None:
    try:
        return parse_moment(text)
    except ValueError:
        return None
