"""Starting the browser, choosing a certificate, opening the portal (ACC)."""

from __future__ import annotations

from playwright.sync_api import Error
from pytest_bdd import given, then, when

from fixtures.expectation import expect_equal, expect_that, fail
from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from simulator.catalogue import Catalogue
from steps.screens.screen_parts import known_screen
from steps.wording import sentence


@given("ブラウザで本システムにアクセスしている")
@when("ブラウザを起動して本システムにアクセスする")
def access(accounts: Accounts) -> None:
    """Start the browser without a certificate and open the portal (ACC-01)."""
    account = accounts.current
    account.start_browser().goto(account.address)


@when(sentence("電子証明書「{name}」を選択して本システムにアクセスする"))
def access_with(accounts: Accounts, portal: PortalUnderTest, name: str) -> None:
    """Start the browser anew, choose this certificate and open the portal (ACC-03)."""
    accounts.current.start_browser(name).goto(portal.url)


@given(sentence("ユーザー「{user_id}」の電子証明書を選択してアクセスしている"))
@when(sentence("ユーザー「{user_id}」の電子証明書を選択して本システムにアクセスする"))
def access_as(accounts: Accounts, portal: PortalUnderTest, user_id: str) -> None:
    """Choose the newest certificate of a user (ACC-04)."""
    account = accounts.current
    account.start_browser(account.store.newest_of(user_id)).goto(portal.url)


@when("ブラウザを起動してhttpsのsを付けずにアクセスする")
def access_without_tls(accounts: Accounts, portal: PortalUnderTest) -> None:
    """Type the address with http instead of https (ACC-02)."""
    page = accounts.current.start_browser()
    try:
        page.goto(portal.url.replace("https:", "http:"))
    except Error:
        return  # the browser shows its own page; what is seen is for the Then step to say


@then("本システムの画面は表示されない")
def no_portal(accounts: Accounts) -> None:
    """Check that no screen of the portal is shown."""
    expect_equal("本システムの画面", "表示されない", accounts.current.screen()[1] or "表示されない")


@then("通信は暗号化されている")
def encrypted(accounts: Accounts) -> None:
    """What the browser says of the connection when the screen is loaded again."""
    answer = accounts.current.page.reload()
    details = answer and answer.security_details()
    protocol = details.get("protocol") if details else "暗号化されていません"
    expect_that(protocol in {"TLS 1.2", "TLS 1.3"}, "通信は TLS 1.2 か 1.3 で暗号化されている", str(protocol))


@when("開いているウィンドウをすべて閉じる")
def close_windows(accounts: Accounts) -> None:
    """Close the browser."""
    accounts.current.close_browser()


@given(sentence("Windowsのログオンアカウント「{name}」でサインインしている"))
@when(sentence("Windowsのログオンアカウント「{name}」に切り替える"))
def switch_account(accounts: Accounts, name: str) -> None:
    """Go on under another logon account, which has a certificate store of its own (CRT-03)."""
    accounts.use(name)


@when(sentence("「{title}」画面のURLを直接開く"))
def open_directly(accounts: Accounts, portal: PortalUnderTest, catalogue: Catalogue, title: str) -> None:
    """Jump to a screen by its address."""
    path = known_screen(catalogue, title).path
    if path is None:
        fail(f"「{title}」画面が自分のURLを持つ", "持ちません")
    accounts.current.page.goto(portal.url.rstrip("/") + path)


@when("本システムにない画面のURLを開く")
def open_unknown(accounts: Accounts, portal: PortalUnderTest) -> None:
    """Mistype the address behind the host's name."""
    accounts.current.start_browser().goto(portal.url.rstrip("/") + "/no-such-screen")


@when("ブラウザの「戻る」ボタンを押す")
def go_back(accounts: Accounts) -> None:
    """Use the browser's own back button (LGT-16)."""
    accounts.current.page.go_back()


@when("ブラウザの「進む」ボタンを押す")
def go_forward(accounts: Accounts) -> None:
    """Use the browser's own forward button (LGT-16)."""
    accounts.current.page.go_forward()
