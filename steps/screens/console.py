"""労金 事務コンソール, the labour bank's own pages."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Locator, Page, expect

from fixtures.recorder import Recorder


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
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
        if control.get_attribute("type") == "password":
            self._recorder.touch_secret(label, control, value)
        else:
            self._recorder.touch(label, "input", control, value)

    def should_report(self, text: str) -> None:
        """Check the line that tells what was done."""
        expect(self._page.get_by_role("status")).to_contain_text(text)

    def should_show(self, text: str) -> None:
        """Check that the page says this somewhere."""
        expect(self._main).to_contain_text(text)

    def should_not_show(self, text: str) -> None:
        """Check that the page, which has come in, says this nowhere."""
        expect(self._main.get_by_role("heading", level=1)).to_be_visible()
        expect(self._main).not_to_contain_text(text)

    def should_have_row(self, heading: str, value: str) -> None:
        """Check a row of data."""
        row = self._main.get_by_role("row").filter(has=self._page.get_by_role("rowheader", name=heading, exact=True))
        expect(row.get_by_role("cell").first).to_have_text(value)

    def _leave_by(self, label: str, kind: Literal["button", "link"], control: Locator) -> None:
        self._recorder.touch(label, kind, control)
        self._recorder.about_to_leave()
        with self._page.expect_event("load"):
            control.click()
