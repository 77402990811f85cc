from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from fixtures.certificates import StoreUnavailable, nss
from fixtures.certificates.nss import NssStore
from simulator.pki import ClientAuthority, WrongPassword, generate_key, seal

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
NAME = "sample001 20271120100000 ROKIN Koujyo Web System"
PASSWORD = "Abcd#123"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    authority, key = ClientAuthority.create(NOW), generate_key()
    made = authority.issue(NAME, NOW, NOW.replace(year=2027), key)
    return seal(key, made, authority.certificate, PASSWORD, NAME)


@pytest.fixture
def store(tmp_path: Path) -> NssStore:
    trusted = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(trusted))
    return NssStore(tmp_path / "home", trusted)


def listed(home: Path) -> str:
    command = ["certutil", "-L", "-d", f"sql:{home / nss.DATABASE}"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


needs_nss = pytest.mark.skipif(shutil.which("pk12util") is None, reason="libnss3-tools がありません")


@needs_nss
def test_an_imported_certificate_is_in_the_store_that_the_browser_reads(
    store: NssStore, sealed: bytes, tmp_path: Path
) -> None:
    assert store.add(sealed, PASSWORD) == NAME
    lines = listed(tmp_path / "home").splitlines()
    assert any(line.startswith(NAME) and line.split()[-1] == "u,u,u" for line in lines)
    assert any(line.startswith("portal") and line.split()[-1] == "C,," for line in lines)


@needs_nss
def test_neither_the_file_nor_its_password_is_left_behind(store: NssStore, sealed: bytes, tmp_path: Path) -> None:
    store.add(sealed, PASSWORD)
    assert [path.name for path in (tmp_path / "home").iterdir()] == [".pki"]


@needs_nss
def test_a_wrong_password_leaves_the_store_as_it_was(store: NssStore, sealed: bytes, tmp_path: Path) -> None:
    with pytest.raises(WrongPassword):
        store.add(sealed, "Wrong#999")
    assert store.names == []
    assert not (tmp_path / "home").exists()


def test_without_the_tools_the_reason_names_the_package(
    store: NssStore, sealed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreUnavailable, match="libnss3-tools"):
        store.add(sealed, PASSWORD)
