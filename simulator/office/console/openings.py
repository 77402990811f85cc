"""Closing the portal for maintenance (ENV-13)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console.forms import Form, Input, Sent
from simulator.office.console.pages import WRONG, done, page, submits
from simulator.office.context import office_of
from simulator.services.opening import begin_maintenance, end_maintenance

TEXT = Input("text", rule="maintenance_text", rows=4)


def show_maintenance(request: Request) -> Response:
    """Whether the portal is open, and the switch."""
    return page(request, "maintenance", form=Form(TEXT))


@submits
def submit_maintenance(request: Request, sent: Sent) -> Response:
    """Close the portal."""
    form = Form(TEXT, sent=sent)
    if not form.is_good():
        return page(request, "maintenance", status=WRONG, form=form)
    begin_maintenance(office_of(request).world, form["text"])
    return done(request, "/maintenance", "メンテナンスを開始しました。ポータルは利用できません。")


@submits
def submit_end(request: Request, _: Sent) -> Response:
    """Open the portal again."""
    end_maintenance(office_of(request).world)
    return done(request, "/maintenance", "メンテナンスを終了しました。")
