"""A verdict is true or it is not given: what was found, collected, run and reported is counted and must agree."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from storyboard.run import FILE
from tests.integration.small_checkout import SIGNALS, SmallCheckout, alive, descendants, until

# Signals, sessions and a process tree as POSIX has them.
pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX のシグナルで確かめます")
# On a busy machine; tools/killed_runs.py measures it on one that does nothing else.
ENDED_WITHIN = 15.0
TWO_OF_ONE_NAME = """
シナリオ: 同じ名前
  もし 「一つ目」を書く
  ならば 失敗する

シナリオ: 同じ名前
  もし 「二つ目」を書く

シナリオアウトライン: 同じ名前
  もし 「<語>」を書く

  例:
    | 語     |
    | 三つ目 |
    | 四つ目 |
  例:
    | 語     |
    | 五つ目 |

ルール: 一
  シナリオ: 同じ名前
    もし 「六つ目」を書く
ルール: 二
  シナリオ: 同じ名前
    もし 「七つ目」を書く
"""
LONG = """
シナリオ: 一
  もし 成功する
シナリオ: 二
  もし いつまでも待つ
シナリオ: 三
  もし 「三」を書く
"""


@pytest.fixture
def checkout(tmp_path: Path) -> SmallCheckout:
    return SmallCheckout(tmp_path)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> SmallCheckout:
    """A checkout with a report."""
    checkout = SmallCheckout(tmp_path_factory.mktemp("reported"))
    checkout.feature("シナリオ: 一\n  もし 成功する\n")
    checkout.run("--workers", "0")
    return checkout


def test_scenarios_of_one_name_all_run_and_the_first_one_s_failure_is_told(checkout: SmallCheckout) -> None:
    checkout.feature(TWO_OF_ONE_NAME)
    code, told = checkout.run("--workers", "0", "--no-pictures")
    assert code == 1, told
    assert sorted(set(checkout.ran)) == sorted(["一つ目", "二つ目", "三つ目", "四つ目", "五つ目", "六つ目", "七つ目"])
    run = checkout.recorded()
    assert (run.planned, run.count("failed"), run.count("passed")) == (7, 1, 6)
    assert len({one.id for one in run.scenarios}) == 7
    assert len(list((checkout.report / "scenarios").glob("*.html"))) == 7
    cases = list(checkout.junit().iter("testcase"))
    assert len({case.get("name") for case in cases}) == 7


def test_the_report_of_a_scenario_stays_the_same_when_others_are_added_above(checkout: SmallCheckout) -> None:
    below = "シナリオ: 下\n  もし 成功する\n"
    checkout.feature(below)
    checkout.run("--workers", "0")
    (before,) = checkout.recorded().scenarios
    checkout.feature("シナリオ: 上\n  もし 成功する\n\nシナリオ: 下\n  もし 「上の下」を書く\n\n" + below)
    checkout.run("--workers", "0")
    after = checkout.recorded().scenarios[-1]
    assert (after.id, after.whole_name) == (before.id, before.whole_name)
    assert len(checkout.recorded().scenarios) == 3


@pytest.mark.parametrize(
    ("workers", "number"),
    [
        pytest.param("0", signal.SIGINT, marks=pytest.mark.long),
        ("2", signal.SIGINT),
        ("2", signal.SIGTERM),
        pytest.param("2", signal.SIGHUP, marks=pytest.mark.long),
    ],
)
def test_a_signal_ends_everything_soon_and_the_report_tells_of_what_was_left(
    checkout: SmallCheckout, workers: str, number: signal.Signals
) -> None:
    checkout.feature(LONG)
    process = checkout.start("--workers", workers)
    until((checkout.folder / "waiting").exists, process)
    started = descendants(process)
    process.send_signal(number)
    psutil.wait_procs(started, timeout=ENDED_WITHIN)
    assert list(alive(started)) == []
    told, _ = process.communicate(timeout=60)
    assert process.returncode == SIGNALS[number], told
    run = checkout.recorded()
    assert run.state == "interrupted"
    assert "二" in [one.name for one in run.left]
    assert checkout.headline().startswith(f"中断: {len(run.scenarios)}/3 件を実行")
    assert f"中断: {len(run.scenarios)}/3" in (checkout.junit().find(".//error").get("message") or "")  # type: ignore[union-attr]
    assert "もう一度実行します" not in told


@pytest.mark.long
def test_what_a_killed_command_had_started_is_gone_too_and_the_last_report_stays(checkout: SmallCheckout) -> None:
    checkout.feature("シナリオ: 一\n  もし 成功する\n")
    checkout.run("--workers", "0")
    before = (checkout.report / FILE).read_bytes()
    checkout.feature(LONG)
    process = checkout.start("--workers", "2")
    until((checkout.folder / "waiting").exists, process)
    started = descendants(process)
    process.kill()
    process.communicate()
    psutil.wait_procs(started, timeout=ENDED_WITHIN)
    assert list(alive(started)) == []
    assert (checkout.report / FILE).read_bytes() == before


def test_a_worker_that_is_gone_interrupts_the_run(checkout: SmallCheckout) -> None:
    checkout.feature(
        "シナリオ: 一\n  もし プロセスが終わる\nシナリオ: 二\n  もし いつまでも待つ\nシナリオ: 三\n  もし 成功する\n"
    )
    code, told = checkout.run("--workers", "2")
    assert code == 1, told
    run = checkout.recorded()
    assert run.state == "interrupted"
    assert [(one.name, one.outcome) for one in run.scenarios if one.name == "一"] == [("一", "failed")]
    assert "途中で終わりました" in run.end.interruption
    assert checkout.headline().startswith("中断: ")
    assert "もう一度実行します" not in told


LOSING = """

