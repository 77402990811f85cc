"""Two parallel workers against one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measuring import Bar, Figure, Sense, medians, ratios, side_by_side
from benchmarks.suite import run_sample

BAR = Bar(1.6, Sense.AT_LEAST)
# Large enough that the start of pytest and of the browsers, some eight seconds either way, weighs little.
SAMPLE = 192


def measure(rounds: int) -> Figure:
    """How many times faster the same command is with `-n 2` than with `-n 1`; the start of pytest is included."""
    with tempfile.TemporaryDirectory(prefix="koujyo-") as name:
        folder = Path(name)
        pairs = side_by_side(
            lambda: 1 / run_sample(folder / "two", 2, size=SAMPLE),
            lambda: 1 / run_sample(folder / "one", 1, size=SAMPLE),
            rounds,
            warm_up=0,
        )
    middle = medians(pairs)
    remarks = (
        f"2 並列 {1 / middle.ours:.1f} 秒、1 並列 {1 / middle.reference:.1f} 秒",
        f"features から均等に選んだ {SAMPLE} 件までを写真なしで実行。pytest とブラウザの起動を含む",
    )
    return Figure("workers", "2 並列の速さ（1 並列に対して）", BAR, ratios(pairs), remarks)
