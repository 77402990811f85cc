"""How much of the state machine is run; `koujyo model` sets these options."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.model.machine import PortalMachine
from tests.model.seen import Bench, running_bench


@dataclass(frozen=True)
class Budget:
    """How many runs of how many steps; without a seed they are the same every time."""

    runs: int
    steps: int
    seed: int | None
    shrinks: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    """These are known only when this folder is named on the command line; elsewhere the small budget holds."""
    group = parser.getgroup("model")
    group.addoption("--model-runs", type=int, default=8, help="how many runs the state machine makes")
    group.addoption("--model-steps", type=int, default=30, help="how many steps a run has at most")
    group.addoption("--model-seed", type=int, default=None, help="other runs than the usual ones")
    group.addoption("--model-no-shrink", action="store_true", help="report the first divergence as it was found")


@pytest.fixture(scope="session")
def budget(pytestconfig: pytest.Config) -> Budget:
    """What the command line says, or the small budget."""
    options = pytestconfig
    return Budget(
        options.getoption("--model-runs", 25),
        options.getoption("--model-steps", 30),
        options.getoption("--model-seed", None),
        not options.getoption("--model-no-shrink", False),
    )


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """The simulator under test."""
    with running_bench() as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show how deep the runs went, where somebody asked for detail."""
    if terminalreporter.config.getoption("verbose") > 0:
        for page, times in sorted(PortalMachine.pages.items()):
            terminalreporter.write_line(f"{times:7d}  {page}")
