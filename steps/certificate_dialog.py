"""The browser's own dialog for choosing a certificate, on a real screen (ACC-03 to ACC-11)."""

from __future__ import annotations

import pytest
from pytest_bdd import given, then, when

from fixtures.certificates.by_dialog import ByDialog
from fixtures.logon_account import Accounts
from fixtures.recorder import Recorder
from steps.screens.browser_screen import BrowserScreen, presented_by_dialog
from steps.screens.seeing import see
from steps.wording import column, sentence


@pytest.fixture
def browser_screen(accounts: Accounts, recorder: Recorder) -> BrowserScreen:
    """What the browser shows on the real screen beside its pages."""
    return BrowserScreen(accounts, recorder)


@pytest.fixture
def by_dialog(accounts: Accounts) -> ByDialog:
    """The browser settings and the certificate store of the current logon account."""
    return presented_by_dialog(accounts.current)


@given("電子証明書が自動で選ばれるように、ブラウザが設定されている")
def selects_automatically(by_dialog: ByDialog) -> None:
    """The browser takes a certificate without asking (ACC-08)."""
    by_dialog.select_automatically()


@given("パソコンにルート証明書が入っていない")
def no_root_certificate(by_dialog: ByDialog) -> None:
    """The authority of the portal's own certificate is unknown on this PC (ACC-11)."""
    by_dialog.store.forget_authority()


@when("ルート証明書をパソコンにインポートする")
def import_root_certificate(by_dialog: ByDialog) -> None:
    """Make the authority known (ACC-12)."""
    by_dialog.store.trust_authority()


@when(sentence("ブラウザを起動し、アドレスバーに「{address}」と入力して開く"))
def access_by_hand(accounts: Accounts, browser_screen: BrowserScreen, address: str) -> None:
    """Start the browser, type the address and press the return key (ACC-03)."""
    accounts.current.start_browser()
    browser_screen.go(address)


@then("「証明書の選択」ダイアログが表示される")
def asked(browser_screen: BrowserScreen) -> None:
    """The browser asks which certificate is to be used."""
    browser_screen.should_ask()


@then(sentence("「証明書の選択」ダイアログに「{text}」と書かれている"))
def asked_with(browser_screen: BrowserScreen, text: str) -> None:
    """The dialog says this."""
    browser_screen.should_ask_with(text)


@then("「証明書の選択」ダイアログは表示されない")
def not_asked(browser_screen: BrowserScreen) -> None:
    """The page comes without a question."""
    browser_screen.should_not_ask()


@then("「証明書の選択」ダイアログで次の電子証明書を選べる")
def offered(browser_screen: BrowserScreen, datatable: list[list[str]]) -> None:
    """These are exactly the certificates in the list, from above."""
    browser_screen.should_offer(column(datatable))


@when(sentence("「証明書の選択」ダイアログで電子証明書「{name}」を選んで「OK」を押す"))
def choose(browser_screen: BrowserScreen, name: str) -> None:
    """Go to a certificate with the arrow keys and press OK by the return key."""
    browser_screen.choose_certificate(name)


@when("「証明書の選択」ダイアログで「キャンセル」を押す")
def cancel(browser_screen: BrowserScreen) -> None:
    """Go on without a certificate."""
    browser_screen.cancel_certificate()


@then(sentence("アドレスバーに「{address}」と表示されている"))
def address_shown(browser_screen: BrowserScreen, address: str) -> None:
    """What the browser's address bar says."""
    browser_screen.should_have_address(address)


@then(sentence("ブラウザが「{text}」と知らせる"))
def browser_tells(accounts: Accounts, text: str) -> None:
    """The browser's own page in the portal's place says this."""
    see("ブラウザの知らせ", accounts.current.page.locator("body")).contains(text)
