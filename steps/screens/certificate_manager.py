"""Chromium's own certificate manager, in Japanese, as version 156 has it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from fixtures.real_screen import OpenDialog, RealScreen
from fixtures.recorder import Recorder
from steps.screens.seeing import see

ADDRESS = "chrome://certificate-manager/clientcerts/platformclientcerts"
IMPORT = "インポート"
ASKED = "証明書のパスワードを入力"
REFUSED = "証明書のインポート エラー"
OK = "OK"


class CertificateManager:
    """The page about the certificates of the person who uses the browser.

    Args:
        page: the window in which it is shown.
        screen: where the browser shows itself.
        recorder: is told what is touched.
    """

    def __init__(self, page: Page, screen: RealScreen, recorder: Recorder) -> None:
        self._page, self._screen, self._recorder = page, screen, recorder
        self._list = page.locator("#platformClientCertsSection")

    def open(self) -> None:
        """Go there."""
        self._page.goto(ADDRESS)

    def import_file(self, file: Path, password: str) -> None:
        """Press インポート, choose a file of the download folder, and give its password."""
        button = self._list.locator("#importCert")
        see(f"証明書マネージャの「{IMPORT}」ボタン", button).has_text(IMPORT)
        self._recorder.touch(IMPORT, "button", button)
        button.click()
        OpenDialog(self._screen).open(f"~/{file.parent.name}/{file.name}")
        dialog = self._page.locator("certificate-password-dialog")
        see("パスワードのダイアログ", dialog).contains(ASKED)
        dialog.locator("input").fill(password)
        self._recorder.touch_secret(ASKED, dialog.locator("input"), password)
        self._recorder.touch(OK, "button", dialog.locator("#ok"))
        self._recorder.about_to_leave()
        dialog.locator("#ok").click()

    def should_list(self, name: str) -> None:
        """Wait until it lists a certificate."""
        entry = self._list.get_by_text(name)
        see(f"証明書マネージャの「{name}」", entry, self._list).is_shown()
        self._recorder.touch(name, "text", entry)

    def should_refuse(self, text: str) -> None:
        """Wait until it tells that a file was not imported, in these words, and lists nothing."""
        see(f"「{REFUSED}」ダイアログ", self._page.get_by_role("dialog", name=REFUSED)).is_shown()
        message = self._page.get_by_text(text, exact=True)
        see(f"「{REFUSED}」の「{text}」", message, self._page.get_by_role("dialog")).is_shown()
        self._recorder.touch(REFUSED, "text", message, text)
        see("証明書マネージャの証明書", self._list.locator("certificate-entry")).is_absent()
