"""`koujyo check`: the static checks, side by side, with output only where one fails."""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import typer

from koujyo.places import ROOT
from koujyo.terminal import child_environment

# tools/ is no package, so its types are checked apart, with a cache of its own: the checks run at the same time
CHECKS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "mypy (tools)": ("mypy", "--cache-dir", ".mypy_cache/tools", "tools/set_up.py", "tools/killed_runs.py"),
    "lint-imports": ("lint-imports",),
    "シナリオの言葉": (sys.executable, "-m", "koujyo.feature_lint"),
}


@dataclass(frozen=True)
class Outcome:
    """What one check said."""

    name: str
    exit_code: int
    seconds: float
    output: str


def check() -> None:
    """End with the exit code of the first check that failed."""
    raise typer.Exit(run_checks())


def run_checks() -> int:
    """Run every check, print a line for each and the output of those that failed; returns the first failure's code."""
    with ThreadPoolExecutor(len(CHECKS)) as pool:
        outcomes = list(pool.map(run_check, CHECKS, CHECKS.values()))
    for outcome in outcomes:
        _tell(outcome)
    return next((outcome.exit_code for outcome in outcomes if outcome.exit_code), 0)


def run_check(name: str, command: tuple[str, ...]) -> Outcome:
    """Run one check in the checkout, with the program that is installed beside this Python."""
    program, *arguments = command
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    found = shutil.which(program, path=path)
    if found is None:
        return Outcome(name, 1, 0.0, f"{program} が入っていません。「make setup」を実行してください。\n")
    started = time.perf_counter()
    done = subprocess.run(
        [found, *arguments],
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Outcome(name, done.returncode, time.perf_counter() - started, done.stdout)


def _tell(outcome: Outcome) -> None:
    result = "不合格" if outcome.exit_code else "合格"
    print(f"{outcome.name}: {result} ({outcome.seconds:.1f} 秒)")
    if outcome.exit_code:
        print(outcome.output.rstrip())
    sys.stdout.flush()
