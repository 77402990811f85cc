"""The simulated clock: every moment the portal acts on comes from here, never from the machine.

A scenario says "thirty days later" and it is: the clock stands still until it is moved, so that a run on a slow
machine and a run on a fast one see the same moments. Only TLS itself stays on the machine's time (``simulator.pki``).
"""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from functools import cache

from holidays import HolidayBase, country_holidays

from simulator.rules.hours import JAPAN, in_japan, latest_business_day
from simulator.rules.profile import Profile, load_profile

__all__ = [
    "DEFAULT_START",
    "FIRST_YEAR",
    "JAPAN",
    "LAST_YEAR",
    "REACH",
    "Clock",
    "default_start",
    "is_holiday",
    "is_reachable",
    "parse_moment",
]

DEFAULT_START = time_of_day(10)
# Certificates cannot be dated much earlier; the holidays are known up to the last year.
FIRST_YEAR, LAST_YEAR = 1970, 2099
REACH = f"時計を動かせるのは{FIRST_YEAR}年から{LAST_YEAR}年までです。"


class Clock:
    """A clock in Japan time which is moved by hand; safe to use from several threads.

    Args:
        start: the moment it shows first, aware; 10:00 on the latest business day when absent.
        ticking: whether it runs at the machine's pace from there. It stands still otherwise.

    Raises:
        ValueError: ``start`` has no time zone.
    """

    def __init__(self, start: datetime | None = None, *, ticking: bool = False) -> None:
        self._lock = threading.RLock()
        self._start = default_start() if start is None else in_japan(start)
        self._ticking = ticking
        self._show(self._start)

    @property
    def start(self) -> datetime:
        """The moment ``reset`` goes back to, aware, in Japan time."""
        return self._start

    @property
    def is_ticking(self) -> bool:
        """Whether the clock runs by itself."""
        return self._ticking

    def now(self) -> datetime:
        """The present moment, aware, in Japan time."""
        if not self._ticking:
            return self._base  # one that stands still has nothing to add up
        with self._lock:
            return self._base + self._elapsed()

    def set(self, moment: datetime) -> None:
        """Show this moment from now on; it may lie in the past.

        Raises:
            ValueError: ``moment`` has no time zone.
        """
        shown = in_japan(moment)
        with self._lock:
            self._show(shown)

    def advance(self, duration: timedelta) -> datetime:
        """Move forward and return the new moment, aware, in Japan time.

        Raises:
            ValueError: ``duration`` is negative or leads past the last representable day.
        """
        if duration < timedelta(0):
            raise ValueError(f"時計を{-duration}戻すことはできません。過去へ動かすときは日時を指定してください。")
        with self._lock:
            try:
                self._show(self._base + self._elapsed() + duration)
            except OverflowError as error:
                raise ValueError(f"時計を{duration}進めることはできません。暦の範囲を超えます。") from error
            return self._base

    def reset(self) -> None:
        """Go back to the start."""
        with self._lock:
            self._show(self._start)

    def _show(self, moment: datetime) -> None:
        self._base = moment
        self._shown_at = time.monotonic()

    def _elapsed(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self._shown_at) if self._ticking else timedelta(0)


def default_start(profile: Profile | None = None, now: datetime | None = None) -> datetime:
    """The latest 10:00 of a business day in Japan that has come by ``now`` (by default the real moment).

    Never ahead of it: browsers and other programs offer and take no certificate that begins in their future.
    """
    latest = in_japan(now or datetime.now(JAPAN)) - timedelta(hours=DEFAULT_START.hour)
    business_day = latest_business_day(latest.date(), profile or load_profile(), is_holiday)
    return datetime.combine(business_day, DEFAULT_START, JAPAN)


def is_holiday(day: date) -> bool:
    """Whether ``day`` is a public holiday in Japan, substitute holidays included (weekends are none)."""
    return day in _japanese_holidays()


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 date and time and return it aware, in Japan time; without an offset it is Japan time.

    Raises:
        ValueError: it is not such a text, or out of the clock's reach; the message is Japanese and shows an example.
    """
    try:
        read = datetime.fromisoformat(text)
        moment = in_japan(read if read.tzinfo else read.replace(tzinfo=JAPAN))
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"日時「{text}」を読み取れません。ISO 8601 の形（例: 2026-11-20T10:00:00）で入力してください。"
        ) from error
    if not is_reachable(moment):
        raise ValueError(f"日時「{text}」には合わせられません。{REACH}")
    return moment


def is_reachable(moment: datetime) -> bool:
    """Whether the clock may show this moment."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


@cache
def _japanese_holidays() -> HolidayBase:
    return country_holidays("JP")
