"""Ways from the portal to the desk and back: downloads, the import wizard, browsers of the PC, cures."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import TimeoutError as WaitedTooLong
from pytest_bdd import given, then, when

from fixtures.expectation import expect_that, fail, there_are
from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from simulator.desk import downloads_window
from steps.arrival import Arrival
from steps.outputs import confirm_printing
from steps.screens import Screens
from steps.states import PASSWORD
from steps.windows_desk import WindowsDesk
from steps.wording import sentence

CLOSING_MILLISECONDS = 10_000


@when("ダウンロードされたファイルを見る")
def look_at_download(windows_desk: WindowsDesk, accounts: Accounts) -> None:
    """The file has come: what Windows shows then is what was set (CRT-32, BRW-13)."""
    accounts.current.downloaded_file()
    windows_desk.open(downloads_window(windows_desk.account))


@given(sentence("ダウンロードした電子証明書のインポートウィザードを「{heading}」まで進めている"))
def wizard_at(windows_desk: WindowsDesk, accounts: Accounts, heading: str) -> None:
    """The wizard was gone through as far as this page, with the password of the Given steps (IMP-01 to IMP-06)."""
    accounts.current.downloaded_file()
    window, passed = windows_desk.do("download_prompt", "open"), list[str]()
    while (shown := windows_desk.catalogue.window(window).heading) != heading:
        if shown in passed or "next" not in {part.key for part in windows_desk.catalogue.window(window).walk()}:
            fail(f"インポートウィザードに「{heading}」がある", f"{there_are(passed)}（パスワードは {PASSWORD}）")
        passed.append(shown)
        window = windows_desk.do(window, "next", password=PASSWORD, extended="on")
    windows_desk.open(window)


@given("ダウンロードした電子証明書をインポートウィザードでインポートしている")
def wizard_done(windows_desk: WindowsDesk, accounts: Accounts) -> None:
    """The wizard has been gone through, and the certificate is in the store (IMP-10)."""
    wizard_at(windows_desk, accounts, windows_desk.catalogue.window("wizard_finish").heading)
    windows_desk.do("wizard_finish", "finish")
    windows_desk.do("wizard_warning", "yes")


@given(sentence("ユーザー「{user_id}」が財形積立明細書を印刷している"))
def printed(arrival: Arrival, accounts: Accounts, screens: Screens, user_id: str) -> None:
    """A list was chosen, and the question answered with OK: its file is coming down (PDF-09)."""
    arrival.logged_in_at("list_output", user_id)
    screens.on("list_output").submit("print")
    confirm_printing(accounts, screens)


@given(sentence("ダウンロードフォルダにCSVファイル「{name}」がある"))
def file_there(accounts: Accounts, name: str) -> None:
    """A file of two lines, as Windows programs write it."""
    folder = accounts.current.folder
    folder.mkdir(exist_ok=True)
    (folder / name).write_text('"番号","氏名"\n"100001","労金　太郎"\n', encoding="cp932")


@when("ダウンロードフォルダのファイルをダブルクリックする")
def double_click(windows_desk: WindowsDesk) -> None:
    """Open the newest file (CRT-34)."""
    windows_desk.windows.double_click_file()


@when("ダウンロードフォルダのファイルを右クリックして「開く」を選ぶ")
def open_by_menu(windows_desk: WindowsDesk) -> None:
    """Open the newest file by its menu (CRT-34)."""
    windows_desk.windows.open_file_by_menu()


@when("本システムの画面に戻る")
def return_to_portal(accounts: Accounts) -> None:
    """Leave the desk, and go on in the portal's window, which stayed open (CRT-31)."""
    accounts.current.close_window()


@when("このパソコンのブラウザで本システムにアクセスする")
def browse(windows_desk: WindowsDesk) -> None:
    """Open the portal in a browser that is set as the desk says (BRW-12, BRW-23)."""
    windows_desk.browse()


@when(sentence("このパソコンのブラウザで本システムの「{label}」を押す"))
def browse_and_press(windows_desk: WindowsDesk, screens: Screens, label: str) -> None:
    """Open the portal in such a browser, and press a button of its top screen."""
    windows_desk.browse()
    screens.current().press(label)


@when("選んだとおりに本システムにアクセスする")
def browse_as_chosen(windows_desk: WindowsDesk, accounts: Accounts, portal: PortalUnderTest) -> None:
    """Go on with the certificate that was chosen in the dialog, or with none (ACC-03)."""
    accounts.current.start_browser(windows_desk.account.chosen).goto(portal.url)


@when("「信頼済みサイト」に本システムのURLを登録する")
def register_trusted(windows_desk: WindowsDesk) -> None:
    """The cure (BRW-21, IEM-12)."""
    windows_desk.register_site("trusted_sites", "add")


@when("「サイトの追加」に本システムのURLを登録する")
def register_popups(windows_desk: WindowsDesk) -> None:
    """The cure (BRW-10)."""
    windows_desk.register_site("edge_add_site", "add")


@when("「ポップアップブロックの設定」に本システムのURLを登録する")
def register_ie_popups(windows_desk: WindowsDesk) -> None:
    """The cure (IEM-09)."""
    windows_desk.register_site("popup_settings", "add")


@when("ルート証明書をインストールする")
def install_root(windows_desk: WindowsDesk) -> None:
    """The cure (ACC-12)."""
    windows_desk.press("root_certificate", "install")


@then("ブラウザのウィンドウは閉じている")
def window_closed(accounts: Accounts) -> None:
    """Nothing of the browser is left (BRW-12)."""
    current = accounts.current
    if current.has_window:
        with suppress(WaitedTooLong):
            current.page.wait_for_event("close", timeout=CLOSING_MILLISECONDS)
    expect_that(not current.has_window, "ブラウザのウィンドウは閉じている", "開いています")
