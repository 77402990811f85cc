"""`koujyo test`: the static checks, then every test and every scenario; pytest has the last word."""

from typing import Annotated

import typer

from koujyo.after_dashes import after_dashes
from koujyo.check import run_checks
from koujyo.places import processors
from koujyo.running import run_pytest

# Tests that share what takes long to make stay with one worker, which makes it once.
GROUPED = ("--dist", "loadgroup")


def run_all(
    context: typer.Context,
    *,
    workers: Annotated[int, typer.Option(min=0, help="並列数（0 は並列にしない）")] = processors(),
) -> None:
    """Check and test; every kind of page that a scenario shows is judged, too.

    The exit code is that of the first failure, and both are always run.
    """
    checked = run_checks()
    tested = run_pytest(["-n", str(workers), *GROUPED, "--check-pages", *after_dashes(context)])
    raise typer.Exit(checked or tested)
