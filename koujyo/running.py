"""Starts pytest, passes on what stops it, and leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import NoReturn

import psutil

from fixtures.processes import MARK, PATIENCE_SECONDS, end, interrupt, marked, new_mark, start_guard
from koujyo.places import ROOT
from koujyo.terminal import child_environment

# How a command is stopped from outside, and what is told then.
SIGNALS: Mapping[str, str] = {
    "SIGINT": "Ctrl-C で止められました",
    "SIGTERM": "終了の指示（SIGTERM）で止められました",
    "SIGHUP": "端末が閉じられました（SIGHUP）",
    "SIGBREAK": "Ctrl-Break で止められました",
}


class Stopped(BaseException):
    """The command was told to stop; `exit_code` is what the shell expects then."""

    def __init__(self, number: int) -> None:
        super().__init__(SIGNALS[signal.Signals(number).name])
        self.exit_code = 128 + number


def stop_on_signals() -> None:
    """Turn the first signal that would end this process into `Stopped`; later ones change nothing any more."""
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]

    def stop(number: int, _: FrameType | None) -> NoReturn:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        if signal.Signals(number).name == "SIGHUP":
            _speak_to_nobody()
        raise Stopped(number)

    for number in numbers:
        signal.signal(number, stop)


def run_pytest(arguments: Sequence[str]) -> int:
    """Run pytest in the checkout with its output shown as it comes; returns its exit code.

    Raises:
        Stopped: a signal came; everything that was started is gone then.
    """
    sys.stdout.flush()
    mark = new_mark()
    guard = start_guard(mark)
    command = [sys.executable, "-m", "pytest", *arguments]
    environment = {**child_environment(), MARK: mark}
    try:
        # In a session of its own: Ctrl-C comes to us alone, and we tell the others once.
        return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True).wait()
    except Stopped:
        _let_tidy_up(mark)
        raise
    finally:
        end(mark)
        guard.kill()
        guard.communicate()


def _let_tidy_up(mark: str) -> None:
    """Ask pytest and its workers to end, and give them a little time."""
    running = marked(mark)
    interrupt(running)
    psutil.wait_procs(running, PATIENCE_SECONDS)


def _speak_to_nobody() -> None:
    """What is written to a terminal that is gone would fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
