"""Several windows, the browser's memory, and addresses typed by hand (LGT-16)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Cookie
from pytest_bdd import then, when

from fixtures.expectation import expect_equal
from fixtures.logon_account import Accounts
from steps.wording import pairs


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


@then("ブラウザのCookieの守られ方は次のとおりである")
def cookies_guarded(accounts: Accounts, datatable: list[list[str]]) -> None:
    """How the browser guards what it was given: 項目 and 値."""
    cookies = accounts.current.page.context.cookies()
    actual = [_guards(cookie) for cookie in cookies]
    expect_equal("ブラウザのCookie", [dict(pairs(datatable))], actual)


def _guards(cookie: Cookie) -> dict[str, str]:
    answers = {
        "暗号化された通信でだけ送る": cookie.get("secure"),
        "スクリプトから読めない": cookie.get("httpOnly"),
        "ほかのサイトからは送られない": cookie.get("sameSite") == "Strict",
    }
    lasts = "ブラウザを閉じるまで" if cookie.get("expires") == -1 else "ブラウザを閉じたあとも残る"
    return {name: "はい" if answer else "いいえ" for name, answer in answers.items()} | {"期限": lasts}
