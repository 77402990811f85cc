"""The mail sink against a bare aiosmtpd whose handler discards every mail."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP

from benchmarks.load import Plan, compare
from benchmarks.measuring import Bar, Figure, Sense, medians, ratios
from benchmarks.subjects import ADDRESS, issue_to_master, running_loop, running_simulator
from simulator.mail.sink import IDENTITY

BAR = Bar(0.9, Sense.AT_LEAST)
WARM_UP = 1


def measure(rounds: int) -> Figure:
    """Mails a second over the same kind of connection."""
    with running_simulator() as simulator, _bare_sink() as bare_port:
        issue_to_master(simulator)
        ours = _plan(simulator.sink.smtp_port, simulator.sink.mailbox.search(to=ADDRESS)[0].raw)
        bare = replace(ours, port=bare_port)
        pairs = [compare(ours, bare) for _ in range(WARM_UP + rounds)][WARM_UP:]
        kept = len(simulator.sink.mailbox)
    middle = medians(pairs)
    remark = f"{middle.ours:.0f} 通/秒、素の aiosmtpd {middle.reference:.0f} 通/秒（保存したメール {kept} 通）"
    return Figure("sink", "メール受け（捨てるだけの素の aiosmtpd に対して）", BAR, ratios(pairs), (remark,))


def _plan(port: int, mail: bytes) -> Plan:
    """The code mail, again and again."""
    requests = (
        "MAIL FROM:<info-kinki@cjs-rokin.jp>\r\n",
        f"RCPT TO:<{ADDRESS}>\r\n",
        "DATA\r\n",
        mail.decode("ascii").rstrip("\r\n") + "\r\n.\r\n",
    )
    return Plan(port, requests, ("250", "250", "354", "250"), greeting="HELO localhost\r\n")


@contextmanager
def _bare_sink() -> Iterator[int]:
    """Aiosmtpd by itself, told as little as ours; its port."""
    with running_loop() as loop:
        server = asyncio.run_coroutine_threadsafe(_serve(), loop).result()
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            loop.call_soon_threadsafe(server.close)


async def _serve() -> asyncio.Server:
    loop = asyncio.get_running_loop()

    def converse() -> SMTP:
        return SMTP(Sink(), hostname="localhost", ident=IDENTITY, enable_SMTPUTF8=True, loop=loop)

    return await loop.create_server(converse, "127.0.0.1", 0)
