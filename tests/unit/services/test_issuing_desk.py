import asyncio
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from simulator.portal import issuing
from simulator.portal.issuing import IssuingDesk, Job
from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.world import World
from simulator.store import Certificate
from tests.unit.services.worlds import PASSWORD, Bench


def certificates(bench: Bench) -> int:
    with bench.world.store.transaction() as session:
        return len(session.scalars(select(Certificate)).all())


async def ended(job: Job) -> None:
    while not job.is_finished:
        await job.changed.wait()


def test_an_issue_under_way_writes_nothing_after_the_desk_was_cleared(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, failures = threading.Event(), list[Exception]()

    def watched(world: World, code: int, password: str, progress: Callable[[float], None]) -> IssuedCertificate:
        def tell(done: float) -> None:
            under_way.set()
            progress(done)

        return issue_certificate(world, code, password, tell)

    async def clear_meanwhile() -> Job:
        desk = IssuingDesk(bench.world, 600, failures.append)
        job = desk.job(desk.begin(bench.verified_code().id, PASSWORD))
        assert job is not None
        assert await asyncio.to_thread(under_way.wait, 10)
        await asyncio.to_thread(desk.clear)
        await asyncio.wait_for(ended(job), 10)
        return job

    monkeypatch.setattr(issuing, "issue_certificate", watched)
    bench.register()
    job = asyncio.run(clear_meanwhile())
    assert job.issued is None
    assert certificates(bench) == 0
    assert failures == []


def test_an_issue_that_breaks_tells_the_user_and_is_reported(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[Exception] = []

    def broken(*_: object) -> IssuedCertificate:
        raise RuntimeError("no key")

    async def fail() -> Job:
        desk = IssuingDesk(bench.world, 0, failures.append)
        job = desk.job(desk.begin(1, PASSWORD))
        assert job is not None
        await asyncio.wait_for(ended(job), 10)
        return job

    monkeypatch.setattr(issuing, "issue_certificate", broken)
    job = asyncio.run(fail())
    assert job.refusal is not None
    assert job.refusal.message.code == "E2301"
    assert [str(problem) for problem in failures] == ["no key"]
