"""Running the features, or a sample of them, by a pytest of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import MeasurementError
from koujyo.places import FEATURES, ROOT
from koujyo.scenario_run import LEFT_OUT
from koujyo.terminal import child_environment
from storyboard.plan import feature_files

# The tests of the bench itself beside them are no scenarios.
SCENARIOS = tuple(file.relative_to(ROOT).as_posix() for file in feature_files(FEATURES))
SAMPLE = 16
LOG = "pytest.log"


def run_sample(folder: Path, workers: int, *arguments: str, size: int = SAMPLE) -> float:
    """Run a sample of the features, by so many parallel workers; how many seconds the whole command took.

    Raises:
        MeasurementError: a scenario failed.
    """
    sample = ("-p", "benchmarks.sampling", f"--bench-sample={size}")
    return run_pytest(folder, *SCENARIOS, "-n", str(workers), *sample, *arguments)


def run_pytest(folder: Path, *arguments: str) -> float:
    """Run pytest in a fixed order, with all that it writes below `folder`; how many seconds the whole command took.

    Raises:
        MeasurementError: something failed.
    """
    code, took = ended_pytest(folder, "-p", "no:randomly", *arguments)
    if code:
        raise MeasurementError(" / ".join(("pytest が失敗しました", *last_lines(folder))))
    return took


def ended_pytest(folder: Path, *arguments: str) -> tuple[int, float]:
    """Run pytest, with all that it writes below `folder`; its exit code and how many seconds the command took."""
    folder.mkdir(parents=True, exist_ok=True)
    places = (f"--report={folder / 'report'}", f"--output={folder / 'output'}", f"--basetemp={folder / 'tmp'}")
    command = [sys.executable, "-m", "pytest", "-q", *LEFT_OUT, *places, *arguments]
    started = time.perf_counter()
    with (folder / LOG).open("w", encoding="utf-8") as out:
        done = subprocess.run(
            command, cwd=ROOT, env=child_environment(), stdout=out, stderr=subprocess.STDOUT, check=False
        )
    return done.returncode, time.perf_counter() - started


def last_lines(folder: Path) -> list[str]:
    """How the output of a run ended."""
    return (folder / LOG).read_text(encoding="utf-8").strip().splitlines()[-3:]
