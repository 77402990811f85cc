"""`koujyo test`: the static checks, then every test and every scenario; pytest has the last word."""

from typing import Annotated

import typer

from koujyo.after_dashes import after_dashes
from koujyo.check import run_checks
from koujyo.places import processors
from koujyo.running import run_pytest

# The tests of a file stay with one worker, which makes what they share once (fixtures/sharing.py).
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")


def run_all(
    context: typer.Context,
    *,
    workers: Annotated[int, typer.Option(min=0, help="並列数（0 は並列にしない）")] = processors(),
    long: Annotated[bool, typer.Option("--long", help="時間のかかる検査も行う（毎晩の検査用）")] = False,
) -> None:
    """Check and test; with `--long`, every kind of page that a scenario shows is judged, too (axe, the Nu checker).

    The exit code is that of the first failure, and both are always run.
    """
    checked = run_checks()
    chosen = ["--check-pages"] if long else ["-m", "not long"]
    tested = run_pytest(["-n", str(workers), *BY_FILE, *chosen, *after_dashes(context)])
    raise typer.Exit(checked or tested)
