"""The manuals that the portal itself shows (MNU-15, MNU-16)."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from playwright.sync_api import Locator, Response, expect

from steps.screens.screen import Screen

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
        with context.expect_page(), context.expect_event("response", _is_pdf) as found:
            button.click()
        answer = found.value
        data = base64.b64decode(self._page.evaluate(FETCHED, answer.url))
        return Shown(answer.headers["content-disposition"], data)

    def press_view(self, title: str) -> None:
        """Press PDF表示 in the line of a chapter or form, whatever the browser then does with the file (PDF-03)."""
        button = self._button_of(title, "view")
        self._recorder.touch(self._described.button("view").label, "button", button)
        self._recorder.about_to_leave()
        button.click()

    def keep(self, title: str) -> None:
        """Press ダウンロード in the line of a chapter or form (MNU-16)."""
        button = self._button_of(title, "download")
        self._recorder.touch(self._described.button("download").label, "button", button)
        self._recorder.about_to_leave()
        button.click()

    def should_list(self, title: str) -> None:
        """Check that a chapter or form is listed."""
        expect(self._page.get_by_role("rowheader", name=title, exact=True)).to_be_visible()

    def _button_of(self, title: str, key: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=title, exact=True)
        line = self._page.get_by_role("row").filter(has=header)
        return line.get_by_role("button", name=self._described.button(key).label, exact=True)


class ManualChapter(Screen):
    """マニュアル表示, DC592202."""

    key = "manual_chapter"

    def should_show_in_order(self, title: str, screens: list[str]) -> None:
        """Check the chapter's title, and the titles and ids of its screens, which come from the catalogue (USR-07)."""
        expect(self._page.get_by_role("region", name=title, exact=True)).to_be_visible()
        expect(self._page.locator(".step > h2 .title")).to_have_text(screens)
        ids = [self._catalogue.titled(screen).id for screen in screens]
        expect(self._page.locator(".step > h2 .id")).to_have_text(ids)

    def should_explain(self, screen: str, label: str, text: str) -> None:
        """Check what the chapter says of an input or a button of a screen."""
        step = self._page.get_by_role("region", name=screen, exact=True)
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        expect(step.get_by_role("row").filter(has=header)).to_contain_text(text)


def _is_pdf(answer: Response) -> bool:
    return answer.headers.get("content-type") == "application/pdf"
