"""make hands on what the commands say: a failure fails it, a signal reaches them, and they are not started in vain."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.integration.small_checkout import until

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"
TARGETS = re.findall(r"^(\w+): setup$", MAKEFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
# What GNU make says of any failure; it prints the code of the command that failed.
MAKE_FAILED = 2

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make がありません")


@pytest.fixture(autouse=True)
def no_make_around_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests themselves are often run by make, which tells its children so."""
    for name in [name for name in os.environ if name.startswith(("MAKE", "MFLAGS"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout where set-up and the command do nothing and succeed; they are shell scripts."""
    shutil.copy(MAKEFILE, tmp_path)
    program = tmp_path / ".venv" / "bin" / "koujyo"
    for script in (program, tmp_path / "tools" / "set_up.py"):
        script.parent.mkdir(parents=True)
        script.write_text("", encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "PYTHON=sh", *words]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def write(script: Path, text: str) -> None:
    script.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")


def test_there_are_targets_for_the_commands() -> None:
    assert {"scenarios", "test", "manual", "check", "serve"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_succeeds_and_fails_as_its_command_does(checkout: Path, target: str) -> None:
    write(checkout / ".venv/bin/koujyo", 'echo "$@"')
    done = make(checkout, target, 'ARGS=-k "一つ 二つ"')
    assert (done.returncode, done.stdout) == (0, f"{target} -k 一つ 二つ\n")
    write(checkout / ".venv/bin/koujyo", "exit 5")
    done = make(checkout, target)
    assert done.returncode == MAKE_FAILED
    assert re.search(rf": {target}\] (Error|エラー) 5", done.stderr)


@pytest.mark.parametrize("target", ["setup", *TARGETS])
def test_a_failed_set_up_fails_every_target_and_starts_nothing(checkout: Path, target: str) -> None:
    write(checkout / "tools/set_up.py", "exit 1")
    write(checkout / ".venv/bin/koujyo", "touch started")
    assert make(checkout, target).returncode == MAKE_FAILED
    assert not (checkout / "started").exists()


@pytest.mark.parametrize("arguments", ["", 'ARGS=-k "一つ 二つ"'])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_the_command_and_make_waits_for_it(
    checkout: Path, number: signal.Signals, arguments: str
) -> None:
    (checkout / ".venv/bin/koujyo").write_text(
        f"""#!{sys.executable}
import pathlib, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [{number:d}])
print("started", flush=True)
signal.sigwait([{number:d}])
pathlib.Path("told").write_text("stopped")
""",
        encoding="utf-8",
    )
    command = ["make", "PYTHON=sh", "serve", *filter(None, [arguments])]
    with subprocess.Popen(
        command, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        # A make that is still busy with the start has no child yet that it would wait for.
        until(lambda: psutil.Process(running.pid).status() == psutil.STATUS_SLEEPING, running)
        # Ctrl-C reaches all that the terminal shows; CI ends make alone.
        (os.killpg if number == signal.SIGINT else os.kill)(running.pid, number)
        assert running.wait(20) != 0
    assert (checkout / "told").read_text(encoding="utf-8") == "stopped"
