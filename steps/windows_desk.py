"""The simulated Windows desk as the person at the PC meets it."""

from __future__ import annotations

from contextlib import suppress
from operator import itemgetter

import pytest
from playwright.sync_api import Error

from fixtures.expectation import the_one
from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from fixtures.recorder import Recorder
from simulator.catalogue.desk_windows import DeskCatalogue, load_desk
from simulator.desk import DeskAccount, FolderOnDisk, Press
from steps.screens.desk import DeskWindows


class WindowsDesk:
    """The desk of the current logon account; it is drawn in a browser window of its own."""

    def __init__(self, accounts: Accounts, portal: PortalUnderTest, recorder: Recorder) -> None:
        self._accounts = accounts
        self._portal = portal
        self._recorder = recorder

    @property
    def catalogue(self) -> DeskCatalogue:
        """All windows."""
        return load_desk()

    @property
    def account(self) -> DeskAccount:
        """What the current logon account has set; its folder and its certificates are the bench's own."""
        current = self._accounts.current
        return self._portal.simulator.desk.sign_in(current.name, FolderOnDisk(current.folder), current.store)

    @property
    def site(self) -> str:
        """The address that has to be registered."""
        return self._portal.simulator.desk.site

    @property
    def windows(self) -> DeskWindows:
        """What is shown."""
        return DeskWindows(self._accounts.current.page, self.catalogue, self._recorder)

    def open(self, key: str) -> DeskWindows:
        """Look at a window of the desk; the portal's windows stay open."""
        current = self._accounts.current
        page = current.open_window() if current.has_window else current.start_browser()
        page.goto(f"{self._portal.simulator.desk.get_address()}/{self.account.path}/{key}")
        return self.windows

    def start(self, label: str) -> DeskWindows:
        """Start a program, which is listed under this label."""
        program = the_one("プログラム", label, self.catalogue.programs, lambda program: program.label)
        self.account.values.update(program.sets)
        return self.open(program.leads_to)

    def set(self, name: str, state: str) -> None:
        """Bring a setting into a state, called as windows call it."""
        states = self.catalogue.settings[name].states
        self.account.values[name] = the_one("設定の状態", state, states.items(), itemgetter(1))[0]

    def setting_labelled(self, label: str) -> str:
        """The name of the setting that some window shows under this label."""
        parts = [part for window in self.catalogue.windows.values() for part in window.walk()]
        named = [(part.label, name) for part in parts if (name := part.setting or part.shows)]
        return the_one("ウィンドウに設定", label, named, itemgetter(0))[1]

    def do(self, window: str, key: str, **sent: str) -> str:
        """Have pressed what has this key in a window, without the browser; the key of the window that follows."""
        described = self.catalogue.window(window)
        return Press(self.catalogue, self.account, described, described.part(key), sent).act()

    def press(self, window: str, key: str) -> None:
        """Look at a window, and press what has this key."""
        windows = self.open(window)
        windows.press(windows.current.part(key).label)

    def register_site(self, window: str, key: str) -> None:
        """Type the portal's address into a window, and press what has this key."""
        windows = self.open(window)
        part = windows.current.part(key)
        windows.fill(windows.current.part(part.takes).label, self.site)
        windows.press(part.label)

    def browse(self) -> None:
        """Start a browser of this PC anew, and open the portal from it: what is set here takes effect there."""
        current = self._accounts.current
        current.close_browser()
        windows = self.open("entering")
        # A window that closes on access goes before anything can be waited for.
        with suppress(Error):
            current.go_on_in_window_opened_by(windows.follow_to_portal)


@pytest.fixture
def windows_desk(accounts: Accounts, portal: PortalUnderTest, recorder: Recorder) -> WindowsDesk:
    """The desk of the current logon account."""
    return WindowsDesk(accounts, portal, recorder)
