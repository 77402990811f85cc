"""パスワード用ソフトウェアキーボード, a dialog over the screen with the password field (SKB)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from fixtures.recorder import Recorder
from simulator import catalogue as data


class SoftwareKeyboard:
    """The keyboard of the current window, open or not."""

    def __init__(self, page: Page, described: data.Screen, recorder: Recorder) -> None:
        self._described = described
        self._recorder = recorder
        self._dialog = page.get_by_role("dialog", name=described.title, exact=True)

    def open_with(self, opener: Locator) -> None:
        """Press the button beside a password field."""
        self._recorder.touch(self._described.button("open").label, "button", opener)
        opener.click()
        self.should_be_open()

    def type(self, text: str) -> None:
        """Click the keys of a text with the mouse (SKB-07)."""
        for character in text:
            key = self._key(character)
            self._recorder.touch("●", "key", key)
            key.click()

    def press(self, label: str) -> None:
        """Click one of the buttons under the keys."""
        button = self._key(label)
        self._recorder.touch(label, "button", button)
        self._recorder.about_to_leave()
        button.click()

    def should_be_open(self) -> None:
        """Check that the keyboard is shown, with its id."""
        expect(self._dialog).to_be_visible()
        expect(self._dialog.locator(".screen-id")).to_have_text(self._described.id)

    def should_be_closed(self) -> None:
        """Check that the keyboard is gone."""
        expect(self._dialog).to_be_hidden()

    def should_show_masked(self, count: int) -> None:
        """Check that so many characters were typed, none of them readable."""
        expect(self._dialog.get_by_role("status")).to_have_text("●" * count)

    def should_have_key(self, character: str) -> None:
        """Check that a character can be typed."""
        expect(self._key(character)).to_be_visible()

    def key_rows(self) -> list[list[str]]:
        """The keys as they lie now, row by row."""
        rows = self._dialog.locator(".keys .row").all()
        return [row.get_by_role("button").all_inner_texts() for row in rows]

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check the buttons under the keys."""
        expect(self._dialog.locator(".buttons").get_by_role("button")).to_have_text(labels)

    def _key(self, label: str) -> Locator:
        return self._dialog.get_by_role("button", name=label, exact=True)
