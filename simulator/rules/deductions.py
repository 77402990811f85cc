"""Wage deductions of a union's members (控除事務): what is deducted, why less is, and when the union pays in.

The manuals at hand only name these functions (ambiguity 22); every rule here is an assumption.
"""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from simulator.rules.hours import is_business_day
from simulator.rules.profile import Profile


class DeductionKind(StrEnum):
    """What the labour bank asks to be deducted from a member's wage, in the order of its lists."""

    GENERAL = "general"
    PENSION = "pension"
    HOUSING = "housing"
    DEPOSIT = "deposit"
    LOAN = "loan"
    HOME_LOAN = "home-loan"


class ShortReason(StrEnum):
    """Why less is deducted than was asked for (控除不能)."""

    WAGE = "wage"
    LEAVE = "leave"
    LEFT = "left"
    REQUEST = "request"
    OTHER = "other"


class TransferDay(StrEnum):
    """How a day suits for paying in."""

    GOOD = "good"
    NO_DAY = "no-day"
    OUT_OF_RANGE = "out-of-range"
    CLOSED = "closed"


def last_transfer_day(today: date, profile: Profile) -> date:
    """The last day that may be given for paying in; the first is today."""
    return today + timedelta(days=profile.transfer_days_ahead)


def judge_transfer_day(
    day: date | None, today: date, profile: Profile, is_holiday: Callable[[date], bool]
) -> TransferDay:
    """Judge the day on which the union means to pay in: a business day from today to `transfer_days_ahead` from it."""
    if day is None:
        return TransferDay.NO_DAY
    if not today <= day <= last_transfer_day(today, profile):
        return TransferDay.OUT_OF_RANGE
    return TransferDay.GOOD if is_business_day(day, profile, is_holiday) else TransferDay.CLOSED


def is_short(amount: int, asked: int) -> bool:
    """Tell whether a deduction of `amount` yen falls short of what was asked: from nothing to one yen less."""
    return 0 <= amount < asked
