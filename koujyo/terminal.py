"""How the subcommands speak to the person at the terminal, and to the programs they start."""

import io
import os
import sys
from typing import NoReturn

import typer

from koujyo.places import BUILD, IS_CHECKOUT

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
    """The environment for programs we start: UTF-8 everywhere, Windows included.

    Where Python may not leave bytecode beside the source code, it goes into build/: without any, every worker would
    compile everything anew, which takes longer than a scenario.
    """
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if IS_CHECKOUT and environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment.setdefault("PYTHONPYCACHEPREFIX", str(BUILD / "bytecode"))
    return environment
