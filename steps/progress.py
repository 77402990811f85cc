"""Given steps that take a registered user through the screens to where the scenario begins."""

from __future__ import annotations

import pytest
from pytest_bdd import given

from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from simulator.mail import Mailbox
from steps.mail import newest_code
from steps.screens import Screens
from steps.states import PASSWORD, address_of
from steps.wording import sentence


class Way:
    """Walks from the login top screen to a screen, as the manual tells."""

    def __init__(self, accounts: Accounts, portal: PortalUnderTest, screens: Screens, mailbox: Mailbox) -> None:
        self._accounts = accounts
        self._portal = portal
        self._screens = screens
        self._mailbox = mailbox

    def to_user_authentication(self) -> None:
        """Start the browser and press the top screen's 電子証明書発行."""
        self._accounts.current.start_browser().goto(self._portal.url)
        self._go("電子証明書発行", "電子証明書発行 ユーザー認証")

    def to_code_entry(self, user_id: str) -> None:
        """Pass user authentication."""
        self.to_user_authentication()
        self._screens.current().fill("ユーザーID", user_id)
        self._screens.current().fill("パスワード", PASSWORD)
        self._go("認証", "認証コード入力")

    def to_issue(self, user_id: str) -> None:
        """Enter the mailed code."""
        self.to_code_entry(user_id)
        self._screens.current().fill_only(newest_code(self._mailbox, address_of(user_id)))
        self._go("認証", "電子証明書発行")

    def to_result(self, user_id: str) -> None:
        """Have the certificate issued."""
        self.to_issue(user_id)
        self._go("発行", "電子証明書発行結果")

    def to_login(self, user_id: str) -> None:
        """Choose the user's certificate and press the top screen's ログイン."""
        account = self._accounts.current
        account.start_browser(account.store.newest_of(user_id)).goto(self._portal.url)
        self._go("ログイン", "ログイン")

    def to_information(self, user_id: str) -> None:
        """Log in."""
        self.to_login(user_id)
        self._screens.current().fill("パスワード", PASSWORD)
        self._go("ログイン", "インフォメーション")

    def _go(self, button: str, title: str) -> None:
        self._screens.current().press(button)
        self._screens.titled(title).should_be_shown()


@pytest.fixture
def way(accounts: Accounts, portal: PortalUnderTest, screens: Screens, mailbox: Mailbox) -> Way:
    """The way through the screens."""
    return Way(accounts, portal, screens, mailbox)


@given("「電子証明書発行 ユーザー認証」画面を開いている")
def at_user_authentication(way: Way) -> None:
    """The user authentication screen is shown."""
    way.to_user_authentication()


@given(sentence("ユーザー「{user_id}」が「{title}」画面まで進んでいる"))
def at_screen(way: Way, user_id: str, title: str) -> None:
    """A user has come as far as this screen."""
    ways = {
        "認証コード入力": way.to_code_entry,
        "電子証明書発行": way.to_issue,
        "電子証明書発行結果": way.to_result,
        "ログイン": way.to_login,
        "インフォメーション": way.to_information,
    }
    ways[title](user_id)
