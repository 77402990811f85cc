"""Several windows, the browser's memory, and addresses typed by hand (LGT-16)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Cookie
from pytest_bdd import when

from fixtures.logon_account import Accounts


@pytest.fixture
def kept_cookies() -> list[Cookie]:
    """Cookies put aside."""
    return []


@when("同じ画面をもう一つのウィンドウでも開く")
def open_same_screen(accounts: Accounts) -> None:
    """Open the screen once more, and go on in the new window."""
    address = accounts.current.page.url
    accounts.current.open_window().goto(address)


@when("はじめのウィンドウに戻る")
def return_to_first_window(accounts: Accounts) -> None:
    """Go on in the first window, where the old page still stands."""
    accounts.current.switch_window()


@when("ブラウザのCookieを控えておく")
def keep_cookies(accounts: Accounts, kept_cookies: list[Cookie]) -> None:
    """Put aside what the browser would show the portal to be known again."""
    kept_cookies.extend(accounts.current.page.context.cookies())


@when("控えておいたCookieをブラウザに戻す")
def restore_cookies(accounts: Accounts, kept_cookies: list[Cookie]) -> None:
    """Show the portal what it gave out before."""
    accounts.current.page.context.add_cookies([dict(cookie) for cookie in kept_cookies])  # type: ignore[misc]
