"""A pytest plugin that repeats the scenario and the script in turn, and writes down how long each took."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

SCRIPT_TIMES = pytest.StashKey[list[float]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how often, and where to write."""
    parser.addoption("--bench-pairs", type=int, default=1, help="how often scenario and script run")
    parser.addoption("--bench-times", type=Path, help="file for the times")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat."""
    metafunc.fixturenames.append("bench_round")
    metafunc.parametrize("bench_round", range(metafunc.config.getoption("--bench-pairs")))


def pytest_configure(config: pytest.Config) -> None:
    """Gather the times, and write them at the end."""
    config.stash[SCRIPT_TIMES] = []
    config.pluginmanager.register(_Stopwatch(config), "bench-stopwatch")


class _Stopwatch:
    """Adds up the phases of every scenario."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._scenarios: defaultdict[str, float] = defaultdict(float)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Scenario and script in turn, the scenario with its first example only."""
        first = next(filter(None, map(_example, items)))
        chosen = [item for item in items if _example(item) in {None, first}]
        items[:] = sorted(chosen, key=lambda item: _parameters(item)["bench_round"])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add set-up, call and tear-down."""
        if "test_script" not in report.nodeid:
            self._scenarios[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Write the pairs."""
        script_times = self._config.stash[SCRIPT_TIMES]
        pairs = list(zip(self._scenarios.values(), script_times, strict=False))
        self._config.getoption("--bench-times").write_text(json.dumps(pairs), encoding="utf-8")


def _example(item: pytest.Item) -> str | None:
    """The example that a scenario runs; None for the script."""
    example = _parameters(item).get("_pytest_bdd_example")
    return example and str(example)


def _parameters(item: pytest.Item) -> dict[str, Any]:
    parameters: dict[str, Any] = getattr(item, "callspec").params  # noqa: B009 - all are functions with parameters
    return parameters
