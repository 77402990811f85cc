"""What a figure is, and how two things are measured side by side."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class MeasurementError(Exception):
    """A figure could not be measured; the text says why."""


class Sense(StrEnum):
    """On which side of its limit a figure has to be."""

    AT_MOST = "以下"
    AT_LEAST = "以上"


@dataclass(frozen=True)
class Bar:
    """What a figure is held against.

    Attributes:
        limit: the limit itself is still good.
        sense: the good side.
        unit: what stands behind the number.
    """

    limit: float
    sense: Sense
    unit: str = "倍"

    def holds(self, value: float) -> bool:
        """Whether a value is good enough."""
        return value <= self.limit if self.sense is Sense.AT_MOST else value >= self.limit


@dataclass(frozen=True)
class Figure:
    """One figure, measured.

    Attributes:
        name: how `--only` calls it.
        title: what was measured against what, in Japanese.
        bar: what it is held against.
        rounds: the value of every round, in the bar's unit.
        remarks: what helps to read it: absolute values, conditions, findings.
    """

    name: str
    title: str
    bar: Bar
    rounds: tuple[float, ...]
    remarks: tuple[str, ...] = ()

    @property
    def measured(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.rounds)

    @property
    def held(self) -> bool:
        """Whether the median is good enough."""
        return self.bar.holds(self.measured)

    def as_json(self) -> dict[str, Any]:
        """The figure for `bench.json`."""
        return {
            "name": self.name,
            "title": self.title,
            "measured": round(self.measured, 4),
            "bar": {"limit": self.bar.limit, "sense": self.bar.sense.name.lower(), "unit": self.bar.unit},
            "held": self.held,
            "rounds": [round(value, 4) for value in self.rounds],
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True)
class Pair:
    """Ours and the reference, measured right after one another, in the same unit."""

    ours: float
    reference: float

    @property
    def ratio(self) -> float:
        """Ours in terms of the reference."""
        return self.ours / self.reference


def side_by_side(
    ours: Callable[[], float], reference: Callable[[], float], rounds: int, *, warm_up: int = 1
) -> list[Pair]:
    """Measure A B A B, so that whatever else the machine does meets both alike; warm-up rounds do not count."""
    return [Pair(ours(), reference()) for _ in range(warm_up + rounds)][warm_up:]


def ratios(pairs: Sequence[Pair]) -> tuple[float, ...]:
    """The ratio of every pair."""
    return tuple(pair.ratio for pair in pairs)


def middle_ratio(pairs: Sequence[Pair]) -> float:
    """The median of the pairs' ratios; not the ratio of the medians, which need not come from the same moment."""
    return statistics.median(ratios(pairs))


def medians(pairs: Sequence[Pair]) -> Pair:
    """The median of ours and of the reference, each by itself."""
    return Pair(statistics.median(p.ours for p in pairs), statistics.median(p.reference for p in pairs))


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started
