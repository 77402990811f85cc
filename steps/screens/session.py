"""The screens as the person at the PC meets them."""

from __future__ import annotations

from typing import TypeVar

import pytest

from fixtures.expectation import expect_equal, fail, quoted
from fixtures.logon_account import Accounts
from fixtures.recorder import Recorder
from simulator.catalogue import Catalogue
from steps.screens.confirmation import Confirmation
from steps.screens.menu_bar import MenuBar
from steps.screens.screen import Screen
from steps.screens.screen_parts import known_screen
from steps.screens.software_keyboard import SoftwareKeyboard
from steps.screens.special import SPECIAL

_Kind = TypeVar("_Kind", bound=Screen)


class Screens:
    """Gives the page object for what is in the current window."""

    def __init__(self, accounts: Accounts, catalogue: Catalogue, recorder: Recorder) -> None:
        self._accounts = accounts
        self._catalogue = catalogue
        self._recorder = recorder

    def titled(self, title: str) -> Screen:
        """The screen with this title, whether it is shown or not."""
        described = known_screen(self._catalogue, title)
        kind = SPECIAL.get(described.key, Screen)
        return kind(self._accounts.current.page, described, self._catalogue, self._recorder)

    def current(self) -> Screen:
        """The screen shown now."""
        title = self._accounts.current.screen()[1]
        if title is None:
            fail("ポータルの画面が表示されている", f"ポータルの画面ではありません（{self._accounts.current.page.url}）")
        return self.titled(title)

    def on(self, key: str) -> Screen:
        """The screen shown now, which must be the one with this key in the catalogue."""
        screen, title = self.current(), self._catalogue.screen(key).title
        expect_equal("表示されている画面", title, screen.title)
        return screen

    def the(self, kind: type[_Kind]) -> _Kind:
        """The screen shown now, which must be of this kind."""
        screen = self.current()
        if not isinstance(screen, kind):
            able = [self._catalogue.screen(key).title for key, c in SPECIAL.items() if key and issubclass(c, kind)]
            fail(f"{quoted(able)}画面が表示されている", f"「{screen.title}」画面が表示されています")
        return screen

    def menu(self) -> MenuBar:
        """The menu bar of the current window."""
        return MenuBar(self._accounts.current.page, self._catalogue.words.menu_bar, self._recorder)

    def keyboard(self) -> SoftwareKeyboard:
        """The software keyboard of the current window."""
        described = self._catalogue.screen("software_keyboard")
        return SoftwareKeyboard(self._accounts.current.page, described, self._recorder)

    def confirmation(self, key: str = "password_expired") -> Confirmation:
        """The message with this key over the current window's screen."""
        described = self._catalogue.screen(key)
        return Confirmation(self._accounts.current.page, described, self._recorder)


@pytest.fixture
def screens(accounts: Accounts, catalogue: Catalogue, recorder: Recorder) -> Screens:
    """The screens in the current window."""
    return Screens(accounts, catalogue, recorder)
