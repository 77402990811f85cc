"""The record of a run: whatever ended it, what it says is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.codec import StoryboardError
from storyboard.model import save
from storyboard.run import FILE, STORYBOARDS, End, Ended, Entry, Expected, Facts, append, load_run
from tests.unit.reports.report_samples import failed_scenario, make_scenario


def expected(identity: str, line: int = 12) -> Expected:
    place = ("features/registration.feature", line)
    return Expected(identity, f"node {identity}", *place, f"シナリオ {identity}", "機能", "章", ("MRG-10", "会員編"))


def record(folder: Path, *entries: Entry) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    append(folder / FILE, [Facts((("コミット", "abc"),)), *entries])
    return folder


def test_a_run_is_complete_when_all_that_was_to_run_has_ended(tmp_path: Path) -> None:
    save(make_scenario("a"), tmp_path / STORYBOARDS)
    run = load_run(record(tmp_path, expected("a"), Ended("a", "passed", 1.0), End()))
    assert (run.state, run.planned, run.count("passed"), run.facts.values) == ("complete", 1, 1, (("コミット", "abc"),))


def test_a_run_whose_record_just_stops_was_interrupted_and_tells_what_is_left(tmp_path: Path) -> None:
    save(make_scenario("a"), tmp_path / STORYBOARDS)
    save(make_scenario("b"), tmp_path / STORYBOARDS)  # was written while the run was stopped
    record(tmp_path, expected("a"), expected("b"), Ended("a", "passed", 1.0))
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"ended": {"id": "b", "outc')
    run = load_run(tmp_path)
    assert (run.state, [one.id for one in run.scenarios], [one.id for one in run.left]) == ("interrupted", ["a"], ["b"])
    assert run.end.interruption


@pytest.mark.parametrize("end", [End(interruption="Ctrl-C"), End(errors=("読めません",))])
def test_a_run_that_was_stopped_or_could_not_read_a_file_is_not_complete(tmp_path: Path, end: End) -> None:
    save(make_scenario("a"), tmp_path / STORYBOARDS)
    assert load_run(record(tmp_path, expected("a"), Ended("a", "passed", 1.0), end)).state == "interrupted"


def test_a_failure_while_tidying_up_counts(tmp_path: Path) -> None:
    save(make_scenario("a"), tmp_path / STORYBOARDS)
    (scenario,) = load_run(record(tmp_path, expected("a"), Ended("a", "failed", 1.0, "後始末の失敗"), End())).scenarios
    assert scenario.outcome == "failed"
    assert scenario.failure is not None
    assert scenario.failure.message == "後始末の失敗"


def test_a_failure_that_only_the_storyboard_knows_counts_too(tmp_path: Path) -> None:
    save(failed_scenario("a"), tmp_path / STORYBOARDS)
    (scenario,) = load_run(record(tmp_path, expected("a"), Ended("a", "passed", 1.0), End())).scenarios
    assert scenario.outcome == "failed"


def test_what_left_no_storyboard_is_told_with_what_is_known(tmp_path: Path) -> None:
    endings = (
        Ended("a", "passed", 1.0),
        Ended("b", "failed", 1.0, "なぜか"),
        Ended("c", "skipped", 0.0, "Xvfb がない"),
    )
    places = [expected(one, line) for line, one in enumerate("abc", 1)]
    run = load_run(record(tmp_path, *places, *endings, End()))
    assert [one.outcome for one in run.scenarios] == ["failed", "failed", "skipped"]
    first, second, third = run.scenarios
    assert first.failure is not None
    assert "手順の記録がありません" in first.failure.message
    assert second.failure is not None
    assert second.failure.message == "なぜか"
    assert (third.reason, third.clauses, third.edition) == ("Xvfb がない", ("MRG-10",), "member")


def test_scenarios_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    run = load_run(
        record(tmp_path, expected("a", 9), expected("b", 3), Ended("a", "failed", 1), Ended("b", "failed", 1))
    )
    assert [one.id for one in run.scenarios] == ["b", "a"]


def test_a_folder_without_a_record_of_the_run_holds_what_it_holds(tmp_path: Path) -> None:
    save(make_scenario("a"), tmp_path / STORYBOARDS)
    run = load_run(tmp_path)
    assert (run.state, run.planned) == ("complete", 1)
    with pytest.raises(StoryboardError, match="記録のフォルダーがありません"):
        load_run(tmp_path / "nowhere")


@pytest.mark.parametrize("line", ["{}", "[]", '{"ended": {"id": 1}}', '{"what": {}}', "text"])
def test_a_damaged_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    record(tmp_path)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(StoryboardError, match=f"{FILE}:2"):
        load_run(tmp_path)
