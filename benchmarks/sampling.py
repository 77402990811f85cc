"""A pytest plugin that runs a fixed sample of what was collected: every so-manyth test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest

_Item = TypeVar("_Item")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the size of the sample."""
    parser.addoption("--bench-sample", type=int, default=0, help="run only so many tests, spread evenly")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the sample."""
    items[:] = spread(items, config.getoption("--bench-sample"))


def spread(items: Sequence[_Item], size: int) -> list[_Item]:
    """So many of the items, evenly spread; all where there are no more, or `size` is 0."""
    if not 0 < size < len(items):
        return list(items)
    return [items[place * len(items) // size] for place in range(size)]
