"""Turning windows into pages."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse, RedirectResponse, Response

from simulator.catalogue import load_catalogue
from simulator.catalogue.desk_windows import DeskWindow
from simulator.desk.accounts import Desk, DeskAccount
from simulator.desk.papers import read_paper, read_sheet
from simulator.safety import safety_headers
from simulator.templates import templates_of

SELF = "'self'"
# Browsers send `Origin: null` with the forms of a page that hides its address everywhere.
SAFETY = safety_headers("same-origin", style_src=SELF, img_src=SELF, script_src=SELF)


def _environment() -> Environment:
    made = templates_of("simulator.desk")
    made.globals.update(system=load_catalogue())
    return made


_templates = _environment()


def window_page(
    desk: Desk,
    account: DeskAccount,
    window: DeskWindow,
    root: str,
    *,
    sent: Mapping[str, str] | None = None,
    problem: str = "",
) -> Response:
    """The page of a window.

    Args:
        desk: the desk.
        account: whose it is.
        window: what to show.
        root: where the desk is mounted.
        sent: what was typed into it.
        problem: what it says when it cannot go on, by its name in the catalogue.
    """
    text = _templates.get_template("window.html").render(
        desk=desk.catalogue,
        words=desk.catalogue.words,
        mark="" if desk.hide_mark else load_catalogue().mark,
        root=root,
        home=f"{root}/{account.path}",
        account=account,
        window=window,
        tabs=[desk.catalogue.window(key) for key in desk.catalogue.groups.get(window.group, ())],
        leaves_to=window.closes_to or window.over or "desktop",
        under=desk.catalogue.window(window.over).title if window.over else "",
        sent=sent or {},
        problem=desk.catalogue.problems[problem] if problem else "",
        say=lambda text: _filled(desk, account, text),
        is_there=lambda part: _holds(account, part.when),
        can_press=lambda part: _holds(account, part.needs),
        met=account.settings(desk.site),
        found_programs=[program for program in desk.catalogue.programs if account.query in program.label],
        **_contents(account, {part.kind for part in window.walk()}),
    )
    return guarded(HTMLResponse(text, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK))


def sign_in_page(desk: Desk, root: str, *, name: str = "", problem: str = "") -> Response:
    """The page on which a logon account signs in."""
    text = _templates.get_template("sign_in.html").render(
        words=desk.catalogue.words,
        mark="" if desk.hide_mark else load_catalogue().mark,
        root=root,
        known=[account for known in desk.names if (account := desk.find(known))],
        name=name,
        problem=desk.catalogue.problems[problem] if problem else "",
    )
    return guarded(HTMLResponse(text, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK))


def go_to(address: str) -> Response:
    """Send the browser on."""
    return guarded(RedirectResponse(address, HTTPStatus.SEE_OTHER))


def guarded(response: Response) -> Response:
    """The response with the security headers on it."""
    response.raw_headers.extend([*SAFETY, (b"cache-control", b"no-store")])
    return response


def _filled(desk: Desk, account: DeskAccount, text: str) -> str:
    names = account.folder.names
    known = {
        "file": account.file,
        "newest": names[-1] if names else "",
        "chosen": account.chosen or desk.catalogue.words["nothing"],
        "inspected": account.inspected,
    }
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _holds(account: DeskAccount, wanted: Mapping[str, str]) -> bool:
    return all(account.values[name] == value for name, value in wanted.items())


def _contents(account: DeskAccount, kinds: set[str]) -> dict[str, Any]:
    """What the open file shows, for the windows that show one."""
    try:
        data = account.folder.read(account.file) if kinds & {"paper", "sheet"} else b""
    except KeyError:
        data = b""
    return {
        "paper": read_paper(data) if "paper" in kinds else None,
        "sheet": read_sheet(data) if "sheet" in kinds else (),
        "takes_files": hasattr(account.folder, "put"),
    }
