"""What a browser shows on a real screen beside its pages: address bar, dialogs, bubbles, buttons of its frame."""

from __future__ import annotations

import re

from playwright.sync_api import Error

from fixtures.certificates.by_dialog import ByDialog
from fixtures.expectation import expect_equal, expect_that, fail, there_are
from fixtures.logon_account import Accounts, LogonAccount
from fixtures.real_screen import AddressBar, CertificateDialog, DownloadBubble, RealScreen, SaveDialog
from fixtures.real_screen.certificate_dialog import CANCEL, NAME, OK
from fixtures.recorder import Recorder
from steps.screens.certificate_manager import CertificateManager

A_PAGE = re.compile("^(?!about:blank)")


def presented_by_dialog(account: LogonAccount) -> ByDialog:
    """How the account's browser asks for certificates on a real screen."""
    presenting = account.presenting
    if not isinstance(presenting, ByDialog):
        fail("シナリオにタグ @実画面 がある", "ありません。このステップには本物の画面が要ります")
    return presenting


class BrowserScreen:
    """The real screen before which the person of a scenario sits."""

    def __init__(self, accounts: Accounts, recorder: Recorder) -> None:
        self._accounts = accounts
        self._recorder = recorder

    def go(self, address: str) -> None:
        """Type an address into the address bar of a new window, press the return key, and wait for what comes."""
        bar = self._address_bar
        self._recorder.touch_on_screen(bar.seen.name, "input", bar.seen, address)
        bar.go(address)
        if not self._dialog.is_shown():
            self._wait_for_page()

    def should_have_address(self, address: str) -> None:
        """Check what the address bar says."""
        expect_equal("アドレスバーの表示", address, self._address_bar.text)

    def should_ask(self) -> None:
        """Wait until the browser asks which certificate is to be used."""
        self._dialog.wait()

    def should_ask_with(self, text: str) -> None:
        """Check what the dialog says."""
        dialog = self._dialog.wait()
        told = there_are(seen.name for seen in dialog.all("static"))
        expect_that(dialog.first("static", text), f"ダイアログに「{text}」と書かれている", told)

    def should_not_ask(self) -> None:
        """Check that a page is shown, and no dialog over it."""
        expect_that(not self._dialog.is_shown(), "「証明書の選択」ダイアログは表示されない", "表示されています")
        url = self._accounts.current.page.url
        expect_that(A_PAGE.match(url), "ページが表示される", f"{url} のままです")

    def should_offer(self, names: list[str]) -> None:
        """Widen the first column, and check that these are all certificates in the list, from above.

        Raises:
            NotValidForReal: the machine's own date keeps the browser from offering one of them.
        """
        for name in names:
            self._presenting.require_offered(name)
        dialog = self._dialog
        self._recorder.touch_on_screen(NAME, "key", dialog.widen_names())
        offered = [certificate.name for certificate in dialog.offered()]
        expect_equal("選べる電子証明書", names, offered)

    def choose_certificate(self, name: str) -> None:
        """Choose a certificate with the arrow keys, and press OK by the return key.

        Raises:
            NotValidForReal: the machine's own date keeps the browser from offering it.
        """
        self._presenting.require_offered(name)
        dialog = self._dialog
        self._recorder.touch_on_screen(name, "key", dialog.choose(name).seen)
        self._recorder.touch_on_screen(OK, "button", dialog.button(OK))
        self._recorder.about_to_leave()
        dialog.accept()
        self._accounts.current.certificate = name
        self._wait_for_page()

    def cancel_certificate(self) -> None:
        """Press キャンセル in the dialog."""
        dialog = self._dialog
        self._recorder.touch_on_screen(CANCEL, "button", dialog.button(CANCEL))
        self._recorder.about_to_leave()
        dialog.cancel()
        self._wait_for_page()

    def should_tell_of_download(self, file_name: str) -> None:
        """Check that the bubble at the upper right shows a file."""
        DownloadBubble(self._screen).wait_for(file_name)

    @property
    def save_dialog(self) -> SaveDialog:
        """ファイルを保存."""
        return SaveDialog(self._screen)

    @property
    def certificate_manager(self) -> CertificateManager:
        """The browser's own page about certificates, in the window that is open."""
        return CertificateManager(self._accounts.current.page, self._screen, self._recorder)

    def close_by_frame(self) -> None:
        """Press × at the upper right of the browser, and wait until it has ended."""
        browser = self._presenting.browser
        button = browser.close_button()
        self._recorder.touch_on_screen("×", "button", button)
        self._recorder.about_to_leave()
        browser.screen.click(button)
        browser.wait_until_closed()
        self._accounts.current.close_browser()

    def should_have_no_window(self) -> None:
        """Check that no browser is open any more."""
        expect_that(not self._accounts.current.has_window, "ブラウザのウィンドウは残っていない", "残っています")

    def _wait_for_page(self) -> None:
        self._address_bar.wait_for_page()
        try:
            self._accounts.current.page.wait_for_url(A_PAGE)
        except Error as problem:
            if "net::ERR_CERT_" not in problem.message:  # the browser tells of it on a page of its own
                raise

    @property
    def _dialog(self) -> CertificateDialog:
        return CertificateDialog(self._screen)

    @property
    def _address_bar(self) -> AddressBar:
        return AddressBar(self._screen)

    @property
    def _screen(self) -> RealScreen:
        screen = self._presenting.screen
        if screen is None:
            fail("本物の画面にブラウザがある", "ありません")
        return screen

    @property
    def _presenting(self) -> ByDialog:
        return presented_by_dialog(self._accounts.current)
