"""What a browser shows on a real screen beside its pages: address bar, dialogs, bubbles, buttons of its frame."""

from __future__ import annotations

from fixtures.logon_account import Accounts
from fixtures.real_screen import AddressBar, CertificateDialog, RealScreen
from fixtures.real_screen.certificate_dialog import OK
from fixtures.recorder import Recorder


class BrowserScreen:
    """The real screen before which the person of a scenario sits."""

    def __init__(self, accounts: Accounts, recorder: Recorder) -> None:
        self._accounts = accounts
        self._recorder = recorder

    @property
    def certificate_dialog(self) -> CertificateDialog:
        """証明書の選択."""
        return CertificateDialog(self._screen)

    @property
    def address(self) -> str:
        """What the address bar says."""
        return AddressBar(self._screen).text

    def go(self, address: str) -> None:
        """Type an address into the address bar and press the return key."""
        bar = AddressBar(self._screen)
        self._recorder.touch_on_screen(bar.seen.name, "input", bar.seen, address)
        bar.go(address)

    def choose_certificate(self, name: str) -> None:
        """Choose a certificate with the arrow keys, and press OK by the return key."""
        dialog = self.certificate_dialog
        self._recorder.touch_on_screen(name, "key", dialog.choose(name).seen)
        self._recorder.touch_on_screen(OK, "button", dialog.button(OK))
        self._recorder.about_to_leave()
        dialog.accept()
        dialog.wait_until_gone()

    @property
    def _screen(self) -> RealScreen:
        screen = self._accounts.current.screen_in_use
        assert screen is not None, "本物の画面にブラウザがありません（タグ @実画面 が要ります）"
        return screen
