"""Running the features, or a sample of them, by a pytest of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import MeasurementError
from koujyo.places import ROOT
from koujyo.scenarios import LEFT_OUT
from koujyo.terminal import child_environment

# The tests of the bench itself beside them are no scenarios.
SCENARIOS = "features/test_scenarios.py"
SAMPLE = 16


def run_sample(folder: Path, workers: int, *arguments: str, size: int = SAMPLE) -> float:
    """Run a sample of the features, by so many parallel workers; how many seconds the whole command took.

    Raises:
        MeasurementError: a scenario failed.
    """
    sample = ("-p", "benchmarks.sampling", f"--bench-sample={size}")
    return run_pytest(folder, SCENARIOS, "-n", str(workers), *sample, *arguments)


def run_pytest(folder: Path, *arguments: str) -> float:
    """Run pytest, with all that it writes below `folder`; how many seconds the whole command took.

    Raises:
        MeasurementError: something failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "pytest.log"
    places = (f"--report={folder / 'report'}", f"--output={folder / 'output'}", f"--basetemp={folder / 'tmp'}")
    steady = ("-p", "no:randomly", "-p", "no:cacheprovider", *LEFT_OUT)
    command = [sys.executable, "-m", "pytest", "-q", *steady, *places, *arguments]
    started = time.perf_counter()
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            command, cwd=ROOT, env=child_environment(), stdout=out, stderr=subprocess.STDOUT, check=False
        )
    took = time.perf_counter() - started
    if done.returncode:
        lines = log.read_text(encoding="utf-8").strip().splitlines()
        raise MeasurementError(" / ".join(("pytest が失敗しました", *lines[-3:])))
    return took
