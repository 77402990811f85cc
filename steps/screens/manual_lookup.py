"""The manuals that the portal itself shows (MNU-15, MNU-16)."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from playwright.sync_api import Locator, Response
from playwright.sync_api import TimeoutError as WaitedTooLong

from fixtures.expectation import fail
from steps.screens.acting import find, press
from steps.screens.screen import Screen
from steps.screens.screen_parts import known_screen
from steps.screens.seeing import see

# By the browser itself, whose connection has the certificate: what is in an address, in Base64.
FETCHED = """async url => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}"""


@dataclass(frozen=True)
class Shown:
    """A file that came in a window: how the browser was told to treat it, and what is in it."""

    disposition: str
    data: bytes


class ManualLookup(Screen):
    """マニュアル照会, DC592201."""

    key = "manual_lookup"

    def open(self, title: str) -> None:
        """Press 表示 in the line of a chapter (MNU-15)."""
        self._leave_by(self._described.button("show").label, self._button_of(title, "show"))

    def view(self, title: str) -> Shown:
        """Press PDF表示 in the line of a chapter or form; what comes in a window of its own (MNU-15)."""
        button, context = self._button_of(title, "view"), self._page.context
        self._recorder.touch(self._described.button("view").label, "button", button)
        self._recorder.about_to_leave()
        # Whether the browser has a viewer or hands the file on is its own affair.
        try:
            with context.expect_page(), context.expect_event("response", _is_pdf) as found:
                press(f"「{title}」のボタン", button)
        except WaitedTooLong as problem:
            fail(f"別のウィンドウに「{title}」のPDFが届く", "届きません", str(problem))
        answer = found.value
        data = base64.b64decode(self._page.evaluate(FETCHED, answer.url))
        return Shown(answer.headers["content-disposition"], data)

    def press_view(self, title: str) -> None:
        """Press PDF表示 in the line of a chapter or form, whatever the browser then does with the file (PDF-03)."""
        button = self._button_of(title, "view")
        self._recorder.touch(self._described.button("view").label, "button", button)
        self._recorder.about_to_leave()
        press(f"「{title}」のボタン", button)

    def keep(self, title: str) -> None:
        """Press ダウンロード in the line of a chapter or form (MNU-16)."""
        button = self._button_of(title, "download")
        self._recorder.touch(self._described.button("download").label, "button", button)
        self._recorder.about_to_leave()
        press(f"「{title}」のボタン", button)

    def should_list(self, title: str) -> None:
        """Check that a chapter or form is listed."""
        see(f"一覧の「{title}」", self._page.get_by_role("rowheader", name=title, exact=True), self._headers).is_shown()

    def _button_of(self, title: str, key: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=title, exact=True)
        line = self._page.get_by_role("row").filter(has=header)
        button = line.get_by_role("button", name=self._described.button(key).label, exact=True)
        return find(f"一覧の「{title}」に「{self._described.button(key).label}」", button, self._headers)


class ManualChapter(Screen):
    """マニュアル表示, DC592202."""

    key = "manual_chapter"

    def should_show_in_order(self, title: str, screens: list[str]) -> None:
        """Check the chapter's title, and the titles and ids of its screens, which come from the catalogue (USR-07)."""
        see(f"章「{title}」", self._page.get_by_role("region", name=title, exact=True)).is_shown()
        see("説明されている画面", self._page.locator(".step > h2 .title")).has_text(screens)
        ids = [known_screen(self._catalogue, screen).id for screen in screens]
        see("説明されている画面のID", self._page.locator(".step > h2 .id")).has_text(ids)

    def should_explain(self, screen: str, label: str, text: str) -> None:
        """Check what the chapter says of an input or a button of a screen."""
        step = self._page.get_by_role("region", name=screen, exact=True)
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        row = step.get_by_role("row").filter(has=header)
        see(f"「{screen}」画面の「{label}」の説明", row, step.get_by_role("rowheader")).contains(text)


def _is_pdf(answer: Response) -> bool:
    return answer.headers.get("content-type") == "application/pdf"
