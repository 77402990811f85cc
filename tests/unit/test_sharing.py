"""Tests of one file stay with one worker; scenarios do not."""

import subprocess
import sys
from pathlib import Path

from koujyo.places import ROOT
from koujyo.test import BY_FILE

TESTS = """
import os, pathlib
import pytest

@pytest.mark.parametrize("_", range(6))
def test_where(_):
    with pathlib.Path(__file__).with_suffix(".ran").open("a") as file:
        print(os.environ["PYTEST_XDIST_WORKER"], file=file)
"""


def test_what_a_file_makes_for_its_tests_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["fixtures.sharing"]\n', encoding="utf-8")
    for name in ("test_a", "test_b"):
        (tmp_path / f"{name}.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(tmp_path), f"--rootdir={tmp_path}", "-n", "2", *BY_FILE]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert "12 passed" in done.stdout, done.stdout + done.stderr
    workers = [set((tmp_path / f"{name}.ran").read_text(encoding="utf-8").split()) for name in ("test_a", "test_b")]
    assert [len(each) for each in workers] == [1, 1]
    assert workers[0] != workers[1]
