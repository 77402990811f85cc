"""Downloads, imports and windows of a browser on a real screen (CRT-32, CRT-39, LGO-03)."""

from __future__ import annotations

from contextlib import suppress

from pytest_bdd import given, then, when

from fixtures.certificates.by_dialog import ByDialog
from fixtures.expectation import expect_equal
from fixtures.logon_account import Accounts, WrongPassword
from steps.screens.browser_screen import BrowserScreen
from steps.wording import sentence


@given("ダウンロード前に各ファイルの保存場所を確認するように、ブラウザが設定されている")
def asks_every_time(by_dialog: ByDialog) -> None:
    """Every download is asked about (BRW-13)."""
    by_dialog.preferences["download"] = {"prompt_for_download": True}


@then(sentence("ブラウザの右上に「{name}」のダウンロードの通知が表示される"))
def bubble_shown(browser_screen: BrowserScreen, name: str) -> None:
    """The browser tells that this file has come (CRT-32)."""
    browser_screen.should_tell_of_download(name)


@then("「ファイルを保存」ダイアログが表示される")
def asked_where(browser_screen: BrowserScreen) -> None:
    """The browser asks where the file goes (CRT-32)."""
    browser_screen.save_dialog.wait()


@when("「ファイルを保存」ダイアログで「保存」を押す")
def save(browser_screen: BrowserScreen) -> None:
    """Take the name and the folder that the dialog suggests."""
    browser_screen.save_dialog.save()


@when("「ファイルを保存」ダイアログで「キャンセル」を押す")
def cancel(browser_screen: BrowserScreen) -> None:
    """Do without the file (CRT-36)."""
    browser_screen.save_dialog.wait()
    browser_screen.save_dialog.cancel()


@then(sentence("ダウンロードフォルダに「{name}」がある"))
def in_folder(accounts: Accounts, name: str) -> None:
    """The newest file of the download folder is this one."""
    expect_equal("ダウンロードしたファイルの名前", name, accounts.current.downloaded_file().name)


@then("ダウンロードフォルダにファイルはない")
def folder_empty(accounts: Accounts) -> None:
    """Nothing has been saved."""
    expect_equal("ダウンロードフォルダーのファイル", [], [file.name for file in accounts.current.folder.glob("*")])


@when("ブラウザの右上の「×」を押す")
def close_by_frame(browser_screen: BrowserScreen) -> None:
    """Close the browser by the button of its frame (CRT-39, LGO-03)."""
    browser_screen.close_by_frame()


@then("ブラウザのウィンドウは残っていない")
def no_window(browser_screen: BrowserScreen) -> None:
    """Nothing of the browser is on the screen."""
    browser_screen.should_have_no_window()


@when(sentence("ブラウザの証明書マネージャで、ダウンロードしたファイルをパスワード「{password}」でインポートする"))
def import_by_browser(accounts: Accounts, by_dialog: ByDialog, browser_screen: BrowserScreen, password: str) -> None:
    """Import the newest file of the download folder in a window of its own, without the operating system's help."""
    file = accounts.current.downloaded_file()
    accounts.current.open_window()
    browser_screen.certificate_manager.open()
    browser_screen.certificate_manager.import_file(file, password)
    with suppress(WrongPassword):
        by_dialog.store.take_note(file.read_bytes(), password)


@then(sentence("証明書マネージャに「{name}」が表示される"))
def listed(browser_screen: BrowserScreen, name: str) -> None:
    """The browser knows this certificate."""
    browser_screen.certificate_manager.should_list(name)


@then(sentence("証明書マネージャに「{text}」と表示され、証明書はない"))
def refused(browser_screen: BrowserScreen, text: str) -> None:
    """The browser tells why it imported nothing."""
    browser_screen.certificate_manager.should_refuse(text)
