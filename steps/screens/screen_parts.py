"""Where things stand on a screen of the portal: the locators that all screens have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from playwright.sync_api import Locator, Page

from fixtures.expectation import the_one
from fixtures.recorder import Recorder
from simulator import catalogue as data
from steps.screens.acting import find

_Labelled = TypeVar("_Labelled", data.Field, data.Button)


class ScreenParts:
    """The parts of a screen in the open window.

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
    def _menu_entries(self) -> Locator:
        """All entries, those of folded lists included."""
        return self._menu_bar.get_by_role("button", include_hidden=True)

    def _found_in_menu(self, label: str) -> Locator:
        """An entry that can be chosen now, or once the list in which it stands is unfolded."""
        hidden = self._menu_bar.get_by_role("button", name=label, exact=True, include_hidden=True)
        find(f"メニューバーに「{label}」", hidden, self._menu_entries)
        return self._menu_entry(label)

    @property
    def _cautions(self) -> Locator:
        return self._page.locator(".cautions li, .notes li, .remark")

    def _input(self, field: data.Field) -> Locator:
        return self._page.get_by_label(field.label, exact=True)

    def _button(self, button: data.Button) -> Locator:
        return self._page.locator("main").get_by_role("button", name=button.label, exact=True)

    def _row(self, field: data.Field) -> Locator:
        return self._page.get_by_role("row").filter(has=self._input(field))

    def _data(self, label: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        return self._page.get_by_role("row").filter(has=header).get_by_role("cell")

    @property
    def _headers(self) -> Locator:
        return self._page.get_by_role("rowheader")

    @property
    def _inputs(self) -> Locator:
        return self._page.locator("main").locator("input:not([type=hidden]), select, textarea")

    @property
    def _controls(self) -> Locator:
        """Everything that can be pressed."""
        return self._page.get_by_role("button").or_(self._page.get_by_role("link"))

    @property
    def _buttons(self) -> Locator:
        return self._page.locator("main").get_by_role("button")

    @property
    def _messages(self) -> Locator:
        return self._page.get_by_role("alert").get_by_role("listitem")


def labelled(items: Sequence[_Labelled], label: str, title: str) -> _Labelled:
    """The field or button with this label; a scenario that misspells one hears what there is."""
    return the_one(f"「{title}」画面に", label, items, lambda item: item.label)


def known_screen(catalogue: data.Catalogue, title: str) -> data.Screen:
    """The screen with this title; a scenario that misspells one hears what there is."""
    return the_one("画面", title, catalogue.screens.values(), lambda screen: screen.title)
