"""The browser's own settings, really set (BRW, PDF)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_bdd import given, then, when

from fixtures.logon_account import Accounts
from fixtures.own_profile import ByProfile, KeepProfile
from fixtures.recorder import Recorder
from steps.screens import Screens
from steps.screens.settings import SettingsPages
from steps.wording import sentence

OpenSettings = Callable[[], SettingsPages]


@pytest.fixture
def is_edge(pytestconfig: pytest.Config) -> bool:
    """Whether the browser is Microsoft Edge, whose settings have names of their own."""
    return str(pytestconfig.getoption("--browser-channel") or "").startswith("msedge")


@pytest.fixture
def open_settings(accounts: Accounts, recorder: Recorder, is_edge: bool) -> OpenSettings:  # noqa: FBT001
    """Gives the settings in the browser that the account has open; it is started where it has none."""

    def settings() -> SettingsPages:
        account = accounts.current
        page = account.page if account.has_window else account.start_browser()
        return SettingsPages(page, recorder, is_edge=is_edge)

    return settings


@given("ブラウザの設定を変えられるパソコンを使っている")
def own_profile(accounts: Accounts, keep_profile: KeepProfile) -> None:
    """The browser of the current account keeps what is set in it, as it is when it was installed."""
    keep_profile(accounts.current)


@given(sentence("ブラウザの設定で「{name}」が「{state}」になっている"))
def was_set_to(accounts: Accounts, keep_profile: KeepProfile, is_edge: bool, name: str, state: str) -> None:  # noqa: FBT001
    """The browser keeps its settings, and somebody has set this one like this."""
    account = accounts.current
    if not isinstance(account.presenting, ByProfile):
        keep_profile(account)
    assert isinstance(account.presenting, ByProfile)
    account.presenting.preset(*SettingsPages.kept_as(name, state, is_edge=is_edge))


@when(sentence("ブラウザの設定で「{name}」を「{state}」にする"))
def set_to(open_settings: OpenSettings, name: str, state: str) -> None:
    """Go through the settings pages and bring a setting into a state."""
    open_settings().set(name, state)


@then(sentence("ブラウザの設定で「{name}」は「{state}」と表示される"))
def reads(open_settings: OpenSettings, name: str, state: str) -> None:
    """Look a setting up."""
    open_settings().should_be(name, state)


@when("本システムにアクセスする")
def access_again(accounts: Accounts) -> None:
    """Open the portal in the browser that runs."""
    accounts.current.page.goto(accounts.current.address)


@then("JavaScriptがブロックされているという注意が表示される")
def script_is_off(screens: Screens) -> None:
    """The portal tells that scripts do not run, and where the settings are explained."""
    screens.current().should_warn_of_script()


@then("JavaScriptがブロックされているという注意は表示されない")
def script_is_on(screens: Screens) -> None:
    """The portal has nothing to tell of scripts."""
    screens.current().should_not_warn_of_script()
