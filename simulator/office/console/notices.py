"""Notices on the information screen: publishing and withdrawing (INF-03)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console.forms import Form, Input, Sent
from simulator.office.console.pages import WRONG, done, page, submits
from simulator.office.context import office_of
from simulator.services.notices import notice_numbered, notices, publish_notice, withdraw_notice
from simulator.services.refusal import refused
from simulator.store import Notice

LARGEST_ID = 2**31 - 1  # the biggest number that every database's column holds
NOTICE = (Input("title", rule="notice_title"), Input("text", rule="notice_text", rows=5))


def show_notices(request: Request) -> Response:
    """What is published, and the form for one more."""
    return _page(request, Form(*NOTICE))


@submits
def submit_notice(request: Request, sent: Sent) -> Response:
    """Publish a notice."""
    form = Form(*NOTICE, sent=sent)
    if not form.is_good():
        return _page(request, form, status=WRONG)
    published = publish_notice(office_of(request).world, form["title"], form["text"])
    return done(request, "/notices", f"お知らせ「{published.title}」を掲載しました。")


def show_withdraw(request: Request) -> Response:
    """The notice that would be withdrawn."""
    return page(request, "notice_withdrawal", notice=_notice(request))


@submits
def submit_withdraw(request: Request, _: Sent) -> Response:
    """Take the notice back."""
    notice = _notice(request)
    withdraw_notice(office_of(request).world, notice.id)
    return done(request, "/notices", f"お知らせ「{notice.title}」を取り下げました。")


def _page(request: Request, form: Form, status: int = 200) -> Response:
    return page(request, "notices", status=status, notices=notices(office_of(request).world), form=form)


def _notice(request: Request) -> Notice:
    notice_id = request.path_params["notice_id"]
    if notice_id > LARGEST_ID:
        raise refused("E5005")
    return notice_numbered(office_of(request).world, notice_id)
