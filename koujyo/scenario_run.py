"""One run of scenarios: pytest, once more for the traces of failures, and the report that tells of all of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fixtures.options import chapter_of
from koujyo.places import CLAUSES, ROOT
from koujyo.report_folder import Claim, claimed
from koujyo.running import Stopped, run_pytest
from storyboard.plan import Planned
from storyboard.run import FILE, End, Expected, Facts, Run, append, load_run

# pytest's own codes
SOME_FAILED, USAGE_ERROR, NOTHING_RAN = 1, 4, 5
BAD_INPUT = 2
# Scenarios state no properties, and the plugin takes every worker a second to load. What failed last is in the report.
LEFT_OUT = ("-p", "no:hypothesispytest", "-p", "no:cacheprovider")
# A worker that is gone is not replaced: nobody knows why it is gone, and the run is told as interrupted.
NO_OTHER_WORKER = "--max-worker-restart=0"
# How failures are run again: a trace slows the browser down by a third, so it is recorded only for them.
MOST_TRACED = 20
AGAIN = ("--traces", f"--maxfail={MOST_TRACED}", "-q", "--no-summary")
# What needs no second time: pictures are there already.
ONCE = frozenset({"--pictures"})


@dataclass(frozen=True)
class Job:
    """What is to run, and how.

    Attributes:
        chosen: the scenarios.
        workers: how many at once; 0 for none beside this one.
        words: options for pytest.
        report: the folder of the report.
        facts: what the report says of the run.
    """

    chosen: Sequence[Planned]
    workers: int
    words: Sequence[str]
    report: Path
    facts: Facts


def run_scenarios(job: Job) -> int:
    """Run, and put the report in the place of the last one if anything ran; returns the exit code.

    Raises:
        CannotReport: the folder of the report cannot be used; nothing has run then.
        OSError: the report cannot be written.
    """
    with claimed(job.report) as claim:
        code = _run(job, claim, job.chosen, ())
        run = load_run(claim.draft)
        if not run.scenarios:
            return _nothing_ran(code, run)
        if code == SOME_FAILED and run.state == "complete":
            code = _trace_failures(job, claim, run)
        _publish(claim, run)
    return _exit_code(code, run)


def expected(planned: Planned) -> Expected:
    """What the record of the run says of a scenario that is to run."""
    return Expected(
        id=planned.id,
        node_id=planned.node_id,
        file=planned.file,
        line=planned.line,
        name=planned.name,
        feature=planned.feature,
        chapter=chapter_of(ROOT / planned.file, planned.feature),
        tags=planned.tags,
    )


def _run(job: Job, claim: Claim, chosen: Sequence[Planned], extra: Sequence[str]) -> int:
    """Run pytest on these; its exit code, or that of a signal which stopped it."""
    record = claim.draft / FILE if not extra else claim.draft.with_name("again.jsonl")
    append(record, [job.facts, *map(expected, chosen)])
    files = dict.fromkeys(one.file for one in chosen)
    own = (
        f"--run-record={record}",
        f"--report={claim.draft}",
        f"--report-place={claim.folder}",
        f"--output={claim.draft.with_name('output')}",
    )
    try:
        return run_pytest(
            [*files, "-n", str(job.workers), NO_OTHER_WORKER, *LEFT_OUT, f"--rootdir={ROOT}", *own, *job.words, *extra]
        )
    except Stopped as stopped:
        append(record, [End(str(stopped))])
        return stopped.exit_code


def _nothing_ran(code: int, run: Run) -> int:
    """Tell that the last report stays as it is."""
    print(f"シナリオが 1 件も実行されませんでした。{run.end.reason}", file=sys.stderr)
    print("前回の報告書があれば、そのまま残っています。", file=sys.stderr)
    return {0: NOTHING_RAN, USAGE_ERROR: BAD_INPUT, 2: SOME_FAILED}.get(code, code)


def _trace_failures(job: Job, claim: Claim, run: Run) -> int:
    """Run what failed once more for its trace; what passes now is not stable, and the person should know."""
    failed = {scenario.id for scenario in run.scenarios if scenario.outcome == "failed"}
    chosen = [one for one in job.chosen if one.id in failed][:MOST_TRACED]
    print(f"失敗したシナリオを、ブラウザのトレースを取りながらもう一度実行します（{MOST_TRACED} 件まで）。", flush=True)
    again = replace(job, words=[one for one in job.words if one not in ONCE])
    code = _run(again, claim, chosen, AGAIN)
    if code == 0:
        print("もう一度実行すると成功しました。シナリオの結果が安定していません。")
    return code if code > SOME_FAILED * 128 else SOME_FAILED


def _publish(claim: Claim, run: Run) -> None:
    from reports import build_report  # noqa: PLC0415 - not needed when nothing was recorded

    page = build_report(claim.draft, CLAUSES)
    claim.take_place()
    print(run.told)
    print(f"報告書: {claim.folder / page.name}")


def _exit_code(code: int, run: Run) -> int:
    """0 only where every scenario that was to run has ended and none failed, and at least one ran."""
    if code > 128:  # noqa: PLR2004 - a signal
        return code
    if run.state != "complete" or run.count("failed"):
        return SOME_FAILED
    if not run.count("passed"):
        print("シナリオが 1 件も実行されませんでした（すべて見送り）。", file=sys.stderr)
        return NOTHING_RAN
    return code
