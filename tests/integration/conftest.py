from collections.abc import Iterator

import pytest

from simulator.server import Simulator
from tests.integration.savings_visits import START
from tests.integration.visitors import Visitor, master_certificate, running, visitor


@pytest.fixture(scope="module")
def shared_simulator() -> Iterator[Simulator]:
    """One simulator for a module."""
    with running() as (simulator, _):
        yield simulator


@pytest.fixture
def simulator(shared_simulator: Simulator) -> Iterator[Simulator]:
    """The module's simulator in its seeded world; a portal that broke fails the test."""
    shared_simulator.reset()
    yield shared_simulator
    assert shared_simulator.portal.failures == []


@pytest.fixture
def window(simulator: Simulator) -> Iterator[Visitor]:
    """A browser window without certificate."""
    with visitor(simulator) as opened:
        yield opened


@pytest.fixture
def member(simulator: Simulator) -> Iterator[Visitor]:
    """The window of a master who is logged in, in the seeded world of a known day."""
    simulator.clock.set(START)
    with visitor(simulator, master_certificate(simulator)) as opened:
        opened.log_in()
        yield opened
