"""The figures of the simulator and its test bench, as ratios measured side by side in one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from benchmarks.measuring import Figure

# Name of the figure, which is its module, and how many rounds it takes to trust its median.
FIGURES: Mapping[str, int] = {
    "scenario": 9,
    "portal_pages": 9,
    "sink": 7,
    "savings_list": 11,
    "reset": 30,
    "mailbox": 31,
    "workers": 2,
    "pictures": 2,
    "manual_pictures": 3,
    "repeats": 20,
}
# Takes hours, so it is measured only where it is asked for.
LONG = frozenset({"repeats"})


def measure(name: str, rounds: int | None = None) -> Figure:
    """Measure one figure.

    Args:
        name: a key of `FIGURES`.
        rounds: how often; None for as often as the figure needs.

    Raises:
        MeasurementError: it cannot be measured here.
    """
    return measurer(name)(rounds or FIGURES[name])


def measurer(name: str) -> Callable[[int], Figure]:
    """What measures a figure in so many rounds."""
    found: Callable[[int], Figure] = import_module(f"benchmarks.{name}").measure
    return found
