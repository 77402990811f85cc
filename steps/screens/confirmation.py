"""Messages that have to be answered first: an expired password (PWD-10), the question before printing (PDF-08)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from fixtures.recorder import Recorder
from simulator import catalogue as data


class Confirmation:
    """The message over the current window's screen, shown or not."""

    def __init__(self, page: Page, described: data.Screen, recorder: Recorder) -> None:
        self._page = page
        self._described = described
        self._recorder = recorder
        self._dialog = page.get_by_role("dialog", name=described.title, exact=True)

    def should_be_shown(self) -> None:
        """Check that the message waits for its answer, above everything else."""
        expect(self._dialog).to_be_visible()
        expect(self._dialog.locator(".screen-id")).to_have_text(self._described.id)
        assert self._dialog.evaluate("dialog => dialog.matches(':modal')"), "確認メッセージの下の画面が操作できます"

    def should_say(self, text: str) -> None:
        """Check what the message says."""
        expect(self._dialog).to_contain_text(text)

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check the buttons of the message."""
        expect(self._dialog.get_by_role("button")).to_have_text(labels)

    def should_show(self, label: str, value: str) -> None:
        """Check a row of data in the message (PDF-08)."""
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        expect(self._dialog.get_by_role("row").filter(has=header).get_by_role("cell")).to_have_text(value)

    def should_be_gone(self) -> None:
        """Check that it was answered, and the screen below can be used again."""
        expect(self._dialog).not_to_be_visible()

    def press(self, label: str) -> None:
        """Press one of its buttons, and wait for the page it leads to."""
        button = self._dialog.get_by_role("button", name=label, exact=True)
        self._recorder.touch(label, "button", button)
        self._recorder.about_to_leave()
        with self._page.expect_event("load"):
            button.click()

    def accept_into_window(self) -> None:
        """Press its button, which opens a window (PDF-09)."""
        self._touched_button().click()

    def accept(self) -> None:
        """Press its button with the mouse, and wait for the page it leads to."""
        button = self._touched_button()
        with self._page.expect_event("load"):
            button.click()

    def answer_with(self, key: str) -> None:
        """Answer it with a key of the keyboard, and wait for the page it leads to."""
        expect(self._touched_button()).to_be_focused()
        with self._page.expect_event("load"):
            self._page.keyboard.press(key)

    def _touched_button(self) -> Locator:
        label = self._described.button("accept").label
        button = self._dialog.get_by_role("button", name=label, exact=True)
        self._recorder.touch(label, "button", button)
        self._recorder.about_to_leave()
        return button
