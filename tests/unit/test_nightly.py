from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koujyo import __main__ as command
from koujyo import nightly
from koujyo.scenarios import Certificates, most_workers

SUITE = "<testsuites><testsuite>{}</testsuite></testsuites>"
CASES = {
    "passed": '<testcase name="{}"/>',
    "failed": '<testcase name="{}"><failure message="m"/></testcase>',
    "error": '<testcase name="{}"><error message="m"/></testcase>',
    "skipped": '<testcase name="{}"><skipped message="期限切れ"/></testcase>',
}


def junit(folder: Path, **cases: str) -> None:
    folder.mkdir(parents=True)
    text = "".join(CASES[outcome].format(name) for name, outcome in cases.items())
    (folder / "junit.xml").write_text(SUITE.format(text), encoding="utf-8")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[Certificates, tuple[int, dict[str, str]]]:
    """What each way of presenting certificates ends with; to be filled."""
    planned: dict[Certificates, tuple[int, dict[str, str]]] = {}

    def run(_: int, __: object, switches: list[str], ___: object, report: Path) -> int:
        way = Certificates(report.name)
        assert ("--certificates=store" in switches) == (way is Certificates.STORE)
        code, cases = planned[way]
        junit(report, **cases)
        return code

    monkeypatch.setattr(nightly, "run_scenarios", run)
    monkeypatch.setattr(nightly, "NIGHTLY", tmp_path)
    return planned


@pytest.mark.parametrize(
    ("context", "store", "exit_code", "told"),
    [
        ((0, {"a": "passed"}), (0, {"a": "passed"}), 0, "0 件"),
        ((0, {"a": "passed"}), (1, {"a": "failed"}), 1, "a: context では成功、store では失敗"),
        ((0, {"a": "passed"}), (0, {}), 1, "a: context では成功、store では実行されず"),
        ((0, {"a": "passed"}), (0, {"a": "skipped"}), 0, "（store では省略）a: 期限切れ"),
        ((1, {"a": "failed"}), (1, {"a": "error"}), 1, "0 件"),
        ((0, {"a": "skipped"}), (0, {"a": "passed"}), 1, "a: context では省略、store では成功"),
    ],
)
def test_both_ways_are_run_and_what_differs_is_told(
    runs: dict[Certificates, tuple[int, dict[str, str]]],
    context: tuple[int, dict[str, str]],
    store: tuple[int, dict[str, str]],
    exit_code: int,
    told: str,
) -> None:
    runs |= {Certificates.CONTEXT: context, Certificates.STORE: store}
    result = CliRunner().invoke(command.app, ["nightly"])
    assert told in result.output
    assert result.exit_code == exit_code


def test_a_run_that_left_no_file_has_no_outcomes(tmp_path: Path) -> None:
    assert nightly.outcomes(tmp_path / "junit.xml") == {}


@pytest.mark.parametrize(
    ("platform", "way", "workers"),
    [("win32", Certificates.STORE, 1), ("win32", Certificates.CONTEXT, 4), ("linux", Certificates.STORE, 4)],
)
def test_on_windows_one_worker_has_the_certificate_store_to_itself(
    monkeypatch: pytest.MonkeyPatch, platform: str, way: Certificates, workers: int
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert most_workers(4, way) == workers
    assert most_workers(0, way) == 0
