"""The simulated Windows desk: import wizard, Internet Options, settings, viewers (BRW, IEM, PDF, IMP)."""

from __future__ import annotations

import pytest
from pytest_bdd import given, then, when

from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from fixtures.recorder import Recorder
from simulator.catalogue.desk_windows import DeskCatalogue, load_desk
from simulator.desk import DeskAccount, FolderOnDisk
from steps.screens.desk import DeskWindows
from steps.wording import column, sentence


class WindowsDesk:
    """The desk of the current logon account; it is drawn in a browser window of its own."""

    def __init__(self, accounts: Accounts, portal: PortalUnderTest, recorder: Recorder) -> None:
        self._accounts = accounts
        self._portal = portal
        self._recorder = recorder

    @property
    def catalogue(self) -> DeskCatalogue:
        """All windows."""
        return load_desk()

    @property
    def account(self) -> DeskAccount:
        """What the current logon account has set; its folder and its certificates are the bench's own."""
        current = self._accounts.current
        return self._portal.simulator.desk.sign_in(current.name, FolderOnDisk(current.folder), current.store)

    @property
    def windows(self) -> DeskWindows:
        """What is shown."""
        return DeskWindows(self._accounts.current.page, self.catalogue, self._recorder)

    def open(self, key: str) -> DeskWindows:
        """Look at a window of the desk; the portal's windows stay open."""
        current = self._accounts.current
        page = current.open_window() if current.has_window else current.start_browser()
        page.goto(f"{self._portal.simulator.desk.get_address()}/{self.account.path}/{key}")
        return self.windows


@pytest.fixture
def windows_desk(accounts: Accounts, portal: PortalUnderTest, recorder: Recorder) -> WindowsDesk:
    """The desk of the current logon account."""
    return WindowsDesk(accounts, portal, recorder)


@given(sentence("パソコンのOSは「{system}」である"))
def has_system(windows_desk: WindowsDesk, system: str) -> None:
    """Which Windows it is (IEM-04)."""
    states = windows_desk.catalogue.settings["os"].states
    windows_desk.account.values["os"] = {label: value for value, label in states.items()}[system]


@given(sentence("ブラウザは「{mode}」である"))
def uses_browser(windows_desk: WindowsDesk, mode: str) -> None:
    """Edge, or Edge in IE mode (ENV-02)."""
    states = windows_desk.catalogue.settings["mode"].states
    windows_desk.account.values["mode"] = {label: value for value, label in states.items()}[mode]


@given("Windowsのデスクトップが表示されている")
def at_desktop(windows_desk: WindowsDesk) -> None:
    """Nothing is open."""
    windows_desk.open("desktop")


@given(sentence("デスクトップで「{label}」を開いている"))
@when(sentence("デスクトップで「{label}」を開く"))
def program_open(windows_desk: WindowsDesk, label: str) -> None:
    """A program was started."""
    program = {program.label: program for program in windows_desk.catalogue.programs}[label]
    windows_desk.account.values.update(program.sets)
    windows_desk.open(program.leads_to)


@when("ダウンロードウィンドウを見る")
def look_at_download(windows_desk: WindowsDesk, accounts: Accounts) -> None:
    """The file has come, and Windows asks what to do with it (CRT-32)."""
    accounts.current.downloaded_file()
    windows_desk.open("download_prompt")


@given("ダウンロードした電子証明書をインポートウィザードで開いている")
def wizard_open(windows_desk: WindowsDesk, accounts: Accounts) -> None:
    """The wizard has begun (IMP-01)."""
    look_at_download(windows_desk, accounts)
    windows_desk.windows.press(windows_desk.catalogue.window("download_prompt").part("open").label)


@when(sentence("インポートウィザードを「{heading}」まで進める"))
def go_through_wizard(windows_desk: WindowsDesk, heading: str) -> None:
    """Press 次へ until this page is shown; where a password is asked for, it is that of a Given step."""
    while (window := windows_desk.windows.current).heading != heading:
        if window.key == "wizard_key":
            windows_desk.windows.fill(window.part("password").label, "Abcd#123")
            windows_desk.windows.tick(window.part("extended").label, is_ticked=True)
        windows_desk.windows.press(window.part("next").label)


@when("本システムの画面に戻る")
def return_to_portal(accounts: Accounts) -> None:
    """Leave the desk, and go on in the portal's window, which stayed open (CRT-31)."""
    accounts.current.close_window()


@when("ダウンロードフォルダのファイルをダブルクリックする")
def double_click(windows_desk: WindowsDesk) -> None:
    """Open the newest file (CRT-34)."""
    windows_desk.windows.double_click_file()


@when("ダウンロードフォルダのファイルを右クリックして「開く」を選ぶ")
def open_by_menu(windows_desk: WindowsDesk) -> None:
    """Open the newest file by its menu (CRT-34)."""
    windows_desk.windows.open_file_by_menu()


