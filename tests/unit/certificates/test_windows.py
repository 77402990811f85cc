from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from fixtures.certificates import NotOffered, StoredCertificate, StoreUnavailable
from fixtures.certificates.windows import UserStore, WindowsBrowsers, run_command, thumbprint
from simulator.pki import ClientAuthority, generate_key, read_certificate, seal

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
NAME = "sample001 20271120100000 ROKIN Koujyo Web System"
PASSWORD = "Abcd#123"
URL = "https://127.0.0.1:8443"
EDGE = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
CHROME = r"C:\Program Files\Google\Chrome\Application\chrome.exe"
EDGE_RULES = r"HKCU\Software\Policies\Microsoft\Edge\AutoSelectCertificateForUrls"


class FakeWindows:
    """Records what it is told, and what the file it is given holds; refuses what it is told to."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.commands: list[list[str]] = []
        self.variables: list[Mapping[str, str]] = []
        self.files: list[bytes] = []
        self.refused = ""

    def run(self, command: Sequence[str], variables: Mapping[str, str]) -> None:
        verb = command[1] if command[0] == "reg.exe" else "Add" if "$store.Add" in command[-1] else "Remove"
        self.told.append((command[0], verb))
        self.commands.append(list(command))
        self.variables.append(variables)
        if "KOUJYO_FILE" in variables:
            self.files.append(Path(variables["KOUJYO_FILE"]).read_bytes())
        if self.refused == verb:
            raise StoreUnavailable("アクセスが拒否されました")


@pytest.fixture
def windows() -> FakeWindows:
    return FakeWindows()


@pytest.fixture(scope="module")
def authority() -> ClientAuthority:
    return ClientAuthority.create(NOW)


@pytest.fixture(scope="module")
def certificate(authority: ClientAuthority) -> StoredCertificate:
    key = generate_key()
    made = authority.issue(NAME, NOW, NOW.replace(year=2099), key)
    sealed = seal(key, made, authority.certificate, PASSWORD, NAME)
    return StoredCertificate(NAME, sealed, PASSWORD, read_certificate(made.public_bytes(Encoding.DER)))


@pytest.fixture
def browsers(windows: FakeWindows, authority: ClientAuthority) -> WindowsBrowsers:
    return make_browsers(windows, authority)


def make_browsers(windows: FakeWindows, authority: ClientAuthority, **changes: Any) -> WindowsBrowsers:
    issuer = authority.certificate.subject.rfc4514_string()
    values: dict[str, Any] = {
        "browser_type": None,
        "find_program": lambda: on_windows(EDGE),
        "launch": {},
        "context": {},
        "server_authority": Path("ca.pem"),
        "issuer": issuer,
        "url": URL,
        "user_store": UserStore(windows.run),
    }
    return WindowsBrowsers(**(values | changes))


def on_windows(path: str) -> Path:
    return cast("Path", PureWindowsPath(path))


def test_a_certificate_is_imported_by_file_and_its_password_stands_in_no_command_line(
    windows: FakeWindows, certificate: StoredCertificate
) -> None:
    UserStore(windows.run).add(certificate)
    (command,), (variables,) = windows.commands, windows.variables
    assert command[:5] == ["powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command"]
    assert "'My', 'CurrentUser'" in command[5]
    assert "$env:KOUJYO_FILE, $env:KOUJYO_FILE_PASSWORD" in command[5]
    assert PASSWORD not in "".join(command)
    assert variables["KOUJYO_FILE_PASSWORD"] == PASSWORD
    assert windows.files == [certificate.data]
    assert not Path(variables["KOUJYO_FILE"]).exists()


def test_only_what_carries_our_mark_is_removed(windows: FakeWindows, certificate: StoredCertificate) -> None:
    store = UserStore(windows.run)
    store.remove(certificate)
    store.remove_all()
    one, every = (command[-1] for command in windows.commands)
    ours = r"Get-ChildItem -Path Cert:\CurrentUser\My | Where-Object FriendlyName -eq 'koujyo scenarios'"
    removing = "| Remove-Item -DeleteKey"
    assert one.endswith(f"{ours} | Where-Object Thumbprint -eq '{thumbprint(certificate)}' {removing}")
    assert every.endswith(f"{ours} {removing}")


def test_a_thumbprint_is_the_sha_1_of_the_certificate(certificate: StoredCertificate) -> None:
    assert len(thumbprint(certificate)) == 40
    assert thumbprint(certificate) == thumbprint(certificate).upper()


@pytest.mark.parametrize(
    ("program", "vendor"), [(EDGE, r"Microsoft\Edge"), (CHROME, r"Google\Chrome"), (CHROME.upper(), r"Google\Chrome")]
)
def test_the_policy_is_the_users_own_for_this_browser_and_address(
    windows: FakeWindows, program: str, vendor: str
) -> None:
    store, key = UserStore(windows.run), rf"HKCU\Software\Policies\{vendor}\AutoSelectCertificateForUrls"
    store.select(on_windows(program), URL, NAME)
    store.select_none(on_windows(program), URL)
    (added, deleted) = windows.commands
    rule = added.pop(8)
    assert added == ["reg.exe", "add", key, "/v", "8443", "/t", "REG_SZ", "/d", "/f"]
    assert json.loads(rule) == {"pattern": URL, "filter": {"SUBJECT": {"CN": NAME}}}
    assert deleted == ["reg.exe", "delete", key, "/v", "8443", "/f"]


@pytest.mark.parametrize(
    "program", [r"C:\chromium\chromium.exe", r"C:\Users\a\AppData\Local\ms-playwright\chromium-1\chrome-win\chrome.exe"]
)
def test_a_browser_without_policies_of_the_users_is_told(windows: FakeWindows, program: str) -> None:
    with pytest.raises(StoreUnavailable, match="Microsoft Edge か Google Chrome"):
        UserStore(windows.run).select(on_windows(program), URL, NAME)
    assert windows.commands == []


def test_a_certificate_is_in_windows_only_while_a_browser_presents_it(
    windows: FakeWindows, browsers: WindowsBrowsers, certificate: StoredCertificate
) -> None:
    home = Path("home")
    name = browsers.new_store(home).add(certificate.data, certificate.password)
    assert (name, windows.told) == (NAME, [])
    assert browsers.prepare(home, certificate) == on_windows(EDGE)
    browsers.release(home)
    browsers.release(home)
    add, remove = ("powershell.exe", "Add"), ("powershell.exe", "Remove")
    assert windows.told == [remove, ("reg.exe", "add"), add, remove, ("reg.exe", "delete")]
    assert windows.commands[1][2] == EDGE_RULES


def test_what_an_earlier_run_left_is_removed_once(
    windows: FakeWindows, browsers: WindowsBrowsers, certificate: StoredCertificate
) -> None:
    for _ in range(2):
        browsers.prepare(Path("home"), certificate)
        browsers.release(Path("home"))
    removals = [
        command[-1] for command, told in zip(windows.commands, windows.told, strict=True) if told[1] == "Remove"
    ]
    assert ["Thumbprint" in removal for removal in removals] == [False, True, True]


def test_the_rule_stays_while_another_account_goes_on(
    windows: FakeWindows, browsers: WindowsBrowsers, certificate: StoredCertificate
) -> None:
    browsers.prepare(Path("first"), certificate)
    browsers.prepare(Path("second"), certificate)
    browsers.release(Path("first"))
    assert ("reg.exe", "delete") not in windows.told
    browsers.release(Path("second"))
    assert windows.told[-1] == ("reg.exe", "delete")


def test_nothing_is_imported_where_the_user_may_not_change_policies(
    windows: FakeWindows, browsers: WindowsBrowsers, certificate: StoredCertificate
) -> None:
    windows.refused = "add"
    with pytest.raises(StoreUnavailable, match="拒否"):
        browsers.prepare(Path("home"), certificate)
    browsers.release(Path("home"))
    assert windows.told[1:] == [("reg.exe", "add")]


def test_the_rule_is_taken_back_where_the_import_is_refused(
    windows: FakeWindows, browsers: WindowsBrowsers, certificate: StoredCertificate
) -> None:
    windows.refused = "Add"
    with pytest.raises(StoreUnavailable, match="拒否"):
        browsers.prepare(Path("home"), certificate)
    browsers.release(Path("home"))
    assert windows.told[-1] == ("reg.exe", "delete")


def test_several_workers_are_refused_because_there_is_one_store(
    windows: FakeWindows, authority: ClientAuthority, certificate: StoredCertificate
) -> None:
    with pytest.raises(StoreUnavailable, match="--workers 1"):
        make_browsers(windows, authority, workers=2).prepare(Path("home"), certificate)
    assert windows.commands == []


def test_a_certificate_that_would_not_be_offered_is_never_imported(
    windows: FakeWindows, authority: ClientAuthority, certificate: StoredCertificate
) -> None:
    with pytest.raises(NotOffered, match="認証局"):
        make_browsers(windows, authority, issuer="CN=stranger").prepare(Path("home"), certificate)
    assert windows.commands == []


def test_a_command_that_fails_or_is_missing_is_told_in_its_own_words() -> None:
    run_command([sys.executable, "-c", "import os; assert os.environ['A'] == 'b'"], {"A": "b"})
    with pytest.raises(StoreUnavailable, match="だめ"):
        run_command([sys.executable, "-c", "import sys; sys.exit('だめ')"], {"PYTHONIOENCODING": "utf-8"})
    with pytest.raises(StoreUnavailable, match="no-such-command がありません"):
        run_command(["no-such-command"], {})
