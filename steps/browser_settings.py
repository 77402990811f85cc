"""The browser's own settings, really set (BRW, PDF)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_bdd import given, then, when

from fixtures.expectation import expect_equal, expect_that, fail
from fixtures.logon_account import Accounts
from fixtures.own_profile import ByProfile, KeepProfile
from fixtures.portal import PortalUnderTest
from fixtures.recorder import Recorder
from steps.screens import BrowserSettingsGuide, ManualLookup, Screens
from steps.screens.settings import SettingsPages, settings_map
from steps.wording import column, sentence

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
    if not isinstance(account.presenting, ByProfile):
        fail("ブラウザの設定が残る", "このブラウザでは設定が残りません")
    account.presenting.preset(*settings_map(is_edge=is_edge).kept(name, state))


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


@given("本システムは、アクセスするとログイン画面を新しいウィンドウで開く")
def opens_own_window(portal: PortalUnderTest) -> None:
    """The portal was started with --own-window."""
    portal.simulator.portal.own_window = True


@when("デスクトップのショートカットから本システムにアクセスする")
def access_by_shortcut(accounts: Accounts) -> None:
    """Open the portal in a window of the browser that has shown nothing before (BRW-12)."""
    accounts.current.open_shortcut()


@then("ブラウザのウィンドウが閉じてしまう")
def window_is_gone(accounts: Accounts) -> None:
    """The window in which the portal was accessed is closed, and no other one has opened."""
    expect_that(not accounts.current.has_window, "ブラウザのウィンドウが閉じる", "開いています")


@then(sentence("新しいウィンドウに「{title}」画面が表示される"))
def shown_in_own_window(accounts: Accounts, screens: Screens, title: str) -> None:
    """The portal has opened a window for itself."""
    accounts.current.go_on_in_own_window()
    screens.titled(title).should_be_shown()


@when(sentence("ブラウザの設定で「{name}」の許可の欄に「{site}」を追加する"))
def allow_site(open_settings: OpenSettings, name: str, site: str) -> None:
    """Add a site to an allow list (BRW-10)."""
    open_settings().allow(name, site)


@then(sentence("「{name}」の許可の欄に「{site}」が表示される"))
def site_allowed(open_settings: OpenSettings, name: str, site: str) -> None:
    """The allow list whose page is open has this site (BRW-11)."""
    open_settings().should_allow(name, site)


@when(sentence("「{title}」のPDFを開く"))
def open_pdf(screens: Screens, title: str) -> None:
    """Press PDF表示, whatever the browser makes of it."""
    screens.the(ManualLookup).press_view(title)


@then("PDFはブラウザのウィンドウの中に表示される")
def pdf_in_window(accounts: Accounts) -> None:
    """The browser's own viewer has it, and nothing was downloaded."""
    page = accounts.current.go_on_in_own_window()
    page.wait_for_load_state()
    expect_equal("ウィンドウに表示されたものの種類", "application/pdf", page.evaluate("document.contentType"))
    expect_that(not accounts.current.has_downloads, "ファイルはダウンロードされない", "ダウンロードされました")


@then(sentence("PDFはブラウザの中に表示されず、ダウンロードフォルダに「{name}」が保存される"))
def pdf_in_folder(accounts: Accounts, name: str) -> None:
    """The file arrived in the download folder (PDF-03)."""
    expect_equal("保存されたファイルの名前", name, accounts.current.downloaded_file().name)


@then("次の設定の案内がある")
def settings_explained(screens: Screens, datatable: list[list[str]]) -> None:
    """The portal explains these settings step by step: 設定."""
    screens.the(BrowserSettingsGuide).should_explain(column(datatable))
