"""A scenario against a bare Playwright script that does the same on the same simulator, in the same browser."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.measuring import Bar, Figure, Pair, Sense, medians, ratios
from benchmarks.suite import run_pytest

BAR = Bar(1.15, Sense.AT_MOST)
WARM_UP = 2
SCENARIO = "features/master_registration/first_setup.feature"
SCRIPT = Path(__file__).with_name("scenario_script.py")


def measure(rounds: int) -> Figure:
    """Set-up, call and tear-down of the scenario count, in a pytest that is warm by then; pictures are off."""
    with tempfile.TemporaryDirectory(prefix="koujyo-") as name:
        times = Path(name) / "times.json"
        plugin = ("-p", "benchmarks.scenario_timing", f"--bench-pairs={WARM_UP + rounds}", f"--bench-times={times}")
        run_pytest(Path(name) / "run", SCENARIO, str(SCRIPT), *plugin)
        pairs = [Pair(*pair) for pair in json.loads(times.read_text(encoding="utf-8"))][WARM_UP:]
    middle = medians(pairs)
    remark = f"シナリオ {middle.ours:.2f} 秒、スクリプト {middle.reference:.2f} 秒（初期設定を通して行う。写真なし）"
    return Figure("scenario", "シナリオ（同じ操作をする素の Playwright に対して）", BAR, ratios(pairs), (remark,))
