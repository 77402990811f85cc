"""A checkout with features of its own and steps without a browser, in which the real command runs as a program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import psutil

from fixtures.processes import MARK
from koujyo.places import ROOT
from storyboard.run import Run, load_run

# What the steps do: pass, fail, wait for ever, start a program that outlives its parent, fill the disk.
CONFTEST = """
import errno, os, subprocess, sys
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from storyboard.model import Scenario, Step, clauses_of, save

pytest_plugins = ["fixtures.options", "fixtures.collection", "fixtures.run_record", "fixtures.stopping"]
RAN = Path(__file__).with_name("ran")


@given("何もしない")
@when("成功する")
@then("成功する")
def passes() -> None:
    pass


@then("失敗する")
def fails() -> None:
    raise AssertionError("期待: 1 / 実際: 2")


@when("いつまでも待つ")
def waits() -> None:
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    RAN.with_name("waiting").touch()
    subprocess.run(["sleep", "1000"])


@when("プロセスが終わる")
def dies() -> None:
    os._exit(9)


@when("ディスクがいっぱいになる")
def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/disk/file")


@when(parsers.re("「(?P<word>.*)」を書く"))
def writes(word: str) -> None:
    with RAN.open("a", encoding="utf-8") as file:
        file.write(word + chr(10))


def pytest_bdd_after_scenario(request, feature, scenario):
    planned = request.node.planned
    save(
        Scenario(
            planned.id, planned.title, planned.feature, "章", planned.rule or None, "", planned.tags,
            clauses_of(planned.tags), None, planned.file, planned.line, "passed", 0.1, None, "", "", (),
            example=planned.label,
        ),
        request.config.getoption("--report") / "storyboards",
    )
"""
INI = "[pytest]\naddopts = --strict-markers -p no:randomly\n"
DRIVER = """
import sys
from pathlib import Path
import koujyo.places as places
places.ROOT = Path(sys.argv.pop(1))
places.FEATURES = places.ROOT / "features"
places.REPORT = places.ROOT / "build" / "report"
from koujyo.__main__ import main
main()
"""
HEAD = "# language: ja\n機能: 試し\n"


class SmallCheckout:
    """The checkout in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "features").mkdir()
        (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        (folder / "pytest.ini").write_text(INI, encoding="utf-8")
        (folder / "driver.py").write_text(DRIVER, encoding="utf-8")

    @property
    def report(self) -> Path:
        """Where reports are."""
        return self.folder / "build" / "report"

    @property
    def ran(self) -> list[str]:
        """The words that steps have written."""
        path = self.folder / "ran"
        return path.read_text(encoding="utf-8").split() if path.is_file() else []

    def feature(self, text: str, name: str = "some") -> Path:
        """Write a feature file; `text` stands below its first lines."""
        path = self.folder / "features" / f"{name}.feature"
        path.write_text(HEAD + textwrap.indent(textwrap.dedent(text), "  "), encoding="utf-8")
        return path

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start `koujyo scenarios` with these words."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", MARK))}
        return subprocess.Popen(
            [sys.executable, "driver.py", str(self.folder), "scenarios", *words],
            cwd=self.folder,
            env={**own, "PYTHONPATH": str(ROOT), "KOUJYO_BROWSER": sys.executable},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *words: str) -> tuple[int, str]:
        """Run to the end: exit code and what was printed."""
        process = self.start(*words)
        told, _ = process.communicate(timeout=120)
        return process.returncode, told

    def recorded(self) -> Run:
        """The run that the report tells of."""
        return load_run(self.report)

    def headline(self) -> str:
        """The first heading of the report."""
        page = (self.report / "index.html").read_text(encoding="utf-8")
        return " ".join(page.partition('<h1 id="verdict">')[2].partition("</h1>")[0].split())

    def junit(self) -> ET.Element:
        """The report's JUnit file."""
        return ET.parse(self.report / "junit.xml").getroot()  # noqa: S314 - the command wrote it a moment ago


def until(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until something holds; fails where the process ends before."""
    while not condition():
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"終わってしまいました: {process.communicate()[0]}")


def descendants(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """All that a process has started, and what that has."""
    return psutil.Process(process.pid).children(recursive=True)


def alive(processes: list[psutil.Process]) -> Iterator[psutil.Process]:
    """Those that still run."""
    return (one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE)


SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
