"""The menu bar over the screens of logged-in users: unfolding its lists in every way (MNU-01, MNU-02)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from fixtures.expectation import fail
from fixtures.recorder import Recorder
from steps.screens.acting import find
from steps.screens.seeing import see

MOST_TABS = 30


class MenuBar:
    """The menu bar in the open window."""

    def __init__(self, page: Page, name: str, recorder: Recorder) -> None:
        self._page = page
        self._bar = page.get_by_role("navigation", name=name)
        self._recorder = recorder

    def point_at(self, label: str) -> None:
        """Place the mouse on an entry (MNU-02)."""
        entry = self._found(label)
        self._recorder.touch(label, "hover", entry)
        entry.hover()

    def point_elsewhere(self) -> None:
        """Take the mouse off the menu bar."""
        self._page.get_by_role("heading", level=1).hover()

    def tap(self, label: str) -> None:
        """Touch an entry with a finger."""
        entry = self._found(label)
        self._recorder.touch(label, "button", entry)
        entry.tap()

    def tap_elsewhere(self) -> None:
        """Touch the page beside the menu bar with a finger."""
        self._page.get_by_role("heading", level=1).tap()

    def tab_to(self, label: str) -> None:
        """Press Tab until an entry has the focus."""
        entry = self._found(label)
        for _ in range(MOST_TABS):
            self._page.keyboard.press("Tab")
            if entry.evaluate("entry => entry === document.activeElement"):
                self._recorder.touch(label, "button", entry)
                return
        fail(f"Tabキーでメニューバーの「{label}」に移る", f"{MOST_TABS}回押しても移りません")

    def press_key(self, key: str) -> None:
        """Press a key."""
        self._recorder.about_to_leave()
        self._page.keyboard.press(key)

    def should_unfold(self, group: str, functions: list[str]) -> None:
        """Check that the list of an entry, and no other one, is unfolded, with these functions."""
        lists = self._bar.get_by_role("list").get_by_role("list")
        see("開いているメニューの一覧", lists).counts(1)
        unfolded = self._bar.get_by_role("list", name=group, exact=True).get_by_role("button")
        see(f"「{group}」の一覧", unfolded, lists).has_text(functions)

    def should_unfold_nothing(self) -> None:
        """Check that no list is unfolded."""
        see("メニューバーに見えている一覧（メニューバー自身を含む）", self._bar.get_by_role("list")).counts(1)

    def should_focus(self, label: str) -> None:
        """Check which entry or function has the focus."""
        see(f"メニューバーの「{label}」", self._entry(label), self._bar.get_by_role("button")).is_focused()

    def _found(self, label: str) -> Locator:
        return find(f"メニューバーに「{label}」", self._entry(label), self._bar.get_by_role("button"))

    def _entry(self, label: str) -> Locator:
        return self._bar.get_by_role("button", name=label, exact=True)
