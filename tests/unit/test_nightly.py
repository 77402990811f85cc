from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koujyo import __main__ as command
from koujyo import nightly
from koujyo.scenario_run import Job
from koujyo.scenarios import Certificates, most_workers
from storyboard.model import save
from storyboard.run import FILE, STORYBOARDS, End, Ended, Expected, append
from tests.unit.reports.report_samples import make_scenario


def record(report: Path, **cases: str) -> None:
    """Write the record of a run in which these scenarios ended so."""
    report.mkdir(parents=True)
    for line, (name, outcome) in enumerate(cases.items(), 1):
        expected = Expected(name, name, "x.feature", line, name, "機能", "章", ())
        ended = Ended(name, outcome, 1.0, "期限切れ")  # type: ignore[arg-type]
        if outcome == "passed":
            save(make_scenario(name, name=name, file="x.feature", line=line), report / STORYBOARDS)
        append(report / FILE, [expected, ended])
    append(report / FILE, [End()])


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[Certificates, tuple[int, dict[str, str]]]:
    """What each way of presenting certificates ends with; to be filled."""
    planned: dict[Certificates, tuple[int, dict[str, str]]] = {}

    def run(wanted: Job) -> int:
        way = Certificates(wanted.report.name)
        assert wanted.words[wanted.words.index("--certificates") + 1] == way
        code, cases = planned[way]
        record(wanted.report, **cases)
        return code

    monkeypatch.setattr(nightly, "run", run)
    monkeypatch.setenv("KOUJYO_BROWSER", sys.executable)
    monkeypatch.setattr(nightly, "NIGHTLY", tmp_path)
    return planned


@pytest.mark.parametrize(
    ("context", "store", "exit_code", "told"),
    [
        ((0, {"a": "passed"}), (0, {"a": "passed"}), 0, "0 件"),
        ((0, {"a": "passed"}), (1, {"a": "failed"}), 1, "a（x.feature:1）: context では成功、store では失敗"),
        ((0, {"a": "passed"}), (0, {}), 1, "a（x.feature:1）: context では成功、store では実行されず"),
        ((0, {"a": "passed"}), (0, {"a": "skipped"}), 0, "（store では省略）a（x.feature:1）: 期限切れ"),
        ((1, {"a": "failed"}), (1, {"a": "failed"}), 1, "0 件"),
        ((0, {"a": "skipped"}), (0, {"a": "passed"}), 1, "a（x.feature:1）: context では省略、store では成功"),
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


def test_a_run_that_left_no_record_has_no_outcomes(tmp_path: Path) -> None:
    assert nightly.outcomes(tmp_path) == {}


@pytest.mark.usefixtures("runs")
def test_a_night_that_is_stopped_ends_at_once(
    runs: dict[Certificates, tuple[int, dict[str, str]]],
) -> None:
    runs |= {Certificates.CONTEXT: (130, {"a": "passed"})}
    assert CliRunner().invoke(command.app, ["nightly"]).exit_code == 130


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
