"""The bootstrap never takes a working environment away before another one is complete, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.test_set_up import SCRIPT, Machine, machine, make_environment, set_up

__all__ = ["machine", "set_up"]

NOT_IN_THE_LOCK = {"--dry-run": "ERROR: not there"}
# The script on a checkout of its own, where installing the packages takes longer than anybody waits.
WAITING = """
import importlib.util, pathlib, subprocess, sys
script, root = sys.argv[1], pathlib.Path(sys.argv[2])
spec = importlib.util.spec_from_file_location("set_up", script)
set_up = importlib.util.module_from_spec(spec)
spec.loader.exec_module(set_up)
set_up.ROOT, set_up.LOCK, set_up.VENV = root, root / "requirements.lock", root / ".venv"
set_up.linux_family = lambda: ""
run = set_up.subprocess.run
def stand_in(command, **options):
    if "venv" in command:
        (root / ".venv.new" / "bin").mkdir(parents=True)
    if "--dry-run" in command:
        return subprocess.CompletedProcess(command, 1, "")
    if "--require-hashes" in command:
        waiting = "import os, time; print(os.getpid()); time.sleep(600)"
        return run([sys.executable, "-u", "-c", waiting], **{**options, "stdout": None})
    return subprocess.CompletedProcess(command, 0, "")
set_up.subprocess.run = stand_in
sys.exit(set_up.main([]))
"""


@pytest.fixture
def working(set_up: ModuleType) -> Path:
    """An environment that works, made by another set-up."""
    set_up.VENV.rmdir()
    make_environment(set_up.VENV, "old")
    environment: Path = set_up.VENV
    return environment


def tool(environment: Path) -> str:
    return (environment / "bin" / "tool").read_text(encoding="utf-8")


def environments(set_up: ModuleType) -> list[str]:
    return sorted(path.name for path in set_up.ROOT.glob(".venv*"))


def test_one_that_holds_what_the_lock_names_is_used_whichever_python_made_it(
    set_up: ModuleType, machine: Machine, working: Path
) -> None:
    set_up.install_environment("stamp")
    assert not machine.calls("-m venv")
    assert [str(working / set_up.PYTHON) in line for line in machine.calls(" -e ")] == [True]
    assert "old" in tool(working)
    machine.commands.clear()
    set_up.install_environment("stamp")
    assert machine.commands == []


def test_one_that_lacks_something_is_replaced_by_one_whose_programs_start_in_its_place(
    set_up: ModuleType, machine: Machine, working: Path
) -> None:
    machine.fails = NOT_IN_THE_LOCK
    set_up.install_environment("stamp")
    assert tool(working) == f"#!{working}/bin/python\nnew\n"
    assert environments(set_up) == [".venv"]


def test_one_with_a_python_that_is_too_old_is_replaced(set_up: ModuleType, machine: Machine, working: Path) -> None:
    machine.fails = {"import sys, pip": ""}
    set_up.install_environment("stamp")
    assert "new" in tool(working)


@pytest.mark.parametrize("settings", ["executable = /nowhere/python3\n", f"executable = {SCRIPT}\n"])
def test_one_whose_python_is_gone_or_another_by_now_is_replaced(
    set_up: ModuleType, machine: Machine, working: Path, settings: str
) -> None:
    set_up.install_environment("stamp")
    machine.commands.clear()
    (working / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    set_up.install_environment("stamp")
    assert machine.calls("-m venv")
    assert "new" in tool(working)


@pytest.mark.parametrize("word", ["-m venv", ".venv.new/bin/python -m pip install --quiet", " -e "])
def test_whatever_fails_the_one_there_stays_and_that_is_told(
    set_up: ModuleType, machine: Machine, working: Path, word: str
) -> None:
    machine.fails = {**NOT_IN_THE_LOCK, word: "ERROR: no network"}
    with pytest.raises(set_up.Failed, match=r"no network。いまの \.venv は、そのまま残っています"):
        set_up.install_environment("stamp")
    assert "old" in tool(working)
    assert environments(set_up) == [".venv"]


def test_one_that_cannot_be_moved_stays(
    set_up: ModuleType, machine: Machine, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.fails = NOT_IN_THE_LOCK
    move = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == ".venv.new":
            raise PermissionError(13, "in use")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(set_up.Failed, match="入れ替えられません（in use）"):
        set_up.install_environment("stamp")
    assert "old" in tool(working)
    assert environments(set_up) == [".venv"]


def test_one_put_aside_by_a_set_up_that_was_killed_then_is_put_back(
    set_up: ModuleType, machine: Machine, working: Path
) -> None:
    working.rename(working.with_name(".venv.old"))
    make_environment(working.with_name(".venv.new"), "half")
    set_up.install_environment("stamp")
    assert not machine.calls("-m venv")
    assert "old" in tool(working)
    assert environments(set_up) == [".venv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows にはこのシグナルがありません")
@pytest.mark.parametrize(
    ("number", "code", "left"),
    [
        (signal.SIGINT, 130, [".venv"]),
        (signal.SIGTERM, 143, [".venv"]),
        (signal.SIGKILL, -signal.SIGKILL, [".venv", ".venv.new"]),
    ],
)
def test_killed_while_it_installs_it_leaves_the_one_there(
    set_up: ModuleType, working: Path, number: signal.Signals, code: int, left: list[str]
) -> None:
    command = [sys.executable, "-u", "-c", WAITING, str(SCRIPT), str(set_up.ROOT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        child = int(next(line for line in killed.stdout if line.strip().isdigit()))
        killed.send_signal(number)
        if number == signal.SIGKILL:
            os.kill(child, number)  # nobody else can end it then
        assert killed.wait(20) == code
        assert killed.stdout.read() == ""  # whoever could still write there has ended, too
    assert "old" in tool(working)
    assert environments(set_up) == left
