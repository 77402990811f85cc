"""The windows of the simulated desk."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from fixtures.expectation import fail, the_one
from fixtures.recorder import Recorder
from simulator.catalogue.desk_windows import DeskCatalogue, DeskWindow, Part
from steps.screens.acting import another_page, find, press
from steps.screens.seeing import see

CLOSE = "×"
PRESSED = '[name="press"][value="{}"]'


class DeskWindows:
    """The window that a logon account sees; all labels come from the catalogue of the desk."""

    def __init__(self, page: Page, catalogue: DeskCatalogue, recorder: Recorder) -> None:
        self._page = page
        self._catalogue = catalogue
        self._recorder = recorder
        self._main = page.get_by_role("main")

    @property
    def current(self) -> DeskWindow:
        """The window shown."""
        key = self._page.locator("body").get_attribute("data-window")
        if not key:
            fail("デスクのウィンドウが表示されている", f"{self._page.url} が表示されています")
        return self._catalogue.window(key)

    def press(self, label: str) -> None:
        """Press what has this label, and wait for the window that follows."""
        self._leave_by(label, self._control(label))

    def press_taskbar(self, label: str) -> None:
        """Press a button of the taskbar (ENV-14, PDF-04)."""
        part = _labelled(self._catalogue.window("taskbar"), label)
        self._leave_by(label, self._page.locator(".taskbar").locator(PRESSED.format(part.key)))

    def search(self, text: str) -> None:
        """Type into the search box, and press Enter (BRW-19, IEM-01)."""
        part = self._catalogue.window("taskbar").part("query")
        box = self._page.get_by_label(part.label, exact=True)
        box.fill(text)
        self._recorder.touch(part.label, "input", box, text)
        self._recorder.about_to_leave()
        with another_page(self._page, f"「{text}」と入力して Enter を押す"):
            box.press("Enter")

    def start_program(self, label: str) -> None:
        """Start a program that is listed."""
        self._leave_by(label, self._main.get_by_role("button", name=label, exact=True))

    def turn_to(self, label: str) -> None:
        """Turn to a tab, or to an entry at the left."""
        self._leave_by(label, self._main.get_by_role("navigation").get_by_role("link", name=label, exact=True))

    def fill(self, label: str, value: str) -> None:
        """Type into an input."""
        part = _labelled(self.current, label)
        box = self._found(label, self._main.get_by_label(label, exact=True))
        box.fill(value)
        if part.secret:
            self._recorder.touch_secret(label, box, value)
        else:
            self._recorder.touch(label, "input", box, value)

    def tick(self, label: str, *, is_ticked: bool) -> None:
        """Put a tick into a box, or take it out."""
        box = self._found(label, self._main.get_by_role("checkbox", name=label, exact=True))
        box.set_checked(is_ticked)
        self._recorder.touch(label, "input", box, None)

    def mark(self, label: str) -> None:
        """Mark one of several, of which one can be marked."""
        mark = self._found(label, self._main.get_by_role("radio", name=label, exact=True))
        mark.check()
        self._recorder.touch(label, "input", mark, None)

    def follow_to_portal(self) -> None:
        """Follow the link that opens the portal in a window of its own."""
        label = self._catalogue.words["access"]
        link = self._found(label, self._main.get_by_role("link", name=label, exact=True))
        self._recorder.touch(label, "link", link)
        self._recorder.about_to_leave()
        press(f"「{label}」", link)

    def double_click_file(self) -> None:
        """Open the newest file of the folder (CRT-34)."""
        file = self._newest_file
        self._recorder.touch(file.inner_text(), "button", file)
        self._recorder.about_to_leave()
        with another_page(self._page, "ファイルをダブルクリックする"):
            file.dblclick()

    def open_file_by_menu(self) -> None:
        """Open the newest file of the folder by the menu of the right button (CRT-34)."""
        self._newest_file.click(button="right")
        label = self.current.part("files").label
        self._leave_by(label, self._main.locator(".context-menu").get_by_role("button", name=label, exact=True))

    def should_be(self, title: str, heading: str | None = None) -> None:
        """Check which window is shown, and which of its pages."""
        see("ウィンドウの題", self._main.get_by_role("heading", level=1)).has_text(title)
        if heading is not None:
            see(f"「{title}」ウィンドウのページ", self._main.get_by_role("heading", level=2)).has_text(heading)

    def should_show(self, label: str, value: str) -> None:
        """Check what stands beside a label."""
        part = _labelled(self.current, label)
        places = {
            "switch": f"#{part.key}-state",
            "row": f"{PRESSED.format(part.key)} .state",
            "type": PRESSED.format(part.key) if part.leads_to else ".type .state",
            "value": "dl.value:has(dt:text-is('{}')) dd".format(part.label.replace("'", "\\'")),
            "text": ".say .state",
        }
        see(f"ウィンドウの「{label}」", self._main.locator(places[part.kind])).has_text(value)

    def should_list(self, label: str, values: list[str]) -> None:
        """Check that these are all entries of a list."""
        part = _labelled(self.current, label)
        listed = self._main.get_by_role("list", name=part.label, exact=True).get_by_role("listitem")
        see(f"ウィンドウの「{label}」の一覧", listed).has_text(values or [self._catalogue.words["nothing"]])

    def should_offer(self, labels: list[str]) -> None:
        """Check that these can all be ticked or marked, in this order, and nothing else."""
        see("ウィンドウで選べるもの", self._main.locator(".check label")).has_text(labels)

    def should_hide(self, label: str, *, is_hidden: bool = True) -> None:
        """Check whether what is typed can be read."""
        box = self._main.get_by_label(label, exact=True)
        see(f"ウィンドウの「{label}」", box).has("type", "password" if is_hidden else "text")

    def should_check(self, states: list[tuple[str, str]]) -> None:
        """Check that these are all preconditions, and whether each is met (BRW-01)."""
        see("確かめる設定", self._main.get_by_role("rowheader")).has_text([label for label, _ in states])
        see("設定の状態", self._main.get_by_role("cell")).has_text([state for _, state in states])

    def should_be_marked(self, label: str, *, is_marked: bool = True) -> None:
        """Check whether a box is ticked, or one of several marked."""
        control = self._main.get_by_role("checkbox", name=label, exact=True)
        either = control.or_(self._main.get_by_role("radio", name=label, exact=True))
        see(f"ウィンドウの「{label}」", either, self._main.locator("label")).is_marked(is_marked=is_marked)

    def should_say(self, text: str) -> None:
        """Check that the window says this."""
        see("ウィンドウ", self._main).contains(text)

    def should_not_say(self, text: str) -> None:
        """Check that the window, which is shown, does not say this."""
        see("ウィンドウの題", self._main.get_by_role("heading", level=1)).is_shown()
        see("ウィンドウ", self._main).lacks(text)

    def should_refuse(self, text: str) -> None:
        """Check that the window tells why it does not go on."""
        see("ウィンドウの知らせ", self._main.get_by_role("alert")).has_text(text)

    def should_guide(self, text: str) -> None:
        """Check what the reader is told to do here."""
        see("説明", self._page.get_by_role("complementary")).contains(text)

    def should_be_illustration(self) -> None:
        """Check that the page says what it is."""
        see("ページの上部", self._page.get_by_role("banner")).contains(self._catalogue.words["illustration"])

    def should_forbid(self, label: str) -> None:
        """Check that a button is there and cannot be pressed."""
        see(f"ウィンドウの「{label}」", self._control(label)).is_forbidden()

    @property
    def _newest_file(self) -> Locator:
        files = self._main.locator("[data-files] button")
        return find("フォルダーにファイル", files.first, files)

    def _found(self, label: str, control: Locator) -> Locator:
        return find(f"ウィンドウに「{label}」", control, self._main.locator("button, a, label"))

    def _control(self, label: str) -> Locator:
        if label == CLOSE:
            return self._main.get_by_role("link", name=CLOSE, exact=True)
        return self._main.locator(PRESSED.format(_labelled(self.current, label).key))

    def _leave_by(self, label: str, control: Locator) -> None:
        self._recorder.touch(label, "button", self._found(label, control))
        self._recorder.about_to_leave()
        with another_page(self._page, f"ウィンドウの「{label}」を押す"):
            press(f"ウィンドウの「{label}」", control)


def _labelled(window: DeskWindow, label: str) -> Part:
    """The piece with this label that can be used; a scenario that misspells one hears what there is."""
    usable = [part for part in window.walk() if part.key and part.kind != "group"]
    return the_one(f"「{window.title}」ウィンドウに", label, usable, lambda part: part.label)
