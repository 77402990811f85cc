"""Certificates being issued: each runs beside the event loop and tells how far it is."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.refusal import Refused, refused
from simulator.services.world import World


class _Abandoned(Exception):  # noqa: N818 - what happened, not a fault
    """The world was reset while the issue was under way."""


@dataclass(eq=False)
class Job:
    """One certificate on its way.

    Attributes:
        code_id: the code that allowed it.
        done: how much is done, from 0 to 1.
        issued: the certificate, once it is there.
        refusal: why there will be none.
    """

    code_id: int
    done: float = 0.0
    issued: IssuedCertificate | None = None
    refusal: Refused | None = None
    announced: bool = False
    abandoned: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_finished(self) -> bool:
        """Whether it came to an end, good or bad."""
        return self.issued is not None or self.refusal is not None


class IssuingDesk:
    """Issues certificates.

    Args:
        world: the edges.
        seconds: how long an issue takes at least; the real system takes some tens of seconds (CRT-29).
        note_failure: told of an issue that broke.
    """

    def __init__(self, world: World, seconds: float, note_failure: Callable[[Exception], None]) -> None:
        self._world = world
        self._note_failure = note_failure
        self._seconds = seconds
        self._pace = threading.Condition()
        self._running = 0
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def seconds(self) -> float:
        """How long an issue takes at least; a change also counts for those under way."""
        return self._seconds

    @seconds.setter
    def seconds(self, seconds: float) -> None:
        with self._pace:
            self._seconds = seconds
            self._pace.notify_all()

    def begin(self, code_id: int, password: str) -> str:
        """Start issuing; the name of the job, the same one however often the button is pressed."""
        for name, job in self._jobs.items():
            if job.code_id == code_id:
                return name
        name, job = secrets.token_urlsafe(16), Job(code_id)
        self._jobs[name] = job
        task = asyncio.create_task(self._run(job, password))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return name

    def job(self, name: str | None) -> Job | None:
        """The job with this name, unless it is over and forgotten."""
        return self._jobs.get(name or "")

    def forget(self, name: str | None) -> None:
        """Forget a job and the file it made."""
        self._jobs.pop(name or "", None)

    def clear(self) -> None:
        """Forget all jobs; when this returns, none of them touches the world any more."""
        with self._pace:
            for job in self._jobs.values():
                job.abandoned = True
            self._jobs.clear()
            self._pace.notify_all()
            self._pace.wait_for(lambda: not self._running)

    async def _run(self, job: Job, password: str) -> None:
        loop, started = asyncio.get_running_loop(), time.monotonic()

        def progress(done: float) -> None:
            self._keep_pace(job, started, done)
            loop.call_soon_threadsafe(_advance, job, done)

        try:
            job.issued = await asyncio.to_thread(self._issue, job, password, progress)
        except Refused as refusal:
            job.refusal = refusal
        except _Abandoned:
            job.refusal = refused("E2301")
        except Exception as problem:  # noqa: BLE001 - nobody awaits this task, and the page waits for an outcome
            job.refusal = refused("E2301")
            self._note_failure(problem)
        _advance(job, 1.0)

    def _issue(self, job: Job, password: str, progress: Callable[[float], None]) -> IssuedCertificate:
        with self._pace:
            if job.abandoned:
                raise _Abandoned
            self._running += 1
        try:
            return issue_certificate(self._world, job.code_id, password, progress)
        finally:
            with self._pace:
                self._running -= 1
                self._pace.notify_all()

    def _keep_pace(self, job: Job, started: float, done: float) -> None:
        """Wait until this share of the time has passed, or the time was shortened."""
        with self._pace:
            while not job.abandoned and (left := started + self._seconds * done - time.monotonic()) > 0:
                self._pace.wait(left)
            if job.abandoned:
                raise _Abandoned


def _advance(job: Job, done: float) -> None:
    job.done = done
    job.changed.set()
    job.changed = asyncio.Event()
