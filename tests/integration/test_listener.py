"""The listener over real sockets: several in one loop, ports in use, and a quick and tidy end."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from simulator.clock import JAPAN
from simulator.listener import Listener
from simulator.pki import ClientAuthority, ServerIdentity, portal_tls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

QUICK = 0.3  # seconds a stop may take


def _serving(page: Callable[[Request], Awaitable[PlainTextResponse]]) -> Starlette:
    return Starlette(routes=[Route("/", page)])


async def _address(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.url.port} {'tls' in request.scope['extensions']}")


@asynccontextmanager
async def _running(*listeners: Listener) -> AsyncIterator[None]:
    for listener in listeners:
        await listener.start()
    try:
        yield
    finally:
        for listener in listeners:
            await listener.stop()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_several_listeners_share_a_loop(host: str) -> None:
    async def visit_all(listeners: list[Listener]) -> None:
        async with _running(*listeners), httpx.AsyncClient() as client:
            answers = [(await client.get(listener.url_for("/"))).text for listener in listeners]
            assert answers == [f"{listener.port} False" for listener in listeners]
            assert len(set(answers)) == 3
        assert [listener.is_running for listener in listeners] == [False] * 3

    asyncio.run(visit_all([Listener(_serving(_address), host, 0) for _ in range(3)]))


def test_signals_stay_the_callers() -> None:
    async def handler_while_running() -> object:
        async with _running(Listener(_serving(_address), "127.0.0.1", 0)):
            return signal.getsignal(signal.SIGTERM)

    assert asyncio.run(handler_while_running()) == signal.getsignal(signal.SIGTERM)


def test_answers_carry_the_date_and_do_not_name_the_server() -> None:
    async def headers() -> httpx.Headers:
        listener = Listener(_serving(_address), "127.0.0.1", 0)
        async with _running(listener), httpx.AsyncClient() as client:
            return (await client.get(listener.url_for())).headers

    assert set(asyncio.run(headers())) == {"date", "content-type", "content-length"}


def test_addresses_are_written_as_urls() -> None:
    assert Listener(_serving(_address), "127.0.0.1", 8443).url_for("/login?a=1") == "http://127.0.0.1:8443/login?a=1"
    assert Listener(_serving(_address), "::1", 8443, ssl_context=_tls()).url_for() == "https://[::1]:8443/"


def test_a_port_in_use_is_a_plain_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listener = Listener(_serving(_address), "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(OSError, match="address already in use"):
            asyncio.run(listener.start())
    assert not listener.is_running


def test_a_listener_may_be_started_and_stopped_again_and_again() -> None:
    async def cycle(listener: Listener) -> list[bool]:
        states = []
        for act in (listener.stop, listener.start, listener.start, listener.stop, listener.stop, listener.start):
            await act()
            states.append(listener.is_running)
        await listener.stop()
        return states

    assert asyncio.run(cycle(Listener(_serving(_address), "127.0.0.1", 0))) == [False, True, True, False, False, True]


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_stopping_does_not_wait_for_idle_visitors(secure: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    async def visit_and_stop() -> float:
        listener = Listener(_serving(_address), "127.0.0.1", 0, ssl_context=_tls() if secure else None)
        await listener.start()
        visitors = [await _idle_visitor(listener, secure=secure) for _ in range(20)]
        unfinished = await asyncio.open_connection("127.0.0.1", listener.port)
        port, loop = listener.port, asyncio.get_running_loop()
        began = loop.time()
        await listener.stop()
        elapsed = loop.time() - began
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)
        for _, writer in [*visitors, unfinished]:
            writer.transport.abort()
        return elapsed

    assert asyncio.run(visit_and_stop()) < QUICK


async def _idle_visitor(listener: Listener, *, secure: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection that has been answered once and then keeps silent, even when the server says good-bye."""
    context = ssl._create_unverified_context() if secure else None  # noqa: S323, SLF001
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port, ssl=context)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (await reader.readline()) == b"HTTP/1.1 200 OK\r\n"
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    return reader, writer


def _tls() -> ssl.SSLContext:
    return portal_tls(ServerIdentity.create(), ClientAuthority.create(datetime.now(JAPAN)))


def test_stopping_lets_a_request_finish() -> None:
    async def stop_during_a_request() -> str:
        begun, finish = asyncio.Event(), asyncio.Event()

        async def slow_page(_: Request) -> PlainTextResponse:
            begun.set()
            await finish.wait()
            return PlainTextResponse("done")

        listener = Listener(_serving(slow_page), "127.0.0.1", 0)
        await listener.start()
        async with httpx.AsyncClient() as client:
            answer = asyncio.create_task(client.get(listener.url_for()))
            await begun.wait()
            stopping = asyncio.create_task(listener.stop())
            finish.set()
            await stopping
            return (await answer).text

    assert asyncio.run(stop_during_a_request()) == "done"


def test_stopping_gives_up_a_request_that_does_not_end() -> None:
    async def stop_during_an_endless_request() -> float:
        begun = asyncio.Event()

        async def endless_page(_: Request) -> PlainTextResponse:
            begun.set()
            await asyncio.Event().wait()
            return PlainTextResponse("never")

        listener = Listener(_serving(endless_page), "127.0.0.1", 0)
        await listener.start()
        async with httpx.AsyncClient() as client:
            answer = asyncio.create_task(client.get(listener.url_for()))
            await begun.wait()
            began = asyncio.get_running_loop().time()
            await asyncio.wait_for(listener.stop(), 10)
            elapsed = asyncio.get_running_loop().time() - began
            with pytest.raises(httpx.TransportError):
                await answer
            return elapsed

    assert asyncio.run(stop_during_an_endless_request()) < 10 * QUICK
