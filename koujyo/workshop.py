"""Where much work of one kind is done at once, with a bar that tells how far it is."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def workers_of(workers: int) -> Iterator[Executor]:
    """Where the work is done; processes start afresh, for a copy of one with threads may stand still."""
    if workers:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as processes:
            yield processes
    else:
        with ThreadPoolExecutor(1) as thread:
            yield thread


def progress_bars() -> Progress:
    """Bars on standard error, one for each kind of work."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
