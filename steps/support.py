"""The pages linked at the foot of every page, and what a browser calls itself (ENV, LGN-16)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from steps.screens import Screens
from steps.wording import pairs, sentence

# What real browsers send; the simulated Windows has none of them.
USER_AGENTS = {
    "Microsoft Edge": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Microsoft Edge（IE モード）": "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
    "スマートフォンのブラウザ": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0.0.0",
}


@given(sentence("「{browser}」で本システムにアクセスしている"))
def access_by(accounts: Accounts, portal: PortalUnderTest, browser: str) -> None:
    """Open the portal with a browser that calls itself like this one."""
    page = accounts.current.start_browser()
    page.context.set_extra_http_headers({"User-Agent": USER_AGENTS[browser]})
    page.goto(portal.url)


@when(sentence("画面の下の「{label}」を開く"))
def open_at_foot(accounts: Accounts, screens: Screens, label: str) -> None:
    """Open a page that every page links; it comes in a window of its own."""
    screen = screens.current()
    accounts.current.go_on_in_window_opened_by(lambda: screen.open_at_foot(label))


@when(sentence("ご注意の「{label}」を開く"))
def open_in_note(accounts: Accounts, screens: Screens, label: str) -> None:
    """Open what a note of the screen links, in a window of its own."""
    screen = screens.current()
    accounts.current.go_on_in_window_opened_by(lambda: screen.open_in_note(label))


@then(sentence("「{heading}」の欄に次の内容が表示される"))
def rows_shown_under(screens: Screens, heading: str, datatable: list[list[str]]) -> None:
    """Rows of data under a heading: 項目 and 値, which may be a part of what is shown."""
    for label, value in pairs(datatable):
        screens.current().should_show_under(heading, label, value)


@then("画面の下に案内はない")
def nothing_at_foot(screens: Screens) -> None:
    """The page links nothing at its foot, as while the portal is shut."""
    screens.current().should_link_nothing_at_foot()
