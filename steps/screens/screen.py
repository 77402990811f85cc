"""What a person can do on every screen of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from playwright.sync_api import Locator

from fixtures.expectation import expect_equal, quoted
from steps.screens.acting import another_page, choose_option, fill, find, press
from steps.screens.screen_checks import ScreenChecks
from steps.screens.screen_parts import labelled
from steps.screens.software_keyboard import SoftwareKeyboard


class Screen(ScreenChecks):
    """A screen in the open window."""

    def fill(self, label: str, value: str) -> None:
        """Type into an input, which the label names, or choose from its list."""
        field = labelled(self._described.fields, label, self.title)
        what, box = f"「{label}」の入力欄", self._input(field)
        if field.is_chosen:
            choose_option(f"「{label}」", find(what, box, self._inputs), value)
        else:
            fill(what, box, self._inputs, value)
        if field.secret or field.sensitive:
            self._recorder.touch_secret(label, box, value)
        else:
            self._recorder.touch(label, "input", box, value)

    def fill_twice(self, label: str, value: str) -> None:
        """Type the same into an input and into the one that repeats it (MRG-19, MRG-22)."""
        first = labelled(self._described.fields, label, self.title)
        again = [field for field in self._described.fields if field.repeats == first.key]
        expect_equal(f"「{self.title}」画面の「{label}」の再入力欄の数", 1, len(again))
        self.fill(first.label, value)
        self.fill(again[0].label, value)

    def fill_by_key(self, **values: str) -> None:
        """Type into inputs named by their keys in the catalogue."""
        for key, value in values.items():
            self.fill(self._described.field(key).label, value)

    def submit(self, button: str, **values: str) -> None:
        """Type into inputs and press a button, all named by their keys in the catalogue."""
        self.fill_by_key(**values)
        self.press(self._described.button(button).label)

    def send_with(self, label: str, value: str, others: Mapping[str, str]) -> None:
        """Type a value, and again where it has to be repeated, and press the screen's main button.

        Args:
            label: the input in question.
            value: what is typed there.
            others: what is typed into all other inputs, by field rule; they stay empty without.
        """
        for field in self._described.fields:
            if field.rule in others:
                self.fill(field.label, others[field.rule])
        first = labelled(self._described.fields, label, self.title)
        for field in self._described.fields:
            if first.key in {field.key, field.repeats}:
                self.fill(field.label, value)
        main = [button for button in self._described.buttons if button.main]
        expect_equal(f"「{self.title}」画面の主なボタンの数", 1, len(main))
        self.press(main[0].label)

    def fill_only(self, value: str) -> None:
        """Type into the only input of the screen."""
        labels = [field.label for field in self._described.fields]
        expect_equal(f"「{self.title}」画面の入力欄{quoted(labels)}の数", 1, len(labels))
        self.fill(labels[0], value)

    def press(self, label: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        button = self._button(labelled(self._described.buttons, label, self.title))
        self._leave_by(label, button)

    def choose(self, label: str) -> None:
        """Press an entry of the menu bar, unfolding its pull-down list first if it stands in one (MNU-02, INF-05)."""
        entry = self._found_in_menu(label)
        for group in self._catalogue.menu_bar:
            if label in {function.label for function in group.items}:
                unfolding = self._found_in_menu(group.label)
                self._recorder.touch(group.label, "hover", unfolding)
                unfolding.hover()
        self._leave_by(label, entry)

    def open_at_foot(self, label: str) -> None:
        """Follow a link at the foot of the page, which opens a window."""
        self._open_by(label, self._foot.get_by_role("link", name=label, exact=True))

    def open_in_note(self, label: str) -> None:
        """Follow a link in a note, which opens a window (LGN-16)."""
        self._open_by(label, self._page.locator(".notes").get_by_role("link", name=label, exact=True))

    def open_software_keyboard(self, label: str) -> SoftwareKeyboard:
        """Press ソフトウェアキーボード beside an input (SKB-01 to SKB-04)."""
        field = labelled(self._described.fields, label, self.title)
        described = self._catalogue.screen("software_keyboard")
        keyboard = SoftwareKeyboard(self._page, described, self._recorder)
        opener = described.button("open").label
        button = self._row(field).get_by_role("button", name=opener)
        keyboard.open_with(find(f"「{label}」の「{opener}」ボタン", button, self._buttons))
        return keyboard

    def type_on_software_keyboard(self, label: str, text: str) -> None:
        """Type into an input with the mouse, on the software keyboard (SKB-07)."""
        keyboard = self.open_software_keyboard(label)
        keyboard.type(text)
        keyboard.press(self._catalogue.screen("software_keyboard").button("accept").label)
        keyboard.should_be_closed()

    def _leave_by(self, label: str, control: Locator) -> None:
        self._touch(label, "button", control)
        with another_page(self._page, f"「{label}」を押す"):
            press(f"「{label}」", control)

    def _open_by(self, label: str, control: Locator) -> None:
        self._touch(label, "link", control)
        press(f"「{label}」", control)

    def _touch(self, label: str, kind: Literal["button", "link"], control: Locator) -> None:
        """Note a control that is there, and take the picture: what follows may bring another page."""
        found = find(f"「{label}」", control, self._controls)
        self._recorder.touch(label, kind, found)
        self._recorder.about_to_leave()
