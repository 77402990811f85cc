"""Annotated pictures a second, and whether the same run takes the same pictures."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

from benchmarks.measuring import Bar, Figure, MeasurementError, Sense
from benchmarks.suite import SAMPLE, run_sample

BAR = Bar(2.0, Sense.AT_LEAST, "枚/秒")
WORKERS = 2

Pictures = dict[str, str]


def measure(rounds: int) -> Figure:
    """Pictures with geometry as `koujyo scenarios` takes them, in two workers; at least two runs are compared."""
    with tempfile.TemporaryDirectory(prefix="koujyo-") as name:
        runs = [_run(Path(name) / str(number)) for number in range(max(rounds, 2))]
    counts = [len(pictures) for _, pictures in runs]
    remarks = (
        f"{counts[0]} 枚を {WORKERS} 並列で撮影",
        f"features から均等に選んだ {SAMPLE} 件までを実行。起動、操作、待ち時間を含む",
        compared([pictures for _, pictures in runs]),
    )
    rates = tuple(count / took for count, (took, _) in zip(counts, runs, strict=True))
    return Figure("pictures", "写真の撮影（操作箇所の位置つき）", BAR, rates, remarks)


def _run(folder: Path) -> tuple[float, Pictures]:
    took = run_sample(folder, WORKERS, "--pictures")
    found = sorted((folder / "report" / "pictures").glob("*.png"))
    if not found:
        raise MeasurementError("写真が 1 枚も撮られませんでした")
    return took, {path.name: sha256(path.read_bytes()).hexdigest() for path in found}


def compared(runs: list[Pictures]) -> str:
    """Whether all runs took the same pictures, byte for byte."""
    first = runs[0]
    names = sorted(set().union(*runs))
    different = [name for name in names if any(run.get(name) != first.get(name) for run in runs)]
    if not different:
        return f"{len(runs)} 回の実行で全 {len(names)} 枚がバイト単位で一致"
    return f"{len(runs)} 回の実行で {len(names)} 枚中 {len(different)} 枚が不一致: {'、'.join(different[:5])}"
