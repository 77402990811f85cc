"""Lock and block after wrong passwords, as a pure state machine (MRG-10 to MRG-12, CRT-14 to CRT-16, LGN-10 to LGN-13).

Read as in ambiguities 1 and 2: six consecutive failures lock for 60 minutes, the third lock blocks at once, a lock's
end clears failures but not locks, success and release clear both. Whose standing it is, the services decide.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulator.rules.profile import Profile


@dataclass(frozen=True)
class Standing:
    """Failures since the last success or lock's end, locks so far, the end of the running lock, and the block."""

    failures: int = 0
    locks: int = 0
    locked_until: datetime | None = None
    blocked: bool = False

    def is_locked(self, now: datetime) -> bool:
        """Tell whether a lock is running; at its last instant it is over. A blocked standing is not locked."""
        return self.locked_until is not None and now < self.locked_until

    def refuses(self, now: datetime) -> bool:
        """Tell whether every attempt is refused now, a right password included."""
        return self.blocked or self.is_locked(now)


def after_failure(standing: Standing, now: datetime, profile: Profile) -> Standing:
    """Return the standing after a wrong password; attempts refused by a lock or block count nowhere."""
    if standing.refuses(now):
        return standing
    current = after_lock_end(standing, now)
    failures = current.failures + 1
    if failures < profile.failures_before_lock:
        return replace(current, failures=failures)
    locks = current.locks + 1
    if locks >= profile.locks_before_block:
        return Standing(failures, locks, blocked=True)
    return Standing(failures, locks, locked_until=now + timedelta(minutes=profile.lock_minutes))


def after_lock_end(standing: Standing, now: datetime) -> Standing:
    """Return the standing with an ended lock cleared: no failures any more, the locks stay. Otherwise unchanged."""
    if standing.locked_until is None or standing.is_locked(now):
        return standing
    return replace(standing, failures=0, locked_until=None)


def after_success(standing: Standing, now: datetime) -> Standing:
    """Return the standing after a right password: all clear, unless a lock or block refused the attempt."""
    return standing if standing.refuses(now) else Standing()


def after_release(standing: Standing) -> Standing:
    """Return the standing after the master or the labour bank lifted lock and block: all clear (USR-10)."""
    return replace(standing, failures=0, locks=0, locked_until=None, blocked=False)
