"""What all screens of the portal have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from fixtures.recorder import Recorder
from simulator import catalogue as data
from steps.screens.software_keyboard import SoftwareKeyboard

PAGE_MILLISECONDS = 15_000
# How many of two presses would really send a form; the page stays.
PRESS_TWICE = """button => {
  let sent = 0;
  window.addEventListener("submit", event => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
  button.click();
  button.click();
  return sent;
}"""


class Screen:
    """A screen in the open window.

    Attributes:
        key: which screen of the catalogue it is; None for those that need no class of their own.
    """

    key: ClassVar[str | None] = None

    def __init__(self, page: Page, described: data.Screen, catalogue: data.Catalogue, recorder: Recorder) -> None:
        self._page = page
        self._described = described
        self._catalogue = catalogue
        self._recorder = recorder

    @property
    def title(self) -> str:
        """The title, as catalogued."""
        return self._described.title

    def should_be_shown(self) -> None:
        """Wait until this screen is shown, with its id."""
        bar = self._page.locator("main > .title-bar")
        try:
            expect(bar).to_have_text(f"{self._described.id} {self._described.title}")
        except AssertionError:
            raise AssertionError(f"「{self.title}」画面が表示されるはずですが、{self._what_is_shown()}") from None

    def fill(self, label: str, value: str) -> None:
        """Type into an input, which the label names, or choose from its list."""
        field = _labelled(self._described.fields, label, self.title)
        box = self._input(field)
        if field.is_chosen:
            box.select_option(label=value)
        else:
            box.fill(value)
        if field.secret or field.sensitive:
            self._recorder.touch_secret(label, box, value)
        else:
            self._recorder.touch(label, "input", box, value)

    def fill_twice(self, label: str, value: str) -> None:
        """Type the same into an input and into the one that repeats it (MRG-19, MRG-22)."""
        first = _labelled(self._described.fields, label, self.title)
        (again,) = [field for field in self._described.fields if field.repeats == first.key]
        self.fill(first.label, value)
        self.fill(again.label, value)

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
        first = _labelled(self._described.fields, label, self.title)
        for field in self._described.fields:
            if first.key in {field.key, field.repeats}:
                self.fill(field.label, value)
        (main,) = [button for button in self._described.buttons if button.main]
        self.press(main.label)

    def should_not_refuse(self, label: str) -> None:
        """Check that other inputs are complained of, and this one is not."""
        field = _labelled(self._described.fields, label, self.title)
        expect(self._page.get_by_role("alert")).to_be_visible()
        expect(self._row(field).locator(".error")).to_have_count(0)

    def fill_only(self, value: str) -> None:
        """Type into the only input of the screen."""
        (field,) = self._described.fields
        self.fill(field.label, value)

    def should_have_id(self, screen_id: str) -> None:
        """Check the id at the upper left."""
        expect(self._page.locator("main .title-bar .screen-id")).to_have_text(screen_id)

    def should_hold(self, label: str, value: str) -> None:
        """Check what stands in an input."""
        expect(self._input(_labelled(self._described.fields, label, self.title))).to_have_value(value)

    def should_hide(self, label: str) -> None:
        """Check that an input does not show what is typed."""
        expect(self._input(_labelled(self._described.fields, label, self.title))).to_have_attribute("type", "password")

    def press(self, label: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        button = self._button(_labelled(self._described.buttons, label, self.title))
        self._leave_by(label, button)

    def should_send_once(self, label: str) -> None:
        """Check that pressing a button twice in a row sends its form once; nothing is really sent."""
        button = self._button(_labelled(self._described.buttons, label, self.title))
        assert button.evaluate(PRESS_TWICE) == 1

    def choose(self, label: str) -> None:
        """Press an entry of the menu bar, unfolding its pull-down list first if it stands in one (MNU-02, INF-05)."""
        for group in self._catalogue.menu_bar:
            if label in {function.label for function in group.items}:
                unfolding = self._menu_entry(group.label)
                self._recorder.touch(group.label, "button", unfolding)
                unfolding.hover()
        self._leave_by(label, self._menu_entry(label))

    def should_have_in_menu(self, label: str) -> None:
        """Check that the menu bar has this entry (MNU-01)."""
        expect(self._menu_entry(label)).to_be_visible()

    def should_have_in_group(self, group: str, labels: list[str]) -> None:
        """Check that these are all functions in the pull-down list of a menu entry (MNU-02, MNU-13)."""
        self._menu_entry(group).hover()
        functions = self._menu_bar.get_by_role("list", name=group, exact=True).get_by_role("button")
        expect(functions).to_have_text(labels)
        expect(functions.first).to_be_visible()

    def should_not_have_in_menu(self, label: str) -> None:
        """Check that the menu bar, which is shown, has no such entry."""
        expect(self._menu_bar).to_be_visible()
        expect(self._menu_entry(label)).to_have_count(0)

    def open_at_foot(self, label: str) -> None:
        """Follow a link at the foot of the page, which opens a window."""
        self._open_by(label, self._foot.get_by_role("link", name=label, exact=True))

    def open_in_note(self, label: str) -> None:
        """Follow a link in a note, which opens a window (LGN-16)."""
        self._open_by(label, self._page.locator(".notes").get_by_role("link", name=label, exact=True))

    def open_software_keyboard(self, label: str) -> SoftwareKeyboard:
        """Press ソフトウェアキーボード beside an input (SKB-01 to SKB-04)."""
        field = _labelled(self._described.fields, label, self.title)
        described = self._catalogue.screen("software_keyboard")
        keyboard = SoftwareKeyboard(self._page, described, self._recorder)
        keyboard.open_with(self._row(field).get_by_role("button", name=described.button("open").label))
        return keyboard

    def type_on_software_keyboard(self, label: str, text: str) -> None:
        """Type into an input with the mouse, on the software keyboard (SKB-07)."""
        keyboard = self.open_software_keyboard(label)
        keyboard.type(text)
        keyboard.press(self._catalogue.screen("software_keyboard").button("accept").label)
        keyboard.should_be_closed()

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check that these are all buttons of the screen."""
        expect(self._page.locator("main").get_by_role("button")).to_have_text(labels)

    def should_tell(self, code: str, text: str | None = None) -> None:
        """Check that a message with this code is shown, containing this text."""
        lines = self._page.get_by_role("alert").get_by_role("listitem")
        try:
            expect(lines.filter(has_text=code).filter(has_text=text or "").first).to_be_visible()
        except AssertionError:
            raise AssertionError(f"メッセージ {code} が表示されるはずですが、{self._what_is_shown()}") from None

    def should_tell_exactly(self, told: list[tuple[str, str]]) -> None:
        """Check that these are all messages, each with its code and containing its text, in this order."""
        lines = self._page.get_by_role("alert").get_by_role("listitem")
        expect(lines.locator(".code")).to_have_text([code for code, _ in told])
        expect(lines.locator(".text")).to_contain_text([text for _, text in told])

    def should_confirm(self, code: str, text: str) -> None:
        """Check that the screen tells of an operation that was done, by this code and containing this text."""
        line = self._page.get_by_role("status").filter(has_text=code)
        try:
            expect(line).to_contain_text(text)
        except AssertionError:
            raise AssertionError(f"完了のお知らせ {code} が表示されるはずですが、{self._what_is_shown()}") from None

    def should_tell_nothing(self) -> None:
        """Check that no message is shown."""
        expect(self._page.get_by_role("alert")).to_have_count(0)

    def should_note(self, text: str) -> None:
        """Check that the screen says this somewhere."""
        expect(self._page.locator("main")).to_contain_text(text)

    def should_not_note(self, text: str) -> None:
        """Check that the screen says this nowhere."""
        expect(self._page.locator("main")).not_to_contain_text(text)

    def should_caution(self, text: str) -> None:
        """Check that one of the screen's cautions says this."""
        expect(self._cautions.filter(has_text=text)).to_have_count(1)

    def should_not_caution(self, text: str) -> None:
        """Check that none of the screen's cautions says this."""
        expect(self._cautions.first).to_be_visible()
        expect(self._cautions.filter(has_text=text)).to_have_count(0)

    def should_ask(self, labels: list[str]) -> None:
        """Check that these are all inputs of the screen, each marked as required."""
        expect(self._page.locator("table.entry th label")).to_have_text(labels)
        for label in labels:
            expect(self._page.get_by_label(label, exact=True)).to_have_attribute("aria-required", "true")

    def should_show(self, label: str, value: str) -> None:
        """Check a row of data."""
        expect(self._data(label)).to_have_text(value)

    def should_show_under(self, heading: str, label: str, value: str) -> None:
        """Check a row of data under a heading that begins like this."""
        block = self._page.locator("section.data").filter(has=self._page.get_by_role("heading", name=heading))
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        expect(block.get_by_role("row").filter(has=header).get_by_role("cell")).to_contain_text(value)

    def should_warn_of_script(self) -> None:
        """Check that the page tells that scripts are blocked, and links what to do (BRW-24)."""
        link = self._catalogue.screen("browser_settings").title
        expect(self._script_warning).to_have_text(self._catalogue.words.script_off.format(link=link))
        expect(self._script_warning.get_by_role("link", name=link)).to_be_visible()

    def should_not_warn_of_script(self) -> None:
        """Check that the page, which is shown, tells nothing of scripts."""
        expect(self._page.locator("main")).to_be_visible()
        expect(self._script_warning).to_have_count(0)

    def should_link_nothing_at_foot(self) -> None:
        """Check that there are no links at the foot of the page."""
        expect(self._page.locator("main")).to_be_visible()
        expect(self._foot).to_have_count(0)

    def shown(self, label: str) -> str:
        """What a row of data shows."""
        return self._data(label).inner_text()

    def hint_of(self, label: str) -> str:
        """The rule printed beside an input."""
        field = _labelled(self._described.fields, label, self.title)
        return self._row(field).locator(".hint").inner_text()

    @property
    def _script_warning(self) -> Locator:
        return self._page.locator("noscript > .script-off")

    @property
    def _foot(self) -> Locator:
        return self._page.get_by_role("navigation", name=self._catalogue.words.support)

    @property
    def _menu_bar(self) -> Locator:
        return self._page.get_by_role("navigation", name=self._catalogue.words.menu_bar)

    def _menu_entry(self, label: str) -> Locator:
        return self._menu_bar.get_by_role("button", name=label, exact=True)

    @property
    def _cautions(self) -> Locator:
        return self._page.locator(".cautions li, .notes li, .remark")

    def _leave_by(self, label: str, control: Locator) -> None:
        self._recorder.touch(label, "button", control)
        self._recorder.about_to_leave()
        try:
            with self._page.expect_event("load", timeout=PAGE_MILLISECONDS):
                control.click()
        except WaitedTooLong:
            raise AssertionError(f"「{label}」を押しましたが、{self._what_is_shown()}") from None

    def _open_by(self, label: str, control: Locator) -> None:
        self._recorder.touch(label, "link", control)
        self._recorder.about_to_leave()
        control.click()

    def _input(self, field: data.Field) -> Locator:
        return self._page.get_by_label(field.label, exact=True)

    def _button(self, button: data.Button) -> Locator:
        return self._page.locator("main").get_by_role("button", name=button.label, exact=True)

    def _row(self, field: data.Field) -> Locator:
        return self._page.get_by_role("row").filter(has=self._input(field))

    def _data(self, label: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        return self._page.get_by_role("row").filter(has=header).get_by_role("cell")

    def _what_is_shown(self) -> str:
        told = " / ".join(self._page.get_by_role("alert").get_by_role("listitem").all_inner_texts())
        heading = self._page.locator("h1")
        title = heading.inner_text() if heading.count() else self._page.url
        return f"「{title}」が表示されています" + (f"（メッセージ: {told}）" if told else "")


_Labelled = TypeVar("_Labelled", data.Field, data.Button)


def _labelled(items: Sequence[_Labelled], label: str, title: str) -> _Labelled:
    """The field or button with this label; a scenario that misspells one hears what there is."""
    for item in items:
        if item.label == label:
            return item
    raise AssertionError(f"「{title}」画面に「{label}」はありません。あるもの: {'、'.join(i.label for i in items)}")
