"""パスワード用ソフトウェアキーボード, a dialog over the screen with the password field (SKB)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from fixtures.recorder import Recorder
from simulator import catalogue as data
from steps.screens.acting import find, press
from steps.screens.seeing import see


class SoftwareKeyboard:
    """The keyboard of the current window, open or not."""

    def __init__(self, page: Page, described: data.Screen, recorder: Recorder) -> None:
        self._described = described
        self._recorder = recorder
        self._dialog = page.get_by_role("dialog", name=described.title, exact=True)

    def open_with(self, opener: Locator) -> None:
        """Press the button beside a password field."""
        self._recorder.touch(self._described.button("open").label, "button", opener)
        press(f"「{self._described.button('open').label}」", opener)
        self.should_be_open()

    def type(self, text: str) -> None:
        """Click the keys of a text with the mouse (SKB-07)."""
        for character in text:
            key = self._found(character)
            self._recorder.touch("●", "key", key)
            key.click()

    def press(self, label: str) -> None:
        """Click one of the buttons under the keys."""
        button = self._found(label)
        self._recorder.touch(label, "button", button)
        self._recorder.about_to_leave()
        press(f"ソフトウェアキーボードの「{label}」", button)

    def should_be_open(self) -> None:
        """Check that the keyboard is shown, with its id."""
        see("ソフトウェアキーボード", self._dialog).is_shown()
        see("ソフトウェアキーボードのID", self._dialog.locator(".screen-id")).has_text(self._described.id)

    def should_be_closed(self) -> None:
        """Check that the keyboard is gone."""
        see("ソフトウェアキーボード", self._dialog).is_hidden()

    def should_show_masked(self, count: int) -> None:
        """Check that so many characters were typed, none of them readable."""
        see("ソフトウェアキーボードの入力", self._dialog.get_by_role("status")).has_text("●" * count)

    def should_have_key(self, character: str) -> None:
        """Check that a character can be typed."""
        see(f"ソフトウェアキーボードのキー「{character}」", self._key(character), self._keys).is_shown()

    def key_rows(self) -> list[list[str]]:
        """The keys as they lie now, row by row."""
        rows = self._dialog.locator(".keys .row").all()
        return [row.get_by_role("button").all_inner_texts() for row in rows]

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check the buttons under the keys."""
        see("キーの下のボタン", self._dialog.locator(".buttons").get_by_role("button")).has_text(labels)

    @property
    def _keys(self) -> Locator:
        return self._dialog.get_by_role("button")

    def _found(self, label: str) -> Locator:
        return find(f"ソフトウェアキーボードに「{label}」", self._key(label), self._keys)

    def _key(self, label: str) -> Locator:
        return self._dialog.get_by_role("button", name=label, exact=True)
