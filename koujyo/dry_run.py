"""Reading scenarios without running them: does every sentence mean something? Nothing is started for that."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.plan import Planned


def dry_run(chosen: Sequence[Planned]) -> int:
    """List scenarios and every sentence that cannot run; returns the exit code, 1 where there is one."""
    problems = check_sentences(chosen)
    for one in chosen:
        print(f"{one.place}: {one.name}")
    print(f"シナリオ {len(chosen)} 件を読みました（実行していません）。")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"このままでは実行できない文が {len(problems)} 件あります。", file=sys.stderr)
    return 1 if problems else 0


def check_sentences(chosen: Sequence[Planned]) -> list[str]:
    """What is wrong with sentences, in one line for each place, however many examples run through it."""
    from steps.sentences import problem_with  # noqa: PLC0415 - costs time

    found: dict[str, str] = {}
    for one in chosen:
        for step in one.steps:
            place = f"{one.file}:{step.line}"
            if problem := problem_with(step.kind, step.text, place, has_table=bool(step.table)):
                found.setdefault(place, problem)
    return list(found.values())
