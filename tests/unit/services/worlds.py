"""A world without sockets: the store in memory, letters kept in a list, one RSA key for everybody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from threading import Barrier
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from simulator.clock import Clock
from simulator.mail.letters import Letter
from simulator.pki import ClientAuthority, KeyPool, generate_key
from simulator.rules import JAPAN, load_profile
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import IssuedCertificate, issue_certificate
from simulator.services.refusal import Refused
from simulator.services.registration import MasterEntry, register_master
from simulator.services.seed import Seed
from simulator.services.world import Passwords, Randomness, World
from simulator.store import MEMORY, Code, Store, User

START = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
EMPLOYER, MEMBER = "10000001", "20000001"
INITIAL_PASSWORD = "Rokin#01"
USER_ID, PASSWORD, WRONG = "master01", "Abcd#123", "Wrong#99"

Result = TypeVar("Result")


@dataclass
class Letterbox:
    """Keeps every letter, or fails like a mail server that is down."""

    letters: list[Letter] = field(default_factory=list)
    is_down: bool = False

    def send(self, letter: Letter) -> None:
        if self.is_down:
            raise OSError("no mail server")
        self.letters.append(letter)

    @property
    def code(self) -> str:
        """The digits in the newest code mail."""
        newest = [letter for letter in self.letters if letter.kind == "code"][-1]
        return next(line.strip() for line in newest.body.splitlines() if line.strip().isdigit())


class CountingPasswords(Passwords):
    """Counts how often a secret was really compared.

    Attributes:
        meeting: where those who compare wait for each other, to be there at the same time.
    """

    def __init__(self) -> None:
        super().__init__(fast=True)
        self.checks = 0
        self.meeting: Barrier | None = None

    def matches(self, hashed: str | None, secret: str) -> bool:
        self.checks += 1
        if self.meeting:
            self.meeting.wait(10)
        return super().matches(hashed, secret)


class OneKey(KeyPool):
    """Always the same key: making one takes longer than all the rest of a test."""

    def take(self) -> RSAPrivateKey:
        return _key()


@cache
def _key() -> RSAPrivateKey:
    return generate_key()


@cache
def _authority() -> ClientAuthority:
    return ClientAuthority.create(START)


@dataclass(frozen=True)
class Bench:
    """A seeded world and its letterbox."""

    world: World
    post: Letterbox
    passwords: CountingPasswords
    clock: Clock

    def register(self, user_id: str = USER_ID, number: str = EMPLOYER) -> User:
        return register_master(self.world, number, entry(user_id))

    def verified_code(self, user_id: str = USER_ID) -> Code:
        """A code that allows one issue."""
        code = authenticate(self.world, user_id, PASSWORD)
        verify_code(self.world, code.id, self.post.code)
        return code

    def issue(self, user_id: str = USER_ID) -> IssuedCertificate:
        return issue_certificate(self.world, self.verified_code(user_id).id, PASSWORD)


def make_bench(url: str = MEMORY) -> Bench:
    post, passwords, clock = Letterbox(), CountingPasswords(), Clock(START)
    world = World(
        profile=load_profile(),
        store=Store(url),
        clock=clock,
        post=post,
        authority=_authority(),
        keys=OneKey(0),
        passwords=passwords,
        randomness=Randomness(1),
    )
    Seed(world).plant()
    return Bench(world, post, passwords, clock)


def entry(user_id: str = USER_ID) -> MasterEntry:
    return MasterEntry(user_id, PASSWORD, "労金　太郎", f"{user_id}@sample.co.jp")


def refusal_of(verb: Callable[[], object]) -> str:
    """The message code with which a verb refuses."""
    with pytest.raises(Refused) as caught:
        verb()
    return caught.value.message.code


def outcomes(verb: Callable[[], object], times: int) -> list[str]:
    """Call a verb many times at once; what came of each: a message code, or "done"."""
    together = Barrier(times)

    def attempt(_: int) -> str:
        together.wait(10)
        try:
            verb()
        except Refused as refusal:
            return refusal.message.code
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(attempt, range(times)))
