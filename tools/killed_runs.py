"""Ends real runs of the scenarios at random moments, and checks what is left: no process, no green headline.

.venv/bin/python tools/killed_runs.py --runs 10 --seed 1

Every run is ended by another of the ways below, at a moment drawn by the seed. Exit code 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import psutil

ROOT = Path(__file__).resolve().parents[1]
FEATURES = ("features/login", "features/password", "features/logout")
ENDED_WITHIN = 5.0
LATEST = 45.0
VERDICT = '<h1 id="verdict">'


def main() -> int:
    """Run and judge; returns how many runs were wrong, at most 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)  # noqa: S311 - which moments are tried
    ways = list(WAYS)
    wrong = 0
    for number in range(options.runs):
        way, moment = ways[number % len(ways)], dice.uniform(2.0, LATEST)
        problems, told = killed(way, moment, dice)
        wrong += bool(problems)
        print(f"{number + 1:2}. {way}、{moment:4.1f} 秒後: {told} … {'、'.join(problems) or '良好'}", flush=True)
    print(f"{options.runs} 回のうち {wrong} 回に問題がありました。")
    return int(bool(wrong))


def killed(way: str, moment: float, dice: random.Random) -> tuple[list[str], str]:
    """Start a run, end it in this way after so many seconds, and tell what is wrong and what the report says."""
    with tempfile.TemporaryDirectory(prefix="koujyo-") as name:
        report = Path(name) / "report"
        command = [sys.executable, "-m", "koujyo", "scenarios", *FEATURES, "--report", str(report)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        started = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        struck = WAYS[way](process, started, dice)
        problems = [f"{len(left)} 個のプロセスが残りました" for left in [_left(started)] if left]
        code = process.wait()
        problems += _judged(report, code, way)
        return (
            problems,
            f"{'' if struck else '（当てる相手なし）'}終了コード {code}、{_headline(report) or '報告書なし'}",
        )


def _left(started: list[psutil.Process]) -> list[psutil.Process]:
    """What still runs when all should be gone."""
    return psutil.wait_procs(started, timeout=ENDED_WITHIN)[1]


def _judged(report: Path, code: int, way: str) -> list[str]:
    """What is wrong with the exit code and with the report that was left."""
    problems = []
    if code == 0:
        problems.append("終了コードが 0 です")
    if (wanted := CODES.get(way)) is not None and code != wanted:
        problems.append(f"終了コードが {wanted} ではありません")
    if (report / "index.html").exists():
        if not _headline(report).startswith("中断"):
            problems.append(f"見出しが「{_headline(report)}」です")
        ET.parse(report / "junit.xml")  # noqa: S314 - the run wrote it a moment ago
    return problems


def _headline(report: Path) -> str:
    page = report / "index.html"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return " ".join(text.partition(VERDICT)[2].partition("</h1>")[0].split())


def _signal(number: signal.Signals) -> Callable[..., bool]:
    def send(process: subprocess.Popen[bytes], _: list[psutil.Process], __: random.Random) -> bool:
        process.send_signal(number)
        return True

    return send


def _kill_one(word: str) -> Callable[..., bool]:
    """Kill one of the processes whose command line has this word; the command itself is stopped where there is none."""

    def kill(process: subprocess.Popen[bytes], started: list[psutil.Process], dice: random.Random) -> bool:
        found = [one for one in started if one.is_running() and word in " ".join(one.cmdline())]
        if not found:
            process.send_signal(signal.SIGTERM)
            return False
        dice.choice(found).kill()
        until = time.monotonic() + LATEST
        while process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)
        return True

    return kill


WAYS: dict[str, Callable[..., bool]] = {
    "Ctrl-C": _signal(signal.SIGINT),
    "SIGTERM": _signal(signal.SIGTERM),
    "端末を閉じる": _signal(signal.SIGHUP),
    "kill -9": _signal(signal.SIGKILL),
    "並列プロセスを kill -9": _kill_one("sys.stdin.readline"),
    "ブラウザを kill -9": _kill_one("--remote-debugging-pipe"),
}
CODES = {"Ctrl-C": 130, "SIGTERM": 143, "端末を閉じる": 129, "kill -9": -9}

if __name__ == "__main__":
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    sys.exit(main())
