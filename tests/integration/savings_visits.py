"""What tests of 財形貯蓄事務 over HTTP have in common: a known day, another contract, and files that come down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

import httpx

from simulator.catalogue import Edition
from simulator.clock import parse_moment
from simulator.server import Simulator
from simulator.services.contracts import open_contract
from simulator.services.trail import events
from tests.integration.visitors import CODE, ENTRY, ISSUE, REGISTRATION, RESULT, Visitor, visitor

START = parse_moment("2026-11-20T10:00:00+09:00")
OTHER, OTHER_NAME, OTHER_USER = "30000001", "届出商事", "master02"


@contextmanager
def another_member(simulator: Simulator) -> Iterator[Visitor]:
    """The window of the master of a contract that has received nothing."""
    open_contract(simulator.world, OTHER, Edition.EMPLOYER, OTHER_NAME, "Abcd#123")
    with visitor(simulator) as window:
        window.initial_login(OTHER, "Abcd#123")
        window.submit(REGISTRATION, {**ENTRY, "user_id": OTHER_USER})
        window.authenticate(OTHER_USER)
        window.submit(CODE, {"code": window.mailed_code()})
        window.submit(ISSUE, {})
        window.wait_for_issue()
        p12 = window.get(f"{RESULT}/file").content
    with visitor(simulator, p12) as opened:
        opened.log_in()
        yield opened


def name_of(download: httpx.Response) -> str:
    """What a downloaded file is called, as browsers of today read it; there is a plain name for others."""
    disposition = download.headers["content-disposition"]
    assert re.match(r'attachment; filename="[a-z0-9-]+\.(pdf|csv)"; ', disposition), disposition
    return unquote(disposition.partition("filename*=UTF-8''")[2])


def made(simulator: Simulator) -> list[int]:
    """The lines of the audit trail, but for those that tell of a refusal."""
    return [line.id for line in events(simulator.world) if not line.refusal]
