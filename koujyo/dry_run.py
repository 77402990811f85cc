"""Reading scenarios without running them: does every sentence mean something? Nothing is started for that."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fixtures.feature_steps import WrittenStep


def dry_run(files: Iterable[Path], places: frozenset[str] | None = None) -> int:
    """List scenarios and every sentence that cannot run; returns the exit code, 1 where there is one.

    Args:
        files: feature files.
        places: where the chosen scenarios begin, as `WrittenStep.scenario_place` has it; None for all of them.
    """
    from fixtures.feature_steps import UnreadableFeatureError, steps_of  # noqa: PLC0415 - costs time

    steps: list[WrittenStep] = []
    problems: list[str] = []
    for file in files:
        try:
            steps += [step for step in steps_of(file) if places is None or step.scenario_place in places]
        except UnreadableFeatureError as problem:
            problems.append(str(problem))
    problems += check_sentences(steps)
    _tell(steps, problems)
    return 1 if problems else 0


def check_sentences(steps: Iterable[WrittenStep]) -> list[str]:
    """What is wrong with sentences, in one line for each place, however many examples run through it."""
    from steps.sentences import problem_with  # noqa: PLC0415 - costs time

    found: dict[str, str] = {}
    for step in steps:
        if problem := problem_with(step.kind, step.text, step.place, has_table=bool(step.table)):
            found.setdefault(step.place, problem)
    return list(found.values())


def _tell(steps: Iterable[WrittenStep], problems: Sequence[str]) -> None:
    scenarios = dict.fromkeys((step.scenario_place, step.scenario) for step in steps)
    for place, title in scenarios:
        print(f"{place}: {title}")
    print(f"シナリオ {len(scenarios)} 件を読みました（実行していません）。")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"このままでは実行できない文が {len(problems)} 件あります。", file=sys.stderr)
