"""Messages that have to be answered first: an expired password (PWD-10), the question before printing (PDF-08)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from fixtures.expectation import expect_that
from fixtures.recorder import Recorder
from simulator import catalogue as data
from steps.screens.acting import another_page, find, press
from steps.screens.seeing import see


class Confirmation:
    """The message over the current window's screen, shown or not."""

    def __init__(self, page: Page, described: data.Screen, recorder: Recorder) -> None:
        self._page = page
        self._described = described
        self._recorder = recorder
        self._dialog = page.get_by_role("dialog", name=described.title, exact=True)

    def should_be_shown(self) -> None:
        """Check that the message waits for its answer, above everything else."""
        see(f"「{self._described.title}」の確認メッセージ", self._dialog).is_shown()
        see("確認メッセージのID", self._dialog.locator(".screen-id")).has_text(self._described.id)
        is_above = self._dialog.evaluate("dialog => dialog.matches(':modal')")
        expect_that(is_above, "確認メッセージに答えるまで、下の画面は操作できない", "下の画面が操作できます")

    def should_say(self, text: str) -> None:
        """Check what the message says."""
        see("確認メッセージ", self._dialog).contains(text)

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check the buttons of the message."""
        see("確認メッセージのボタン", self._buttons).has_text(labels)

    def should_show(self, label: str, value: str) -> None:
        """Check a row of data in the message (PDF-08)."""
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        cell = self._dialog.get_by_role("row").filter(has=header).get_by_role("cell")
        see(f"確認メッセージの「{label}」", cell, self._dialog.get_by_role("rowheader")).has_text(value)

    def should_be_gone(self) -> None:
        """Check that it was answered, and the screen below can be used again."""
        see("確認メッセージ", self._dialog).is_hidden()

    def press(self, label: str) -> None:
        """Press one of its buttons, and wait for the page it leads to."""
        self._press_to_leave(label)

    def accept_into_window(self) -> None:
        """Press its button, which opens a window (PDF-09)."""
        press("確認メッセージのボタン", self._touched(self._accepting))

    def accept(self) -> None:
        """Press its button with the mouse, and wait for the page it leads to."""
        self._press_to_leave(self._accepting)

    def answer_with(self, key: str) -> None:
        """Answer it with a key of the keyboard, and wait for the page it leads to."""
        see(f"確認メッセージの「{self._accepting}」", self._touched(self._accepting)).is_focused()
        with another_page(self._page, f"確認メッセージに {key} キーで答える"):
            self._page.keyboard.press(key)

    @property
    def _accepting(self) -> str:
        return self._described.button("accept").label

    @property
    def _buttons(self) -> Locator:
        return self._dialog.get_by_role("button")

    def _press_to_leave(self, label: str) -> None:
        button = self._touched(label)
        with another_page(self._page, f"確認メッセージの「{label}」を押す"):
            press(f"確認メッセージの「{label}」", button)

    def _touched(self, label: str) -> Locator:
        button = self._dialog.get_by_role("button", name=label, exact=True)
        find(f"確認メッセージに「{label}」", button, self._buttons)
        self._recorder.touch(label, "button", button)
        self._recorder.about_to_leave()
        return button
