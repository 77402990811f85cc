"""Service hours, business days and the help desk's hours, in Japan time (ENV-10 to ENV-12, ENV-22; ambiguity 18)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from simulator.rules.profile import Profile

JAPAN = ZoneInfo("Asia/Tokyo")
_SATURDAY = 5
_LONGEST_SEARCH = 366  # days; no calendar is closed for a year, so more means a broken is_holiday


def in_japan(moment: datetime) -> datetime:
    """Return the same instant in Japan time.

    Raises:
        ValueError: the moment has no time zone, so that nobody can tell which instant it is.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"時間帯のない日時は使えません: {moment.isoformat()}")
    return moment.astimezone(JAPAN)


def is_business_day(day: date, profile: Profile, is_holiday: Callable[[date], bool]) -> bool:
    """Tell whether the portal opens on `day`: a weekday that is neither a public holiday nor a closed day."""
    return _is_working_day(day, profile.closed_days, is_holiday)


def is_open(moment: datetime, profile: Profile, is_holiday: Callable[[date], bool]) -> bool:
    """Tell whether the portal is open: on business days from `opens_at` to just before `closes_at`.

    Raises:
        ValueError: `moment` has no time zone.
    """
    here = in_japan(moment)
    within_hours = profile.opens_at <= here.time() < profile.closes_at
    return within_hours and is_business_day(here.date(), profile, is_holiday)


def is_help_desk_open(moment: datetime, profile: Profile, is_holiday: Callable[[date], bool]) -> bool:
    """Tell whether the help desk answers (ENV-22): weekdays except holidays, to just before `help_desk_closes_at`.

    Raises:
        ValueError: `moment` has no time zone.
    """
    here = in_japan(moment)
    within_hours = profile.help_desk_opens_at <= here.time() < profile.help_desk_closes_at
    return within_hours and _is_working_day(here.date(), profile.help_desk_closed_days, is_holiday)


def latest_business_day(day: date, profile: Profile, is_holiday: Callable[[date], bool]) -> date:
    """Return `day` when the portal opens on it, otherwise the last business day before it.

    Raises:
        ValueError: there is none within a year, which no real calendar does.
    """
    for days in range(_LONGEST_SEARCH):
        if is_business_day(earlier := day - timedelta(days=days), profile, is_holiday):
            return earlier
    raise ValueError(f"{day} までの1年間に営業日がありません")


def _is_working_day(day: date, closed_days: tuple[str, ...], is_holiday: Callable[[date], bool]) -> bool:
    return day.weekday() < _SATURDAY and f"{day:%m-%d}" not in closed_days and not is_holiday(day)
