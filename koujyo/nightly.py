"""`koujyo nightly`: every scenario with both ways of presenting certificates, which must not make a difference."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from koujyo.after_dashes import pytest_words
from koujyo.places import NIGHTLY, processors
from koujyo.scenarios import (
    By,
    Certificates,
    Marks,
    Places,
    Words,
    certificate_words,
    chosen_scenarios,
    job,
    most_workers,
    require_browser,
    run,
)

DIFFERENT = 1
SIGNALLED = 128
WORDS = {"passed": "成功", "failed": "失敗", "skipped": "省略", "": "実行されず"}


def nightly(
    context: typer.Context,
    *,
    places: Places = None,
    words: Words = None,
    marks: Marks = None,
    workers: Annotated[int, typer.Option(min=0, help="並列数（0 は並列にしない）")] = processors(),
    by: By = None,
) -> None:
    """Run both ways and compare; the exit code is that of the first failure, or 1 where outcomes differ."""
    chosen, browser = chosen_scenarios(places, words, marks), require_browser()
    codes = []
    for way in Certificates:
        given = ["--pictures", *certificate_words(way), *pytest_words(context)]
        codes.append(run(job(chosen, most_workers(workers, way), given, NIGHTLY / way, browser, by=by)))
        if codes[-1] > SIGNALLED:
            raise typer.Exit(codes[-1])
    first, second = (outcomes(NIGHTLY / way) for way in Certificates)
    different = differing(first, second)
    print(f"電子証明書の二つの提示方法で結果の違うシナリオ: {len(different)} 件")
    for line in different:
        print(f"  {line}")
    for line in left_out(first, second):
        print(f"  （store では省略）{line}")
    raise typer.Exit(next(filter(None, codes), DIFFERENT if different else 0))


def outcomes(report: Path) -> dict[str, tuple[str, str]]:
    """How each scenario of a report ended, and why it was skipped; by its place and name."""
    from storyboard.codec import StoryboardError  # noqa: PLC0415 - costs time that the other calls need not pay
    from storyboard.run import load_run  # noqa: PLC0415

    try:
        recorded = load_run(report)
    except StoryboardError:
        return {}
    return {f"{one.whole_name}（{one.file}:{one.line}）": (one.outcome, one.reason) for one in recorded.scenarios}


def differing(context: Mapping[str, tuple[str, str]], store: Mapping[str, tuple[str, str]]) -> list[str]:
    """The scenarios that did not end alike, as lines; one that the store's way left out with a reason is no such."""
    lines = []
    for name in sorted({*context, *store}):
        first, second = (way.get(name, ("", ""))[0] for way in (context, store))
        if second not in {first, "skipped"}:
            lines.append(f"{name}: context では{WORDS[first]}、store では{WORDS[second]}")
    return lines


def left_out(context: Mapping[str, tuple[str, str]], store: Mapping[str, tuple[str, str]]) -> list[str]:
    """The scenarios that only the store's way left out, with the reason, as lines."""
    return [
        f"{name}: {reason}"
        for name, (outcome, reason) in sorted(store.items())
        if outcome == "skipped" and context.get(name, ("", ""))[0] != "skipped"
    ]
