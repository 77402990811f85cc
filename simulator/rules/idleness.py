"""How long a session lasts without anybody using it."""

from datetime import datetime, timedelta

from simulator.rules.profile import Profile


def has_gone_idle(seen_at: datetime, now: datetime, profile: Profile) -> bool:
    """Tell whether a session last used at `seen_at` has ended by `now`: at exactly the limit it has."""
    return now - seen_at >= timedelta(minutes=profile.session_idle_minutes)