def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if item.name != "二"]
"""


def test_a_scenario_that_pytest_loses_makes_the_run_fail_with_its_place(checkout: SmallCheckout) -> None:
    checkout.feature("シナリオ: 一\n  もし 成功する\nシナリオ: 二\n  もし 成功する\n")
    with (checkout.folder / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(LOSING)
    code, told = checkout.run("--workers", "2")
    assert code == 1, told
    assert "some.feature:5: 二" in told
    assert checkout.recorded().end.lost == (checkout.recorded().left[0].id,)
    assert checkout.headline().startswith("中断: 1/2 件を実行")


def test_a_full_disk_stops_the_run_and_says_so(checkout: SmallCheckout) -> None:
    checkout.feature("シナリオ: 一\n  もし ディスクがいっぱいになる\nシナリオ: 二\n  もし 成功する\n")
    code, told = checkout.run("--workers", "0")
    assert code == 1, told
    run = checkout.recorded()
    assert [one.name for one in run.left] == ["二"]
    assert "書き込めなくなったので止めました" in run.end.interruption


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("シナリオ: 空\n\nシナリオ: 一\n  もし 成功する\n", "some.feature:3: 「空」に手順がありません"),
        ("シナリオアウトライン: 例なし\n  もし 「<語>」を書く\n  例:\n    | 語 |\n", "「例なし」の例に行がありません"),
        ("シナリオ 一\n  もし 成功する\n", "some.feature:"),
    ],
)
def test_what_cannot_be_run_is_refused_with_its_place_before_anything_starts(
    checkout: SmallCheckout, text: str, reason: str
) -> None:
    checkout.feature(text)
    code, told = checkout.run()
    assert code == 2
    assert reason in told
    assert told.count("\n") == 1
    assert not checkout.report.exists()


def test_two_runs_at_once_in_one_folder_are_refused_and_in_two_folders_they_are_not(checkout: SmallCheckout) -> None:
    checkout.feature(LONG)
    first = checkout.start("--workers", "0")
    until((checkout.folder / "waiting").exists, first)
    code, told = checkout.run("-k", "一", "--workers", "0")
    assert (code, told.count("\n")) == (2, 1)
    assert "ほかの実行が使っています" in told
    code, told = checkout.run("-k", "一", "--workers", "0", "--report", "other/report")
    assert code == 0, told
    first.send_signal(signal.SIGINT)
    first.communicate()
    assert len(checkout.recorded().left) == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("-k", "ない題名"), "-k「ない題名」"),
        (("-m", "ZZ-99"), "ZZ-99"),
        (("features/nowhere",), "features/nowhere"),
        (("--clock", "きのう"), "--clock"),
        (("--", "--base-url", "https://127.0.0.1:9/"), "--base-url"),
        (("--", "features/some.feature"), "「--」の前"),
        (("--", "--nonsense"), "--nonsense"),
    ],
)
def test_a_slip_of_the_pen_leaves_the_last_report_as_it_is(
    reported: SmallCheckout, words: tuple[str, ...], reason: str
) -> None:
    before = {path: path.read_bytes() for path in reported.report.rglob("*") if path.is_file()}
    code, told = reported.run(*words)
    assert (code, told.count("\n")) == (2, 1), told
    assert reason in told
    assert {path: path.read_bytes() for path in reported.report.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_no_report_is_not_replaced(checkout: SmallCheckout) -> None:
    checkout.feature("シナリオ: 一\n  もし 成功する\n")
    (checkout.folder / "mine").mkdir()
    (checkout.folder / "mine" / "letter.txt").touch()
    code, told = checkout.run("--report", "mine")
    assert (code, told.count("\n")) == (2, 1)
    assert (checkout.folder / "mine" / "letter.txt").exists()


@pytest.mark.long
def test_the_last_failures_and_what_was_left_can_be_run_alone(checkout: SmallCheckout) -> None:
    checkout.feature("シナリオ: 一\n  もし 「一」を書く\nシナリオ: 二\n  もし 「二」を書く\n  ならば 失敗する\n")
    assert checkout.run("--workers", "0")[0] == 1
    (checkout.folder / "ran").unlink()
    assert checkout.run("--workers", "0", "--lf", "--no-pictures")[0] == 1
    assert set(checkout.ran) == {"二"}
    assert checkout.recorded().planned == 1
