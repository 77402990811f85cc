"""The certificate file: downloading, importing, what the store holds (CRT, IMP)."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when

from fixtures.logon_account import Accounts, WrongPassword
from fixtures.portal import PortalUnderTest
from steps.screens import CertificateResult, Screens
from steps.wording import sentence


@given("電子証明書の発行に60秒かかる")
def slow_issuing(portal: PortalUnderTest) -> None:
    """Make issuing take as long as on the real system (CRT-29)."""
    portal.simulator.portal.issuing.seconds = 60


@when("電子証明書の発行が終わる")
def issuing_ends(portal: PortalUnderTest) -> None:
    """Let the issue under way come to its end now."""
    portal.simulator.portal.issuing.seconds = 0


@then(sentence("電子証明書ファイル「{name}」が自動でダウンロードされる"))
def downloaded(screens: Screens, accounts: Accounts, name: str) -> None:
    """The result screen has put this file into the download folder (CRT-32, CRT-35)."""
    assert screens.the(CertificateResult).downloaded_file(accounts.current).name == name


@given(parsers.re("^ダウンロードした電子証明書をパスワード「(?P<password>.*)」でインポートしている$"))
@when(sentence("ダウンロードした電子証明書をパスワード「{password}」でインポートする"))
@then(sentence("ダウンロードした電子証明書はパスワード「{password}」でインポートできる"))
def import_downloaded(accounts: Accounts, password: str) -> None:
    """Import the newest file of the download folder (IMP-03)."""
    account = accounts.current
    try:
        account.store.add(account.downloaded_file().read_bytes(), password)
    except WrongPassword:
        raise AssertionError("期待: このパスワードでインポートできる / 実際: ファイルのパスワードと違う") from None


@then(sentence("ダウンロードした電子証明書はパスワード「{password}」ではインポートできない"))
def import_refused(accounts: Accounts, password: str) -> None:
    """The import refuses a password the file was not sealed with, and nothing is stored."""
    account = accounts.current
    before = account.store.names
    with pytest.raises(WrongPassword):
        account.store.add(account.downloaded_file().read_bytes(), password)
    assert account.store.names == before


@then(sentence("証明書ストアに「{name}」がある"))
def stored(accounts: Accounts, name: str) -> None:
    """The logon account's store offers this certificate, which names its owner alike (ACC-05)."""
    store = accounts.current.store
    assert name in store.names, f"期待: 証明書ストアに「{name}」がある / 実際: {store.names}"
    owner = store.get(name).presented.common_name
    assert owner == name, f"期待: 電子証明書の所有者が「{name}」 / 実際: 「{owner}」"


@then("証明書ストアに電子証明書はない")
def nothing_stored(accounts: Accounts) -> None:
    """The logon account's store is empty (CRT-03)."""
    assert accounts.current.store.names == []
