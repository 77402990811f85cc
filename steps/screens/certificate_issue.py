"""The screens on which a certificate comes into being."""

from __future__ import annotations

from pathlib import Path

from fixtures.logon_account import LogonAccount
from steps.screens.screen import Screen
from steps.screens.seeing import see


class CertificateIssuing(Screen):
    """電子証明書発行中."""

    key = "certificate_issuing"

    def should_be_under_way(self) -> None:
        """Check that a progress bar is shown, and not full."""
        see("発行の進み具合", self._page.get_by_role("progressbar")).has_not("value", "100")


class CertificateResult(Screen):
    """電子証明書発行結果."""

    key = "certificate_result"

    def downloaded_file(self, account: LogonAccount) -> Path:
        """The .p12 file that the screen downloads by itself (CRT-32)."""
        return account.downloaded_file()
