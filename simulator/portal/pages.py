"""Turning screens into pages."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from simulator.catalogue import Catalogue, Edition, MenuItem, Screen, manual_pages
from simulator.portal.forms import TOKEN_SLOT, Forms, GuardedForm
from simulator.rules import Message
from simulator.safety import safety_headers
from simulator.templates import templates_of

SELF = "'self'"
SAFETY = [
    *safety_headers(style_src=SELF, script_src=SELF, img_src=SELF, font_src=SELF, connect_src=SELF),
    (b"strict-transport-security", b"max-age=31536000"),
]
HEADERS = [*SAFETY, (b"cache-control", b"no-store")]
KEYBOARD_ROWS = (string.digits, string.ascii_lowercase, string.ascii_uppercase, string.punctuation)


class ScreenPage(HTMLResponse):
    """The page of a screen.

    Attributes:
        codes: of the messages that refuse something on it.
    """

    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoggedIn:
    """Who the menu bar is shown to, and what their contract has."""

    user_name: str
    contract_name: str
    edition: Edition = Edition.EMPLOYER
    is_master: bool = False
    detail_change: bool = False

    def sees(self, item: MenuItem) -> bool:
        """Whether the menu bar has this entry: by edition (ambiguity 22), role (ambiguity 16) and contract (MNU-09)."""
        is_granted = self.detail_change or not item.needs_detail_change
        return self.edition in item.editions and (self.is_master or not item.master_only) and is_granted


class Pages:
    """Renders the screens of a catalogue.

    Args:
        catalogue: all screens.
        forms: their forms.
        hide_mark: whether the シミュレータ mark is left out.
        shuffle_keys: whether the software keyboard has its keys in another order every time it is opened.
    """

    def __init__(
        self, catalogue: Catalogue, forms: Forms, *, hide_mark: bool = False, shuffle_keys: bool = False
    ) -> None:
        self._catalogue = catalogue
        self._forms = forms
        self.mark = "" if hide_mark else catalogue.mark
        self.shuffle_keys = shuffle_keys
        # Visitors get the same page again and again; only the token of its forms differs.
        self._blank = lru_cache(maxsize=256)(self._render_blank)
        environment = templates_of("simulator.portal")
        environment.globals.update(
            catalogue=catalogue,
            keyboard=catalogue.screen("software_keyboard"),
            keyboard_rows=KEYBOARD_ROWS,
            manual_pages=manual_pages,
            mark=self.mark,
        )
        special = {p.stem for p in (files("simulator.portal") / "templates").iterdir() if p.name.endswith(".html")}  # type: ignore[attr-defined]
        self._templates = {
            key: environment.get_template(f"{key if key in special else 'screen'}.html") for key in catalogue.screens
        }

    def page(
        self,
        screen: Screen,
        *,
        form: GuardedForm,
        messages: Sequence[Message] = (),
        edition: Edition | None = None,
        rows: Iterable[str] = (),
        logged_in: LoggedIn | None = None,
        told: Message | None = None,
        status: int = 200,
        **more: Any,
    ) -> Response:
        """The page of a screen.

        Args:
            screen: what to show.
            form: its form, with what was typed.
            messages: what to tell above the form.
            edition: whose notes to print, once the contract is known.
            rows: the values of its data rows, in the catalogue's order.
            logged_in: who is logged in, on screens with the menu bar.
            told: what the operation before this page did.
            status: HTTP status.
            more: values that the screen's own template needs.
        """
        text = self._templates[screen.key].render(
            screen=screen,
            form=form,
            messages=messages,
            notes=screen.notes_for(edition),
            rows=list(rows),
            logged_in=logged_in,
            told=told,
            **{"shuffle_keys": self.shuffle_keys, **more},
        )
        made = ScreenPage(text, status_code=status)
        made.codes = tuple(message.code for message in messages)
        return guarded(made)

    def blank(self, screen: Screen, token: str = "", *, rows: Iterable[str] = (), **more: Any) -> Response:
        """The page of a screen on which nothing was typed and nothing is told.

        Args:
            screen: what to show.
            token: guards its forms; empty for a screen without any.
            rows: the values of its data rows, in the catalogue's order.
            more: the rest of what `page` takes, as values that can be hashed.
        """
        body = self._blank(screen.key, rows=tuple(rows), shuffle_keys=self.shuffle_keys, **more)
        return guarded(HTMLResponse(body.replace(TOKEN_SLOT.encode(), token.encode())))

    def _render_blank(self, key: str, **values: Any) -> bytes:
        screen = self._catalogue.screen(key)
        return bytes(self.page(screen, form=self._forms.blank(screen), **values).body)

    def go_to(self, key: str, query: str = "") -> Response:
        """Send the browser on to another screen.

        Raises:
            ValueError: that screen has no address of its own.
        """
        path = self._catalogue.screen(key).path
        if path is None:
            raise ValueError(f"{key} has no path")
        return guarded(RedirectResponse(f"{path}?{query}" if query else path, status_code=303))


def guarded(response: Response) -> Response:
    """The response with the security headers on it."""
    response.raw_headers.extend(HEADERS)
    return response
