"""What is measured: a running simulator, and somebody registered in it."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from simulator.clock import parse_moment
from simulator.listener import Listener
from simulator.server import Settings, Simulator, SimulatorThread
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.registration import MasterEntry, register_master
from simulator.services.seed import SEEDED_CONTRACTS

START = "2026-11-20T10:00:00+09:00"
PASSWORD = "Abcd#123"  # noqa: S105 - synthetic
CONTRACT = SEEDED_CONTRACTS[0].number
USER_ID = "sample001"
ADDRESS = "samplemail@sample.co.jp"


@contextmanager
def running_simulator() -> Iterator[Simulator]:
    """A simulator as the test bench runs it."""
    settings = Settings(
        port=0, office_port=0, smtp_port=0, mail_port=0, clock=parse_moment(START), seed=1, fast_passwords=True
    )
    thread = SimulatorThread(settings)
    thread.start()
    try:
        yield thread.simulator
    finally:
        thread.stop()


@contextmanager
def running_app(app: ASGIApp, ssl_context: ssl.SSLContext) -> Iterator[Listener]:
    """Any application on the listener that the portal uses."""
    listener = Listener(app, "127.0.0.1", 0, ssl_context=ssl_context)
    with running_loop() as loop:
        asyncio.run_coroutine_threadsafe(listener.start(), loop).result()
        try:
            yield listener
        finally:
            asyncio.run_coroutine_threadsafe(listener.stop(), loop).result()


@contextmanager
def running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop in a thread of its own, as the simulator's."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="bench", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def issue_to_master(simulator: Simulator) -> IssuedCertificate:
    """Register a master and issue a certificate, as a scenario would leave the world."""
    world = simulator.world
    register_master(world, CONTRACT, MasterEntry(USER_ID, PASSWORD, "労金　太郎", ADDRESS))
    code = authenticate(world, USER_ID, PASSWORD)
    verify_code(world, code.id, newest_code(simulator))
    return issue_certificate(world, code.id, PASSWORD)


def newest_code(simulator: Simulator) -> str:
    """The authentication code in the newest mail."""
    mail = simulator.sink.mailbox.wait(to=ADDRESS, timeout=5)
    found = mail and re.search(rf"(?<!\d)\d{{{simulator.world.profile.code_digits}}}(?!\d)", mail.text)
    assert found, "no mail with a code has come"
    return found[0]
