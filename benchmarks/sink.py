"""The mail sink against a bare aiosmtpd whose handler discards every mail."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP

from benchmarks.load import Plan, throughput
from benchmarks.measuring import Bar, Figure, Sense, medians, ratios, side_by_side
from benchmarks.subjects import ADDRESS, running_loop, running_simulator
from simulator.mail.postman import Postman  # noqa: F401
from simulator.server import Simulator

BAR = Bar(0.9, Sense.AT_LEAST)


def measure(rounds: int) -> Figure:
    """Mails a second over the same kind of connection."""
    with running_simulator() as simulator, _bare_sink() as bare_port:
        ours = _plan(simulator)
        bare = replace(ours, port=bare_port)
        pairs = side_by_side(lambda: throughput(ours), lambda: throughput(bare), rounds)
        kept = len(simulator.sink.mailbox)
    middle = medians(pairs)
    remark = f"{middle.ours:.0f} 通/秒、素の aiosmtpd {middle.reference:.0f} 通/秒（保存したメール {kept} 通）"
    return Figure("sink", "メール受け（捨てるだけの素の aiosmtpd に対して）", BAR, ratios(pairs), (remark,))
