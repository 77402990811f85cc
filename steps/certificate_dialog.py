"""The browser's own dialog for choosing a certificate, on a real screen (ACC-03 to ACC-09)."""

from __future__ import annotations

import pytest
from pytest_bdd import then, when

from fixtures.logon_account import Accounts
from fixtures.recorder import Recorder
from steps.screens.browser_screen import BrowserScreen
from steps.wording import column, sentence


@pytest.fixture
def browser_screen(accounts: Accounts, recorder: Recorder) -> BrowserScreen:
    """What the browser shows on the real screen beside its pages."""
    return BrowserScreen(accounts, recorder)


@when(sentence("ブラウザを起動し、アドレスバーに「{address}」と入力して開く"))
def access_by_hand(accounts: Accounts, browser_screen: BrowserScreen, address: str) -> None:
    """Start the browser, type the address and press the return key (ACC-03)."""
    accounts.current.start_browser()
    browser_screen.go(address)


@then(sentence("「証明書の選択」ダイアログが表示される"))
def dialog_shown(browser_screen: BrowserScreen) -> None:
    """The browser asks which certificate is to be used."""
    browser_screen.certificate_dialog.wait()


@then("「証明書の選択」ダイアログで次の電子証明書を選べる")
def offered(browser_screen: BrowserScreen, datatable: list[list[str]]) -> None:
    """These are exactly the certificates in the list, from above."""
    names = [certificate.name for certificate in browser_screen.certificate_dialog.offered()]
    assert names == column(datatable)


@when(sentence("「証明書の選択」ダイアログで電子証明書「{name}」を選んで「OK」を押す"))
def choose(browser_screen: BrowserScreen, name: str) -> None:
    """Go to a certificate with the arrow keys and press OK by the return key."""
    browser_screen.choose_certificate(name)


@then(sentence("アドレスバーに「{address}」と表示されている"))
def address_shown(browser_screen: BrowserScreen, address: str) -> None:
    """What the browser's address bar says."""
    assert browser_screen.address == address
