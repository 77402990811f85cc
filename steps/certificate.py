"""The certificate file: downloading, importing, what the store holds (CRT, IMP)."""

from __future__ import annotations

from contextlib import suppress

from pytest_bdd import given, then, when

from fixtures.expectation import expect_equal, fail, the_one
from fixtures.logon_account import Accounts, LogonAccount, WrongPassword
from fixtures.portal import PortalUnderTest
from simulator.pki import open_sealed
from steps.screens import CertificateResult, Screens
from steps.wording import sentence

OTHER_PASSWORD = "別のパスワードで封じられていて、開けません"  # noqa: S105 - a sentence


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
    file = screens.the(CertificateResult).downloaded_file(accounts.current)
    expect_equal("自動でダウンロードされた電子証明書ファイルの名前", name, file.name)


@given(sentence("ダウンロードした電子証明書をパスワード「{password}」でインポートしている"))
@when(sentence("ダウンロードした電子証明書をパスワード「{password}」でインポートする"))
@then(sentence("ダウンロードした電子証明書はパスワード「{password}」でインポートできる"))
def import_downloaded(accounts: Accounts, password: str) -> None:
    """Import the newest file of the download folder (IMP-03)."""
    account = accounts.current
    file = account.downloaded_file()
    import_file(account, file.name, file.read_bytes(), password)


@then(sentence("ダウンロードした電子証明書はパスワード「{password}」ではインポートできない"))
def import_refused(accounts: Accounts, password: str) -> None:
    """The import refuses a password the file was not sealed with, and nothing is stored."""
    account = accounts.current
    before = account.store.names
    file = account.downloaded_file()
    with suppress(WrongPassword):
        account.store.add(file.read_bytes(), password)
        fail(f"{file.name} はパスワード「{password}」ではインポートできない", "インポートできました")
    expect_equal("証明書ストアの電子証明書", before, account.store.names)


@then(sentence("証明書ストアに「{name}」がある"))
def stored(accounts: Accounts, name: str) -> None:
    """The logon account's store offers this certificate, which names its owner alike (ACC-05)."""
    store = accounts.current.store
    the_one("証明書ストアに電子証明書", name, store.names, str)
    expect_equal("電子証明書の所有者", name, store.get(name).presented.common_name)


@then("証明書ストアに電子証明書はない")
def nothing_stored(accounts: Accounts) -> None:
    """The logon account's store is empty (CRT-03)."""
    expect_equal("証明書ストアの電子証明書", [], accounts.current.store.names)


def import_file(account: LogonAccount, name: str, data: bytes, password: str) -> None:
    """Import a .p12 file that this password has to open (IMP-03).

    Raises:
        Unexpected: it was sealed with another one.
    """
    require_opening(name, data, password)
    account.store.add(data, password)


def require_opening(name: str, data: bytes, password: str) -> None:
    """Make sure that a .p12 file was sealed with this password, even where nobody goes on to import it (IMP-03).

    Raises:
        Unexpected: it was sealed with another one.
    """
    try:
        open_sealed(data, password)
    except WrongPassword:
        fail(f"{name} をパスワード「{password}」でインポートできる", OTHER_PASSWORD)
