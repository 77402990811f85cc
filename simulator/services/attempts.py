"""The secrets that are being checked at this moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from sqlalchemy import inspect

from simulator.store import Counted

Whose = tuple[object, ...]


class Attempts:
    """Counts the attempts that run, for each contract and user; in memory only, for they end with the server.

    Attributes:
        lock: held while an attempt begins or ends, so that it is counted once: as running, or as what it came to.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self._running: Counter[Whose] = Counter()

    def running(self, row: Counted) -> int:
        """How many run for a contract or user."""
        return self._running[_whose(row)]

    def begin(self, row: Counted | None) -> Whose:
        """One more runs; for somebody unknown, too, though nobody asks how many."""
        whose = _whose(row)
        self._running[whose] += 1
        return whose

    def end(self, whose: Whose) -> None:
        """One has ended."""
        with self.lock:
            self._running -= Counter([whose])  # what nobody runs for is not kept

    @contextmanager
    def ended(self, whose: Whose) -> Iterator[None]:
        """What is done in the block writes down how one has ended; it has, whatever comes of that."""
        with self.lock:
            try:
                yield
            finally:
                self.end(whose)


def _whose(row: Counted | None) -> Whose:
    return () if row is None else (type(row), inspect(row).identity)
