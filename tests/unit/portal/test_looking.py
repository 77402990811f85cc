"""What a service says is remembered just as long as it is true."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from simulator.catalogue import load_catalogue
from simulator.portal.context import Portal
from simulator.services.notices import notices, publish_notice
from simulator.services.world import World
from simulator.store import Store
from tests.unit.services.worlds import START, Bench, make_bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = make_bench()
    yield made
    made.world.store.close()


class Looking:
    """A service that counts how often it is asked, and lets something happen meanwhile."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.asked = 0
        self._meanwhile = meanwhile

    def titles(self, world: World, limit: int) -> list[str]:
        """The newest notices."""
        self.asked += 1
        found = [notice.title for notice in notices(world, limit)]
        self._meanwhile()
        return found


def looked(bench: Bench, service: Looking, between: Callable[[], object] = lambda: None) -> list[list[str]]:
    """What is seen before and after."""

    async def look_twice() -> list[list[str]]:
        portal = Portal(bench.world, load_catalogue())
        verb = service.titles
        first = await portal.look(verb, 5)
        between()
        return [first, await portal.look(verb, 5)]

    return asyncio.run(look_twice())


def test_nothing_is_asked_twice_while_nothing_changes(bench: Bench) -> None:
    service = Looking()
    assert looked(bench, service) == [[], []]
    assert service.asked == 1


def test_every_key_has_an_answer_of_its_own(bench: Bench) -> None:
    for title in ("一つ目", "二つ目"):
        publish_notice(bench.world, title, "本文")
    service = Looking()

    async def look() -> list[list[str]]:
        portal, verb = Portal(bench.world, load_catalogue()), service.titles
        return [await portal.look(verb, limit) for limit in (1, 2, 1)]

    assert asyncio.run(look()) == [["二つ目"], ["二つ目", "一つ目"], ["二つ目"]]
    assert service.asked == 2


def test_a_changed_row_is_seen_at_once(bench: Bench) -> None:
    service = Looking()
    assert looked(bench, service, lambda: publish_notice(bench.world, "題", "本文")) == [[], ["題"]]


@pytest.mark.parametrize("hours", [1, -1])
def test_a_moved_clock_is_seen_at_once(bench: Bench, hours: int) -> None:
    service = Looking()
    looked(bench, service, lambda: bench.clock.set(START + timedelta(hours=hours)))
    assert service.asked == 2


def test_an_answer_that_was_overtaken_is_not_remembered(bench: Bench) -> None:
    def publish_once() -> None:
        if service.asked == 1:
            publish_notice(bench.world, "題", "本文")

    service = Looking(publish_once)
    assert looked(bench, service) == [[], ["題"]]


def test_nothing_is_remembered_of_a_database_that_others_may_write_to(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "version", None)
    service = Looking()
    looked(bench, service)
    assert service.asked == 2
