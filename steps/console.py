"""A clerk of the labour bank at the console, in a browser of their own."""

from __future__ import annotations

import pytest
from pytest_bdd import given, then, when

from fixtures.logon_account import Accounts
from fixtures.portal import ANNOUNCED_URL, PortalUnderTest
from fixtures.recorder import Recorder
from steps.screens.console import Console
from steps.wording import pairs, sentence

CLERK, USER = "労金の担当者", "利用者"


class Desk:
    """The clerk's place: another logon account, whose browser shows the console."""

    def __init__(self, accounts: Accounts, portal: PortalUnderTest, recorder: Recorder) -> None:
        self._accounts = accounts
        self._portal = portal
        self._recorder = recorder

    def sit_down(self) -> Console:
        """Go on at the clerk's place; the console is opened the first time."""
        account = self._accounts.use(CLERK)
        if not account.has_window:
            account.start_browser().goto(self._portal.endpoints.office)
        return self.console

    @property
    def console(self) -> Console:
        """The console in the clerk's window."""
        return Console(self._accounts.use(CLERK).page, self._recorder)


@pytest.fixture
def desk(accounts: Accounts, portal: PortalUnderTest, recorder: Recorder) -> Desk:
    """The clerk's place."""
    return Desk(accounts, portal, recorder)


@given("労金の担当者が事務コンソールを開いている")
def open_console(desk: Desk) -> None:
    """Open the console."""
    desk.sit_down()


@given(sentence("労金の担当者が事務コンソールで契約「{number}」を開いている"))
@when(sentence("労金の担当者が事務コンソールで契約「{number}」を開く"))
def open_contract(desk: Desk, number: str) -> None:
    """Open a contract's page."""
    desk.sit_down().open_contract(number)


@when(sentence("担当者が「{menu}」のページに次のとおり入力して「{button}」を押す"))
def fill_page(desk: Desk, menu: str, button: str, datatable: list[list[str]]) -> None:
    """Choose from the menu, fill in the page's form (項目 and 値), press its button."""
    desk.console.choose_menu(menu)
    for label, value in pairs(datatable):
        desk.console.fill(label, value)
    desk.console.press(button)


@when(sentence("担当者が「{button}」を押す"))
def press(desk: Desk, button: str) -> None:
    """Press a button of the page."""
    desk.console.press(button)


@when(sentence("担当者が加入者数「{workers}」で財形データを送信する"))
def send_savings_data(desk: Desk, workers: str) -> None:
    """Send the data of the next month (INF-02)."""
    desk.console.fill("加入者数", workers)
    desk.console.press("送信")


@when(sentence("担当者が理由「{reason}」を選んで「{button}」を押す"))
def confirm(desk: Desk, reason: str, button: str) -> None:
    """Confirm an operation that cannot be taken back."""
    desk.console.fill("理由", reason)
    desk.console.press(button)


@then(sentence("コンソールに「{text}」と結果が表示される"))
def reported(desk: Desk, text: str) -> None:
    """The line that tells what was done."""
    desk.console.should_report(text)


@then(sentence("コンソールに「{text}」と表示される"))
def shown(desk: Desk, text: str) -> None:
    """The page says this somewhere."""
    desk.console.should_show(text)


@then(sentence("コンソールに「{text}」とは表示されない"))
def not_shown(desk: Desk, text: str) -> None:
    """The page says this nowhere."""
    desk.console.should_not_show(text)


@then("コンソールに次の内容が表示される")
def rows_shown(desk: Desk, datatable: list[list[str]]) -> None:
    """Rows of data: 項目 and 値."""
    for label, value in pairs(datatable):
        desk.console.should_have_row(label, value)


@when("利用者の席に戻る")
def back_to_user(accounts: Accounts) -> None:
    """Go on at the user's PC."""
    accounts.use(USER)


@then("コンソールに、お知らせするポータルのURLが表示される")
def address_shown(desk: Desk) -> None:
    """The page names the portal's address as it is announced (ROK-02)."""
    desk.console.should_show(f"{ANNOUNCED_URL}/")
