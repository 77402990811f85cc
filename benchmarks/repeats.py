"""The whole suite again and again, in another order every time: does every scenario always end alike?"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measuring import Bar, Figure, MeasurementError, Sense
from benchmarks.suite import SCENARIOS, ended_pytest, last_lines
from koujyo.nightly import WORDS, outcomes
from koujyo.places import FEATURES, ROOT, processors
from koujyo.scenario_run import SOME_FAILED, expected
from koujyo.selection import plan_all
from storyboard.run import FILE as RECORD
from storyboard.run import append

BAR = Bar(0, Sense.AT_MOST, "件")

Run = Mapping[str, str]


def measure(rounds: int) -> Figure:
    """How many scenarios did not pass every time, or passed only sometimes; pictures are taken as in the main job."""
    with tempfile.TemporaryDirectory(prefix="koujyo-") as name:
        runs = [_run(Path(name) / str(number), f"{number}/{rounds} 回目") for number in range(1, rounds + 1)]
    unsteady = unsteady_scenarios(runs)
    remarks = (f"{len(runs[0])} 件を {rounds} 回、毎回ちがう順序で実行", *unsteady)
    return Figure("repeats", "繰り返すと結果の揺れたシナリオ", BAR, (float(len(unsteady)),), remarks)


def unsteady_scenarios(runs: Sequence[Run]) -> list[str]:
    """The scenarios that failed at least once, or did not end alike in all runs, as lines with how they ended."""
    lines = []
    for name in sorted(set().union(*runs)):
        ended = Counter(run.get(name, "") for run in runs)
        if len(ended) > 1 or "failed" in ended:
            lines.append(f"{name}: " + "、".join(f"{WORDS[outcome]} {count} 回" for outcome, count in ended.items()))
    return lines


def _run(folder: Path, told: str) -> Run:
    record = folder / "report" / RECORD
    record.parent.mkdir(parents=True)
    append(record, map(expected, plan_all(FEATURES, ROOT)))
    arguments = (*SCENARIOS, "-n", str(processors()), "--pictures", f"--run-record={record}")
    code, took = ended_pytest(folder, *arguments)
    found = {name: outcome for name, (outcome, _) in outcomes(record.parent).items()}
    if code not in {0, SOME_FAILED} or not found:
        raise MeasurementError(" / ".join(("pytest が失敗しました", *last_lines(folder))))
    failed = [name for name, outcome in found.items() if outcome == "failed"]
    print("、".join((f"{told}: {len(found)} 件", f"{took:.0f} 秒", f"失敗 {len(failed)} 件", *failed)), file=sys.stderr)
    return found
