"""Days as they are typed: year, month and day in eight digits (MNU-19)."""

from datetime import date, datetime

DAY_DIGITS = 8
_EARLIEST, _LATEST = 2000, 2099  # years; beyond lies a slip of the finger


def read_day(text: str) -> date | None:
    """Return the day that eight half-width digits name, such as 20261120; None when there is no such day."""
    if len(text) != DAY_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    try:
        day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None
