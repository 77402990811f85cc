"""The edges every service works with, gathered once by the server."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from simulator.clock import Clock
from simulator.mail.letters import Letter
from simulator.pki import ClientAuthority, KeyPool, P12Encryption
from simulator.rules import Profile
from simulator.services.attempts import Attempts
from simulator.store import Store

SERIAL_NUMBER_BYTES = 19


class Post(Protocol):
    """Whoever carries a letter to its recipient."""

    def send(self, letter: Letter) -> None:
        """Send a letter.

        Raises:
            OSError: the letter could not be handed over.
        """


class Passwords:
    """Keeps secrets as argon2id hashes.

    Args:
        fast: lowest cost, for tests; a hash made so is still checked correctly.
    """

    def __init__(self, *, fast: bool = False) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if fast else PasswordHasher()
        # What an unknown id is checked against, so that it costs the same time as a known one.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, secret: str) -> str:
        """The hash of a secret, with its parameters and salt."""
        return self._hasher.hash(secret)

    def matches(self, hashed: str | None, secret: str) -> bool:
        """Whether the secret belongs to the hash; no hash matches nothing, in the same time."""
        try:
            self._hasher.verify(hashed or self._nobody, secret)
        except VerifyMismatchError:
            return False
        return hashed is not None


class Randomness:
    """Digits for codes, serial numbers: unpredictable, or the same in every run when a seed is given."""

    def __init__(self, seed: int | None = None) -> None:
        self._seed = seed
        self.restart()

    def restart(self) -> None:
        """Begin the seeded sequence anew."""
        self._source = secrets.SystemRandom() if self._seed is None else random.Random(self._seed)  # noqa: S311
        self._issued = 0

    def digits(self, count: int) -> str:
        """A string of random digits."""
        return "".join(self._source.choices("0123456789", k=count))

    def serial_number(self, name: str) -> int:
        """A certificate's serial number: positive, at most 159 bits (RFC 5280).

        Args:
            name: of the certificate; a sequence that begins anew gives another name another number.
        """
        self._issued += 1
        origin = secrets.token_hex() if self._seed is None else f"{self._seed}/{self._issued}"
        return int.from_bytes(sha256(f"{origin}/{name}".encode()).digest()[:SERIAL_NUMBER_BYTES]) or 1


@dataclass(frozen=True)
class World:
    """Everything a service may touch."""

    profile: Profile
    store: Store
    clock: Clock
    post: Post
    authority: ClientAuthority
    keys: KeyPool
    passwords: Passwords
    randomness: Randomness = field(default_factory=Randomness)
    p12_encryption: P12Encryption = P12Encryption.MODERN
    attempts: Attempts = field(default_factory=Attempts)
