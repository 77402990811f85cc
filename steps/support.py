"""The pages linked at the foot of every page, and what a browser calls itself (ENV, LGN-16)."""

from __future__ import annotations

from operator import itemgetter

from pytest_bdd import given, then, when

from fixtures.expectation import the_one
from fixtures.logon_account import Accounts
from fixtures.personas import manner_of
from steps.screens import Environment, Screens
from steps.wording import pairs, sentence

VERDICTS = {"利用できる": True, "利用できると確認できない": False}


@given(sentence("{system}の「{browser}」で本システムにアクセスしている"))
def access_by(accounts: Accounts, system: str, browser: str) -> None:
    """Open the portal with a browser that calls itself like this one on this system."""
    account = accounts.current
    account.manner |= manner_of(system, browser)
    account.start_browser().goto(account.address)


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


@then(sentence("お使いの環境は「{verdict}」と表示される"))
def judged(screens: Screens, verdict: str) -> None:
    """ご利用環境 tells whether what the person uses is supported."""
    _, is_supported = the_one("お使いの環境の判定", verdict, VERDICTS.items(), itemgetter(0))
    screens.the(Environment).should_judge(is_supported=is_supported)
