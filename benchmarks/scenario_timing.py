"""A pytest plugin that repeats the scenario and the script in turn, and writes down how long each took."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.plan import SUFFIX

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


def _first_of(feature: pytest.File) -> pytest.Item:
    """Its first scenario, as an item of its own."""
    item = next(iter(feature.collect()))
    assert isinstance(item, pytest.Item)
    return item


class _Stopwatch:
    """Adds up the phases of every scenario."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._scenarios: list[float] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Scenario and script in turn, the feature's first scenario only."""
        # Not by their classes: pytest wants to load fixtures.collection itself.
        scripts = [item for item in items if item.path.suffix != SUFFIX]
        (feature,) = {item.parent for item in items if item.path.suffix == SUFFIX}
        assert isinstance(feature, pytest.File)
        items[:] = [item for script in scripts for item in (_first_of(feature), script)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add set-up, call and tear-down."""
        if "test_script" in report.nodeid:
            return
        if report.when == "setup":
            self._scenarios.append(0.0)
        self._scenarios[-1] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Write the pairs."""
        script_times = self._config.stash[SCRIPT_TIMES]
        pairs = list(zip(self._scenarios, script_times, strict=False))
        self._config.getoption("--bench-times").write_text(json.dumps(pairs), encoding="utf-8")
