"""The rules once more, written from the manuals and their readings alone: nothing of the simulator is imported.

Every number stands here a second time on purpose. A value changed in the simulator's profile has to be contradicted by
somebody who did not read it there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

FAILURES_PER_LOCK = 6  # MRG-10, CRT-14, LGN-10
LOCK_LASTS = timedelta(minutes=60)  # MRG-11, CRT-15, LGN-11
LOCKS_PER_BLOCK = 3  # MRG-12, CRT-16, LGN-12
CODE_LASTS = timedelta(minutes=30)  # CRT-24
CODE_TRIES = 5  # ambiguity 3
CERTIFICATE_LASTS = timedelta(days=365)  # CRT-06, ambiguity 9
RENEWAL_DAYS = timedelta(days=30)  # RNW-01, CRT-18
PASSWORD_LASTS = timedelta(days=90)  # PWD-10, assumed
IDLE = timedelta(minutes=30)  # assumed; at exactly thirty minutes a login has ended
GENERAL_USERS = 10  # USR-01, ambiguity 12
BATCH_AT = time(7)  # ML-06, ML-07: the day is given, the time assumed
CERTIFICATE_SUFFIX = "ROKIN Koujyo Web System"  # ACC-05
SECOND = timedelta(seconds=1)


@dataclass
class Tally:
    """What is counted against somebody who types a wrong password (ambiguities 1 and 2)."""

    failures: int = 0
    locks: int = 0
    locked_until: datetime | None = None
    blocked: bool = False

    def try_password(self, now: datetime, *, right: bool) -> str:
        """What comes of one attempt: passed, wrong, locked or blocked; "refused" when it was not even looked at."""
        if self.blocked:
            return "refused blocked"
        if self.is_locked(now):
            return "refused locked"
        if self.locked_until is not None:  # the lock has ended: its failures are forgiven, its mark stays
            self.failures, self.locked_until = 0, None
        if right:
            self.lift()
            return "passed"
        return self._fail(now)

    def lift(self) -> None:
        """Start from nothing again."""
        self.failures, self.locks, self.locked_until, self.blocked = 0, 0, None, False

    @property
    def is_clear(self) -> bool:
        """Whether nothing is counted, an ended lock included."""
        return self == Tally()

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until

    def seen(self, now: datetime) -> tuple[int | None, int, datetime | None, bool]:
        """What an office can rely on: failures only count while nothing is closed or has just opened again."""
        failures = None if self.blocked or self.locked_until is not None else self.failures
        return failures, self.locks, self.locked_until if self.is_locked(now) else None, self.blocked

    def _fail(self, now: datetime) -> str:
        self.failures += 1
        if self.failures < FAILURES_PER_LOCK:
            return "wrong"
        self.locks += 1
        if self.locks == LOCKS_PER_BLOCK:
            self.blocked = True
            return "blocked"
        self.locked_until = now + LOCK_LASTS
        return "locked"


@dataclass
class Code:
    """A code that was mailed; it becomes dead by use, by a newer one, by five wrong tries (ambiguity 3)."""

    user_id: str
    digits: str
    issued_at: datetime
    wrong: int = 0
    dead: bool = False
    verified: bool = False

    @property
    def expires_at(self) -> datetime:
        return self.issued_at + CODE_LASTS

    def enter(self, digits: str, now: datetime) -> str:
        """What comes of typing these digits: accepted, wrong, expired or void."""
        if self.dead or self.verified:
            return "void"
        if now - self.issued_at >= CODE_LASTS:
            return "expired"
        if digits == self.digits:
            self.verified = True
            return "accepted"
        self.wrong += 1
        self.dead = self.wrong == CODE_TRIES
        return "void, tried" if self.dead else "wrong"


@dataclass
class Certificate:
    """A certificate that was issued."""

    user_id: str
    password: str
    issued_at: datetime
    revoked: bool = False
    orphaned: bool = False

    @property
    def expires_at(self) -> datetime:
        return self.issued_at + CERTIFICATE_LASTS

    @property
    def renewal_opens_at(self) -> datetime:
        """Midnight thirty days before the date of expiry (RNW-01)."""
        return self.expires_at.replace(hour=0, minute=0, second=0) - RENEWAL_DAYS

    @property
    def mails(self) -> dict[str, datetime]:
        """When its two mails go out: on the first day of renewal, and on the day after expiry (ambiguity 9)."""
        days = {"expiry_warning": self.renewal_opens_at, "expired": self.expires_at + timedelta(days=1)}
        return {kind: datetime.combine(day.date(), BATCH_AT, day.tzinfo) for kind, day in days.items()}

    @property
    def name(self) -> str:
        return f"{self.user_id} {self.expires_at:%Y%m%d%H%M%S} {CERTIFICATE_SUFFIX}"

    @property
    def file_name(self) -> str:
        return f"{self.user_id}{self.issued_at:%Y%m%d%H%M%S}.p12"


@dataclass
class Person:
    """A master or general user."""

    user_id: str
    contract: str
    password: str
    address: str
    is_master: bool
    password_set_at: datetime
    temporary: bool = False
    tally: Tally = field(default_factory=Tally)
    code: Code | None = None
    certificates: list[Certificate] = field(default_factory=list)

    @property
    def newest(self) -> Certificate | None:
        """The newest certificate that was not revoked."""
        held = [certificate for certificate in self.certificates if not certificate.revoked]
        return held[-1] if held else None

    def set_password(self, password: str, now: datetime, *, temporary: bool) -> None:
        """Also the end of a code that was asked for with the old one: no file can be sealed with it (ambiguity 11)."""
        if self.code:
            self.code.dead = True
        self.password, self.password_set_at, self.temporary = password, now, temporary

    def change_due(self, now: datetime) -> str:
        """The screen on which the password has to be changed before anything else (LGN-07); empty without need."""
        if self.temporary:
            return "password_change_first"
        return "password_change_expired" if now - self.password_set_at >= PASSWORD_LASTS else ""

    def holds_one(self, now: datetime) -> bool:
        """Whether a certificate stands in the way of another one (CRT-05, CRT-17, CRT-18)."""
        return self.newest is not None and now < self.newest.renewal_opens_at
