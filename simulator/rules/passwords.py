"""The age of a password, and what a login leads to because of it (LGN-07, PWD-01, PWD-10)."""

from datetime import datetime, timedelta
from enum import StrEnum

from simulator.rules.profile import Profile


class PasswordState(StrEnum):
    """Whether a password may be used, or has to be changed before anything else."""

    FRESH = "fresh"
    TEMPORARY = "temporary"
    EXPIRED = "expired"


def password_expires_at(set_at: datetime, profile: Profile) -> datetime:
    """Return the instant from which a password set at `set_at` counts as expired."""
    return set_at + timedelta(days=profile.password_days)


def password_state(set_at: datetime, now: datetime, profile: Profile, *, temporary: bool) -> PasswordState:
    """Tell what a login with a right password leads to; a temporary password goes before its age."""
    if temporary:
        return PasswordState.TEMPORARY
    return PasswordState.EXPIRED if now >= password_expires_at(set_at, profile) else PasswordState.FRESH
