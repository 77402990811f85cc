"""Looking a mail up among 100,000 against looking it up among 100."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from itertools import cycle

import httpx

from benchmarks.measuring import Bar, Figure, Pair, Sense, medians, middle_ratio, ratios, seconds, side_by_side
from benchmarks.subjects import START
from simulator.mail import Mailbox
from simulator.mail.api import mail_api

BAR = Bar(1.5, Sense.AT_MOST)
FEW, MANY = 100, 100_000
MAILS_EACH = 10
LOOK_UPS = 200

LookUp = Callable[[str], object]


def measure(rounds: int) -> Figure:
    """The newest mail to an address, from the mailbox itself and through its HTTP API; the slower way counts."""
    few, many = _filled(FEW), _filled(MANY)
    with asyncio.Runner() as runner:
        ways = {
            "直接": (_direct(many), _direct(few)),
            "HTTP API": (_through_api(many, runner.run), _through_api(few, runner.run)),
        }
        results = {title: _compare(large, small, rounds) for title, (large, small) in ways.items()}
    worst = max(results, key=lambda title: middle_ratio(results[title]))
    remarks = tuple(_remark(title, pairs) for title, pairs in results.items())
    title = f"メール {MANY:,} 通での検索（{FEW} 通に対して。遅いほうの「{worst}」）"
    return Figure("mailbox", title, BAR, ratios(results[worst]), remarks)


def _remark(title: str, pairs: list[Pair]) -> str:
    middle = medians(pairs)
    large, small = (value / LOOK_UPS * 1e6 for value in (middle.ours, middle.reference))
    return (
        f"{title}: {MANY:,} 通で {large:.1f} マイクロ秒、{FEW} 通で {small:.1f} マイクロ秒（{middle_ratio(pairs):.2f}）"
    )


def _compare(many: LookUp, few: LookUp, rounds: int) -> list[Pair]:
    # Addresses all over the mailbox, so that neither gets its answers from one warm corner.
    far, near = cycle(_addresses(MANY)[:: MANY // FEW]), cycle(_addresses(FEW))
    return side_by_side(lambda: _time(many, far), lambda: _time(few, near), rounds)


def _time(look_up: LookUp, addresses: cycle[str]) -> float:
    return seconds(lambda: [look_up(next(addresses)) for _ in range(LOOK_UPS)])


def _addresses(mails: int) -> list[str]:
    return [f"user{number:06d}@sample.co.jp" for number in range(mails // MAILS_EACH)]


def _filled(mails: int) -> Mailbox:
    mailbox, now = Mailbox(), datetime.fromisoformat(START)
    for turn in range(MAILS_EACH):
        for address in _addresses(mails):
            raw = f"From: info-kinki@cjs-rokin.jp\r\nTo: {address}\r\nSubject: mail {turn}\r\n\r\n123456\r\n"
            mailbox.add(raw.encode(), "info-kinki@cjs-rokin.jp", [address], now)
    return mailbox


def _direct(mailbox: Mailbox) -> LookUp:
    return lambda address: mailbox.search(to=address, limit=1)[0]


def _through_api(mailbox: Mailbox, run: Callable[[Coroutine[None, None, httpx.Response]], httpx.Response]) -> LookUp:
    app = mail_api(mailbox, lambda: True)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mail")
    return lambda address: run(client.get("/api/v1/search", params={"query": f"to:{address}", "limit": 1}))
