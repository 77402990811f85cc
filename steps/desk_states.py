"""How a PC is set when a scenario begins, and which window of the desk is open."""

from __future__ import annotations

from operator import itemgetter

from pytest_bdd import given, when

from fixtures.expectation import the_one
from fixtures.logon_account import Accounts
from simulator.mail import Mailbox
from simulator.services.world import World
from steps.states import certificate_imported, master_exists
from steps.windows_desk import WindowsDesk
from steps.wording import sentence

MISSING = {
    "信頼済みサイト": ("trusted_sites",),
    "ポップアップブロック": ("popup_sites", "ie_popup_sites"),
}


@given(sentence("パソコンのOSは「{system}」である"))
def has_system(windows_desk: WindowsDesk, system: str) -> None:
    """Which Windows it is (IEM-04)."""
    windows_desk.set("os", system)


@given(sentence("ブラウザは「{mode}」である"))
def uses_browser(windows_desk: WindowsDesk, mode: str) -> None:
    """Edge, or Edge in IE mode (ENV-02)."""
    windows_desk.set("mode", mode)


@given(sentence("このパソコンでは「{label}」が「{state}」になっている"))
def is_set(windows_desk: WindowsDesk, label: str, state: str) -> None:
    """Something is set, named as the window that shows it names it."""
    windows_desk.set(windows_desk.setting_labelled(label), state)


@given(sentence("ブラウザの設定は、「{label}」のほかは済んでいる"))
def all_but_one_set(windows_desk: WindowsDesk, label: str) -> None:
    """Three of the four preconditions are met, in both browser modes (BRW-01)."""
    account = windows_desk.account
    account.values.update(javascript="on", scripting="on", cookies="on", popups="off", popup_blocker="on")
    missing = the_one("ブラウザの設定", label, MISSING.items(), itemgetter(0))[1]
    account.lists.update({name: [] if name in missing else [windows_desk.site] for name in account.lists})


@given("PDFをAcrobat Readerで開く設定が済んでいる")
def reader_set(windows_desk: WindowsDesk) -> None:
    """Both sides are set (PDF-01)."""
    windows_desk.account.values.update(pdf_download="on", pdf_app="reader")


@given("このパソコンでは、1枚だけの電子証明書が自動で選ばれる")
def selects_by_itself(windows_desk: WindowsDesk) -> None:
    """Nothing is asked where there is nothing to choose between (ACC-08)."""
    windows_desk.account.values["automatic_selection"] = "on"


@given("Windowsのデスクトップが表示されている")
def at_desktop(windows_desk: WindowsDesk) -> None:
    """Nothing is open."""
    windows_desk.open("desktop")


@given(sentence("デスクトップで「{label}」を開いている"))
@when(sentence("デスクトップで「{label}」を開く"))
def program_open(windows_desk: WindowsDesk, label: str) -> None:
    """A program was started."""
    windows_desk.start(label)


@given("Microsoft Edgeの設定を開いている")
def edge_settings_open(windows_desk: WindowsDesk) -> None:
    """・・・ and 設定 were pressed (BRW-04)."""
    windows_desk.open("edge_profile")


@given(sentence("「{title}」ウィンドウを開いている"))
def window_open(windows_desk: WindowsDesk, title: str) -> None:
    """The first window of this title is shown."""
    windows = windows_desk.catalogue.windows.values()
    windows_desk.open(the_one("ウィンドウ", title, windows, lambda window: window.title).key)


@given(sentence("「{user_id}」の電子証明書の選択画面が「{mode}」で表示されている"))
def choice_shown(
    windows_desk: WindowsDesk, world: World, mailbox: Mailbox, accounts: Accounts, user_id: str, mode: str
) -> None:
    """A user is registered, has a certificate here, and opens the portal (ACC-03)."""
    master_exists(world, "10000001", user_id)
    newer_choice_shown(windows_desk, world, mailbox, accounts, user_id, mode)


@given(sentence("「{user_id}」の新しい電子証明書もあり、選択画面が「{mode}」で表示されている"))
def newer_choice_shown(
    windows_desk: WindowsDesk, world: World, mailbox: Mailbox, accounts: Accounts, user_id: str, mode: str
) -> None:
    """A user has one more certificate here, and opens the portal."""
    certificate_imported(world, mailbox, accounts, user_id)
    choice_open(windows_desk, mode)


@given(sentence("電子証明書の選択画面が「{mode}」で表示されている"))
def choice_open(windows_desk: WindowsDesk, mode: str) -> None:
    """The portal was opened (ACC-03)."""
    windows_desk.set("mode", mode)
    windows_desk.open(windows_desk.do("edge", "access"))
