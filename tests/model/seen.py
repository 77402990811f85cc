"""The simulator under test, and what the labour bank and the mailbox can see of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from simulator.clock import JAPAN
from simulator.pki import OpenedP12, generate_key
from simulator.server import Endpoints, Settings, Simulator, SimulatorThread
from simulator.services.contracts import contracts, users
from simulator.services.trail import events
from simulator.store import Counted
from tests.model.windows import BrowserWindow, Line, secured_line

START = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
# What the model speaks of; the trail may hold more.
EVENTS = frozenset(
    (
        *("initial_login_passed", "master_registered", "logged_in", "logged_out"),
        *("wrong_secret", "locked", "blocked", "mail_sent", "mail_failed"),
        *("general_user_registered", "user_changed", "temporary_password_set", "user_released", "user_deleted"),
        *("password_changed", "master_initialised", "initial_password_filed", "contract_released", "master_released"),
        *("code_issued", "code_accepted", "code_wrong", "code_void", "certificate_issued", "certificate_revoked"),
    )
)
_KIND = re.compile(rb"^X-Koujyo-Kind: (\S+)", re.MULTILINE)


class Bench:
    """One simulator for all runs; each begins with a reset."""

    def __init__(self, simulator: Simulator, endpoints: Endpoints) -> None:
        self.simulator = simulator
        self._endpoints = endpoints
        self._bare = secured_line(endpoints)
        self._certified: list[Line] = []
        self._office = Line(endpoints.office)
        self._event = 0
        self._mail = "0"

    def reset(self) -> None:
        """Back to the seeded world, by the office's own way; no certificate is left over."""
        self._office.json("POST", "/api/reset")
        for line in self._certified:
            line.close()
        self._certified.clear()
        self._event = 0
        self.new_events()

    def close(self) -> None:
        for line in (self._bare, self._office, *self._certified):
            line.close()

    def line(self, opened: OpenedP12) -> Line:
        """A connection that presents this certificate."""
        self._certified.append(secured_line(self._endpoints, opened))
        return self._certified[-1]

    def window(self, line: Line | None = None) -> BrowserWindow:
        return BrowserWindow(line or self._bare)

    def advance(self, seconds: int) -> list[tuple[datetime, str, str]]:
        """Move the clock; what the office says fell due."""
        answer = self._office.json("POST", "/api/clock/advance", {"seconds": seconds})
        return [(datetime.fromisoformat(due["at"]), due["kind"], due["subject"]) for due in answer["events"]]

    def people(self, now: datetime) -> dict[str, tuple[Any, ...]]:
        """Every user: standing, contract, whether master, address, and whether the password is temporary."""
        return {
            user.user_id: (
                *(_standing(user, now), user.contract_number, user.is_master),
                *(user.mail_address, user.password_is_temporary),
            )
            for user in users(self.simulator.world)
        }

    def contracts(self, now: datetime) -> dict[str, Any]:
        """The standing of every contract."""
        return {contract.number: _standing(contract, now) for contract in contracts(self.simulator.world)}

    def new_events(self) -> list[tuple[str, str]]:
        """The lines of the audit trail since the last look: kind, and the user or contract."""
        lines = events(self.simulator.world, after=self._event)
        if lines:
            self._event = lines[-1].id
        return [(line.kind, line.user_id or line.contract_number or "") for line in lines if line.kind in EVENTS]

    def office_says_the_same(self) -> bool:
        """Whether the office's API shows what its services do; each step asks the services, being quicker."""
        shown = [[row["user_id"] for row in self._office.json("GET", "/api/users")]]
        shown.append([line["id"] for line in self._office.json("GET", "/api/events?limit=10000")])
        world = self.simulator.world
        return shown == [[u.user_id for u in users(world)], [e.id for e in events(world, limit=10_000)]]

    def mails(self) -> Counter[tuple[str, str]]:
        """How many mails of each kind every address has."""
        found: Counter[tuple[str, str]] = Counter()
        for mail in self.simulator.sink.mailbox.search():
            kind = _KIND.search(mail.raw)
            found[mail.recipients[0], kind[1].decode() if kind else ""] += 1
        return found

    def newest_code(self, address: str) -> str:
        """The digits in the newest code mail to this address."""
        for mail in self.simulator.sink.mailbox.search(to=address):
            if (kind := _KIND.search(mail.raw)) and kind[1] == b"code":
                return next(line.strip() for line in mail.text.splitlines() if re.fullmatch(r"\s*[0-9]{6}\s*", line))
        return ""


def _standing(row: Counted, now: datetime) -> tuple[int | None, int, datetime | None, bool]:
    until = row.locked_until
    failures = None if row.blocked or until else row.failures
    return failures, row.locks, until if until and until > now else None, row.blocked


@contextmanager
def running_bench() -> Iterator[Bench]:
    """A simulator with one RSA key for everybody: making keys would take longer than all the rest."""
    thread = SimulatorThread(
        Settings(
            port=0,
            office_port=0,
            smtp_port=0,
            mail_port=0,
            fast_passwords=True,
            seed=1,
            key_pool=0,
            clock=START,
            always_open=True,
        )
    )
    key = generate_key()
    thread.simulator.world.keys.take = lambda: key  # type: ignore[method-assign]
    bench = Bench(thread.simulator, thread.start())
    try:
        yield bench
    finally:
        bench.close()
        thread.stop()
