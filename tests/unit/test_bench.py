"""The bench: its statistics, its verdicts, its file and its command line; no timings."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import benchmarks
from benchmarks.load import Plan, compare
from benchmarks.measuring import (
    Bar,
    Figure,
    MeasurementError,
    Pair,
    Sense,
    medians,
    ratios,
    seconds,
    side_by_side,
)
from benchmarks.pictures import compared
from benchmarks.repeats import unsteady_scenarios
from benchmarks.sampling import spread
from benchmarks.table import figure_table, write_figures
from koujyo import __main__ as command
from koujyo import bench

AT_MOST = Bar(1.15, Sense.AT_MOST)
AT_LEAST = Bar(2.0, Sense.AT_LEAST, "枚/秒")
runner = CliRunner()


def figure(*rounds: float, bar: Bar = AT_MOST, name: str = "scenario") -> Figure:
    return Figure(name, "シナリオ", bar, rounds, ("参考の値",))


def test_a_figure_is_the_median_of_its_rounds() -> None:
    assert figure(9.0, 1.0, 1.1).measured == 1.1
    assert figure(1.0, 2.0).measured == 1.5


@pytest.mark.parametrize(
    ("bar", "value", "held"),
    [
        (AT_MOST, 1.15, True),
        (AT_MOST, 1.1501, False),
        (AT_LEAST, 2.0, True),
        (AT_LEAST, 1.9999, False),
    ],
)
def test_the_limit_itself_still_holds_and_what_lies_beyond_does_not(bar: Bar, value: float, *, held: bool) -> None:
    assert figure(value, bar=bar).held is held


def test_ours_and_the_reference_take_turns_and_warm_up_rounds_do_not_count() -> None:
    order: list[str] = []

    def measured(name: str) -> Callable[[], float]:
        def take() -> float:
            order.append(name)
            return float(len(order))

        return take

    pairs = side_by_side(measured("ours"), measured("reference"), 2, warm_up=1)

    assert order == ["ours", "reference"] * 3
    assert pairs == [Pair(3.0, 4.0), Pair(5.0, 6.0)]


def test_ratios_are_taken_pair_by_pair_and_medians_side_by_side() -> None:
    pairs = [Pair(2.0, 1.0), Pair(30.0, 10.0), Pair(4.0, 4.0)]

    assert ratios(pairs) == (2.0, 3.0, 1.0)
    assert medians(pairs) == Pair(4.0, 4.0)


def test_seconds_runs_the_action_once() -> None:
    calls: list[int] = []

    assert seconds(lambda: calls.append(1)) >= 0
    assert calls == [1]


def test_the_table_says_what_was_held_and_what_was_missed() -> None:
    console = Console(width=120)
    with console.capture() as capture:
        console.print(figure_table([figure(1.1), figure(1.5, bar=AT_LEAST)]))

    held, missed = (line for line in capture.get().splitlines() if "シナリオ" in line)
    assert "1.100 倍" in held
    assert "1.15 倍以下" in held
    assert "達成" in held
    assert "1.500 枚/秒" in missed
    assert "2 枚/秒以上" in missed
    assert "未達" in missed
    assert "・参考の値" in capture.get()


def test_the_file_holds_every_figure_with_its_rounds(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    write_figures(path, [figure(1.1, 1.0, 1.2)])

    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["figures"] == [
        {
            "name": "scenario",
            "title": "シナリオ",
            "measured": 1.1,
            "bar": {"limit": 1.15, "sense": "at_most", "unit": "倍"},
            "held": True,
            "rounds": [1.1, 1.0, 1.2],
            "remarks": ["参考の値"],
        }
    ]
    assert content["machine"]["processors"] >= 1


def test_a_sample_is_spread_evenly_and_small_suites_run_whole() -> None:
    assert spread(list("abcdefgh"), 4) == list("aceg")
    assert spread(list("abc"), 4) == list("abc")
    assert spread(list("abc"), 0) == list("abc")


def test_pictures_that_differ_or_are_lacking_are_named() -> None:
    same = {"a.png": "1", "b.png": "2"}

    assert "一致" in compared([same, dict(same)])
    assert "不一致: b.png" in compared([same, {**same, "b.png": "3"}])
    assert "不一致: c.png" in compared([same, {**same, "c.png": "3"}])


def test_the_load_generator_says_why_it_failed() -> None:
    with pytest.raises(MeasurementError, match="refused"):
        compare(Plan(1, ("x",), ("y",)), Plan(1, ("x",), ("y",)))


def test_every_figure_is_a_module_that_measures() -> None:
    for name in benchmarks.FIGURES:
        assert callable(benchmarks.measurer(name))


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, int | None]]:
    """The calls for figures; scenario misses its bar, sink cannot be measured."""
    calls: list[tuple[str, int | None]] = []

    def measure(name: str, rounds: int | None) -> Figure:
        calls.append((name, rounds))
        if name == "sink":
            raise MeasurementError("the server is gone")
        return figure(1.5 if name == "scenario" else 1.0, name=name)

    monkeypatch.setattr(benchmarks, "measure", measure)
    monkeypatch.setattr(bench, "FILE", tmp_path / "bench.json")
    return calls


@pytest.mark.parametrize(
    ("options", "exit_code"),
    [
        (["--only", "scenario"], 0),
        (["--only", "scenario", "--strict"], 1),
        (["--only", "reset", "--strict"], 0),
        (["--only", "sink"], 1),
        (["--only", "reset", "--only", "nosuch"], 2),
        (["--rounds", "0"], 2),
    ],
)
@pytest.mark.usefixtures("measured")
def test_a_missed_bar_fails_only_when_strict_and_a_broken_measurement_always(
    options: list[str], exit_code: int
) -> None:
    assert runner.invoke(command.app, ["bench", *options]).exit_code == exit_code


def test_without_only_every_figure_is_measured_that_does_not_take_hours(measured: list[tuple[str, int | None]]) -> None:
    result = runner.invoke(command.app, ["bench", "--rounds", "2"])

    assert measured == [(name, 2) for name in benchmarks.FIGURES if name not in benchmarks.LONG]
    assert "sink を測れませんでした: the server is gone" in result.stderr
    names = [entry["name"] for entry in json.loads(bench.FILE.read_text(encoding="utf-8"))["figures"]]
    assert names == [name for name in benchmarks.FIGURES if name not in {"sink", *benchmarks.LONG}]


def test_a_scenario_that_ends_alike_every_time_is_steady_unless_it_fails() -> None:
    first = {"揺れる": "passed", "失敗する": "failed", "成功する": "passed", "見送る": "skipped", "消える": "passed"}
    second = {**first, "揺れる": "failed"}
    del second["消える"]
    assert unsteady_scenarios([first, second, first]) == [
        "失敗する: 失敗 3 回",
        "揺れる: 成功 2 回、失敗 1 回",
        "消える: 成功 2 回、実行されず 1 回",
    ]


@pytest.mark.long
def test_the_scenario_and_its_script_can_be_timed() -> None:
    assert benchmarks.measure("scenario", 1).rounds[0] > 0
