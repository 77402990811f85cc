"""What an operation did, told on the page that the browser is sent on to."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

MOST_KEPT = 100


@dataclass(frozen=True)
class Result:
    """One sentence, and a table below it if there is more to tell."""

    text: str
    heading: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


class Results:
    """Keeps results for the next page. Each is told once: not again when that page is opened from the history."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Result] = OrderedDict()
        self._lock = Lock()

    def keep(self, result: Result) -> str:
        """Keep a result; the key under which the next page asks for it."""
        key = secrets.token_urlsafe(9)
        with self._lock:
            self._kept[key] = result
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return key

    def take(self, key: str) -> Result | None:
        """The result with this key, once."""
        with self._lock:
            return self._kept.pop(key, None)
