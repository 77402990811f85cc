"""労金 事務コンソール, the labour bank's own pages."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Locator, Page

from fixtures.recorder import Recorder
from steps.screens.acting import another_page, choose_option, find, press
from steps.screens.seeing import see


class Console:
    """The console in a clerk's window: every page has the same frame."""

    def __init__(self, page: Page, recorder: Recorder) -> None:
        self._page = page
        self._recorder = recorder
        self._main = page.get_by_role("main")

    def open_contract(self, number: str) -> None:
        """Go to the overview and choose a contract."""
        self.choose_menu("契約一覧")
        self._leave_by(number, "link", self._main.get_by_role("link", name=number, exact=True))

    def choose_menu(self, label: str) -> None:
        """Choose from the menu."""
        self._leave_by(label, "link", self._page.get_by_role("navigation").get_by_role("link", name=label, exact=True))

    def press(self, label: str) -> None:
        """Press a button, or a link that looks like one."""
        button = self._main.get_by_role("button", name=label, exact=True)
        link = self._main.get_by_role("link", name=label, exact=True)
        self._leave_by(label, "button", button.or_(link))

    def fill(self, label: str, value: str) -> None:
        """Type into an input, or choose from its list."""
        control = self._main.get_by_label(label, exact=True)
        find(
            f"コンソールに「{label}」の入力欄",
            control,
            self._main.locator("input:not([type=hidden]), select, textarea"),
        )
        if control.evaluate("e => e.tagName") == "SELECT":
            choose_option(f"コンソールの「{label}」", control, value)
        else:
            control.fill(value)
        if control.get_attribute("type") == "password":
            self._recorder.touch_secret(label, control, value)
        else:
            self._recorder.touch(label, "input", control, value)

    def should_report(self, text: str) -> None:
        """Check the line that tells what was done."""
        see("コンソールの結果", self._page.get_by_role("status")).contains(text)

    def should_show(self, text: str) -> None:
        """Check that the page says this somewhere."""
        see("コンソール", self._main).contains(text)

    def should_not_show(self, text: str) -> None:
        """Check that the page, which has come in, says this nowhere."""
        see("コンソールの見出し", self._main.get_by_role("heading", level=1)).is_shown()
        see("コンソール", self._main).lacks(text)

    def should_have_row(self, heading: str, value: str) -> None:
        """Check a row of data."""
        row = self._main.get_by_role("row").filter(has=self._page.get_by_role("rowheader", name=heading, exact=True))
        cell = row.get_by_role("cell").first
        see(f"コンソールの「{heading}」", cell, self._main.get_by_role("rowheader")).has_text(value)

    def _leave_by(self, label: str, kind: Literal["button", "link"], control: Locator) -> None:
        others = self._page.get_by_role("link").or_(self._page.get_by_role("button"))
        self._recorder.touch(label, kind, find(f"コンソールに「{label}」", control, others))
        self._recorder.about_to_leave()
        with another_page(self._page, f"コンソールの「{label}」を押す"):
            press(f"コンソールの「{label}」", control)
