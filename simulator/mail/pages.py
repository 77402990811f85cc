"""The mailbox as pages, for people who practise: a list that refreshes itself, and one mail at a time."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.mail.mailbox import Mailbox
from simulator.templates import templates_of

MOST_SHOWN = 200
REFRESH_SECONDS = 5
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}

_folder = files("simulator.mail")
_environment = templates_of("simulator.mail")


def mailbox_pages() -> list[BaseRoute]:
    """The routes of the pages: `/`, `/mails/{id}` and their style sheet."""
    return [
        Route("/", show_mails),
        Route("/mails/{id}", show_mail),
        Mount("/static", StaticFiles(directory=str(_folder / "static"))),
    ]


def show_mails(request: Request) -> Response:
    """The newest mails, or those to one address (`?to=`)."""
    mailbox: Mailbox = request.app.state.mailbox
    to = request.query_params.get("to", "")
    mails = mailbox.search(to=to or None, limit=MOST_SHOWN)
    return _page("mails.html", mails=mails, to=to, is_read=mailbox.is_read, refresh=REFRESH_SECONDS)


def show_mail(request: Request) -> Response:
    """One mail as plain text."""
    mailbox: Mailbox = request.app.state.mailbox
    mail = mailbox.get(request.path_params["id"])
    if mail is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    mailbox.mark_read(mail)
    return _page("mail.html", mail=mail)


def _page(template: str, **values: object) -> Response:
    return HTMLResponse(_environment.get_template(template).render(**values), headers=HEADERS)
