"""How the subcommands speak to the person at the terminal, and how they start other programs."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from koujyo.places import IS_CHECKOUT, ROOT

BAD_INPUT = 2


def refuse(line: str) -> NoReturn:
    """Say in one line on stderr why the command cannot run, and end with exit code 2."""
    print(" ".join(line.split()), file=sys.stderr, flush=True)
    raise typer.Exit(BAD_INPUT)


def require_checkout(name: str) -> None:
    """Refuse what needs more than a wheel has: the tests, their settings, the tools of the developers."""
    if not IS_CHECKOUT:
        refuse(
            f"koujyo {name} には、git clone したソースコード一式が要ります。その中で「make setup」"
            "（Windows は「python tools\\set_up.py」）を実行し、.venv の koujyo を使ってください。"
        )


def speak_japanese() -> None:
    """Never fail on a character that the console cannot show (Windows consoles with an old code page)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def child_environment() -> dict[str, str]:
    """The environment for programs we start: UTF-8 everywhere, Windows included."""
    return {**os.environ, "PYTHONUTF8": "1"}


def run_pytest(arguments: Sequence[str]) -> int:
    """Run pytest in the checkout with its output shown as it comes; returns its exit code."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=child_environment()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # pytest got the same Ctrl-C and is closing down
