"""Where things stand on a screen of the portal: the locators that all screens have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from playwright.sync_api import Locator, Page

from fixtures.recorder import Recorder
from simulator import catalogue as data

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

    def _what_is_shown(self) -> str:
        told = " / ".join(self._page.get_by_role("alert").get_by_role("listitem").all_inner_texts())
        heading = self._page.locator("h1")
        title = heading.inner_text() if heading.count() else self._page.url
        return f"「{title}」が表示されています" + (f"（メッセージ: {told}）" if told else "")


def labelled(items: Sequence[_Labelled], label: str, title: str) -> _Labelled:
    """The field or button with this label; a scenario that misspells one hears what there is."""
    for item in items:
        if item.label == label:
            return item
    raise AssertionError(f"「{title}」画面に「{label}」はありません。あるもの: {'、'.join(i.label for i in items)}")
