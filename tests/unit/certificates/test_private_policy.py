from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.certificates import StoreUnavailable, private_policy
from fixtures.certificates.private_policy import policy_folder, write_policy, write_starter

POLICIES = "/etc/chromium/policies"
needs_namespaces = pytest.mark.skipif(
    sys.platform != "linux"
    or shutil.which("unshare") is None
    or subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode != 0
    or not Path(POLICIES).parent.is_dir(),
    reason="マウント名前空間か /etc/chromium がありません",
)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program in the browser's place: it tells its arguments and the policies that it sees."""
    path = tmp_path / "program with space"
    path.write_text(f'#!/bin/sh\nprintf "%s|" "$@"\ncat {POLICIES}/managed/*.json\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@needs_namespaces
def test_the_browser_sees_its_own_policy_and_its_arguments(tmp_path: Path, program: Path) -> None:
    starter = write_starter(program, tmp_path / "home")
    write_policy(tmp_path / "home", {"名前": ["値"]})
    out = subprocess.run([starter, "--a b", "$c"], capture_output=True, encoding="utf-8", check=True).stdout
    arguments, _, policy = out.rpartition("|")
    assert arguments == "--a b|$c"
    assert json.loads(policy) == {"名前": ["値"]}


@needs_namespaces
def test_the_machine_itself_has_no_new_policy(tmp_path: Path, program: Path) -> None:
    before = sorted(Path("/etc/chromium").iterdir())
    starter = write_starter(program, tmp_path / "home")
    write_policy(tmp_path / "home", {})
    subprocess.run([starter], capture_output=True, check=True)
    assert sorted(Path("/etc/chromium").iterdir()) == before


@needs_namespaces
def test_the_last_policy_written_is_the_one_in_force(tmp_path: Path, program: Path) -> None:
    starter = write_starter(program, tmp_path / "home")
    for value in ("first", "second"):
        assert write_starter(program, tmp_path / "home") == starter
        write_policy(tmp_path / "home", {"is": value})
    assert '"second"' in subprocess.run([starter], capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize(
    ("program", "folder"),
    [
        ("/usr/bin/chromium", "/etc/chromium/policies"),
        ("/opt/google/chrome/chrome", "/etc/opt/chrome/policies"),
        ("/opt/microsoft/msedge/msedge", "/etc/opt/edge/policies"),
        ("/root/.cache/ms-playwright/chromium-1/chrome-linux/chrome", "/etc/opt/chrome_for_testing/policies"),
    ],
)
def test_every_browser_has_its_own_policy_folder(program: str, folder: str) -> None:
    assert policy_folder(Path(program)) == Path(folder)


def test_where_nothing_can_be_covered_without_others_noticing_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_policy, "POLICY_FOLDERS", (("", "/etc/no-such-browser/policies"),))
    with pytest.raises(StoreUnavailable, match="no-such-browser"):
        write_starter(Path("/usr/bin/browser"), tmp_path / "home")


def test_without_unshare_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_policy, "POLICY_FOLDERS", (("", str(tmp_path / "policies")),))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreUnavailable, match="unshare"):
        write_starter(Path("/usr/bin/browser"), tmp_path / "home")


@needs_namespaces
def test_a_program_that_fails_ends_the_starter_with_its_code(tmp_path: Path) -> None:
    failing = tmp_path / "failing"
    failing.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    failing.chmod(0o755)
    starter = write_starter(failing, tmp_path / "home")
    assert subprocess.run([starter], check=False).returncode == 7
