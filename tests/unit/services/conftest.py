from collections.abc import Iterator

import pytest

from tests.unit.services.worlds import Bench, make_bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A seeded world of its own."""
    made = make_bench()
    yield made
    made.world.store.close()