@when(sentence("タスクバーの「{label}」を押す"))
def press_taskbar(windows_desk: WindowsDesk, label: str) -> None:
    """Press a button of the taskbar."""
    windows_desk.windows.press_taskbar(label)


@when(sentence("Windowsの「検索」で「{text}」と検索する"))
def search(windows_desk: WindowsDesk, text: str) -> None:
    """Look for a program (BRW-19, IEM-01)."""
    windows_desk.windows.search(text)


@when(sentence("一覧から「{label}」を開く"))
def start_program(windows_desk: WindowsDesk, label: str) -> None:
    """Start a program that is listed."""
    windows_desk.windows.start_program(label)


@when(sentence("ウィンドウの「{label}」を押す"))
def press(windows_desk: WindowsDesk, label: str) -> None:
    """Press something in the window."""
    windows_desk.windows.press(label)


@when(sentence("ウィンドウの「{label}」に切り替える"))
def turn_to(windows_desk: WindowsDesk, label: str) -> None:
    """Turn to a tab, or to an entry at the left."""
    windows_desk.windows.turn_to(label)


@when(sentence("ウィンドウの「{label}」に「{value}」と入力する"))
def fill(windows_desk: WindowsDesk, label: str, value: str) -> None:
    """Type into an input."""
    windows_desk.windows.fill(label, value)


@when(sentence("ウィンドウの「{label}」にチェックを入れる"))
def tick(windows_desk: WindowsDesk, label: str) -> None:
    """Put a tick into a box."""
    windows_desk.windows.tick(label, is_ticked=True)


@when(sentence("ウィンドウの「{label}」のチェックを外す"))
def untick(windows_desk: WindowsDesk, label: str) -> None:
    """Take a tick out."""
    windows_desk.windows.tick(label, is_ticked=False)


@when(sentence("ウィンドウで「{label}」を選ぶ"))
def mark(windows_desk: WindowsDesk, label: str) -> None:
    """Mark one of several."""
    windows_desk.windows.mark(label)


@then(sentence("「{title}」ウィンドウが表示される"))
def window_shown(windows_desk: WindowsDesk, title: str) -> None:
    """Which window it is; every one is marked as an illustration."""
    windows_desk.windows.should_be(title)
    windows_desk.windows.should_be_illustration()


@then(sentence("「{title}」ウィンドウの「{heading}」が表示される"))
def page_shown(windows_desk: WindowsDesk, title: str, heading: str) -> None:
    """Which page of a window it is."""
    windows_desk.windows.should_be(title, heading)


@then(sentence("ウィンドウの「{label}」は「{value}」である"))
def shows(windows_desk: WindowsDesk, label: str, value: str) -> None:
    """What stands beside a label."""
    windows_desk.windows.should_show(label, value)


@then(sentence("ウィンドウの「{label}」の一覧に「{value}」がある"))
def lists(windows_desk: WindowsDesk, label: str, value: str) -> None:
    """The only entry of a list."""
    windows_desk.windows.should_list(label, [value])


@then(sentence("ウィンドウの「{label}」の一覧は空である"))
def lists_nothing(windows_desk: WindowsDesk, label: str) -> None:
    """There is no entry."""
    windows_desk.windows.should_list(label, [])


@then("ウィンドウで選べるものは次のとおりである")
def offers(windows_desk: WindowsDesk, datatable: list[list[str]]) -> None:
    """All that can be ticked or marked."""
    windows_desk.windows.should_offer(column(datatable))


@then(sentence("ウィンドウの「{label}」は選ばれていない"))
def not_marked(windows_desk: WindowsDesk, label: str) -> None:
    """A box is empty."""
    windows_desk.windows.should_be_marked(label, is_marked=False)


@then(sentence("ウィンドウの「{label}」が選ばれている"))
def marked(windows_desk: WindowsDesk, label: str) -> None:
    """A box is ticked."""
    windows_desk.windows.should_be_marked(label)


@then(sentence("ウィンドウに「{text}」と表示される"))
def says(windows_desk: WindowsDesk, text: str) -> None:
    """What the window says."""
    windows_desk.windows.should_say(text)


@then(sentence("ウィンドウに「{text}」とは表示されない"))
def says_not(windows_desk: WindowsDesk, text: str) -> None:
    """What the window does not say."""
    windows_desk.windows.should_not_say(text)


@then(sentence("ウィンドウに「{text}」と知らされる"))
def refuses(windows_desk: WindowsDesk, text: str) -> None:
    """Why the window does not go on."""
    windows_desk.windows.should_refuse(text)


@then(sentence("ウィンドウの「{label}」は押せない"))
def forbids(windows_desk: WindowsDesk, label: str) -> None:
    """A button that cannot be pressed."""
    windows_desk.windows.should_forbid(label)


@then(sentence("説明に「{text}」とある"))
def guides(windows_desk: WindowsDesk, text: str) -> None:
    """What the reader is told to do."""
    windows_desk.windows.should_guide(text)
