"""The screens on which a certificate comes into being."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from fixtures.logon_account import LogonAccount
from steps.screens.screen import Screen


class CertificateIssuing(Screen):
    """電子証明書発行中."""

    key = "certificate_issuing"

    def should_be_under_way(self) -> None:
        """Check that a progress bar is shown, and not full."""
        expect(self._page.get_by_role("progressbar")).not_to_have_attribute("value", "100")


class CertificateResult(Screen):
    """電子証明書発行結果."""

    key = "certificate_result"

    def downloaded_file(self, account: LogonAccount) -> Path:
        """The .p12 file that the screen downloads by itself (CRT-32)."""
        return account.downloaded_file()
