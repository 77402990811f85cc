"""Property accumulation savings (財形): months, amounts, the tax-exempt limit and alarms (MNU-04, MNU-05).

A month is written as its first day. Amounts are whole yen.
"""

from datetime import date
from enum import StrEnum

from simulator.rules.profile import Profile

_YEAR = 12
_ONE_HUNDREDTH_PERCENT = 10_000
_PERCENT = 100


class SavingsKind(StrEnum):
    """一般財形, 財形年金, 財形住宅."""

    GENERAL = "general"
    PENSION = "pension"
    HOUSING = "housing"


class TaxState(StrEnum):
    """Whether the interest is taxed, exempt, or could be exempt once the application form has come."""

    TAXED = "taxed"
    EXEMPT = "exempt"
    MISSING = "missing"


class AlarmKind(StrEnum):
    """The principal nears or exceeds the limit, or 非課税貯蓄申込書 or 異動申告書 has not come."""

    NEAR = "near"
    EXCEEDED = "exceeded"
    APPLICATION = "application"
    CHANGE = "change"


class ChangeKind(StrEnum):
    """What became of the amounts of a savings contract: 新規, 変更, 中止."""

    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"


def add_months(month: date, count: int) -> date:
    """The first day of the month that comes `count` months after `month`; before it, when negative."""
    return _month(_number(month) + count)


def months_between(first: date, last: date) -> int:
    """How many months after `first` the month `last` comes; negative when it comes before."""
    return _number(last) - _number(first)


def is_bonus_month(month: date, profile: Profile) -> bool:
    """Tell whether bonus deposits are deducted in this month, too."""
    return month.month in _bonus_months(profile)


def paid_in(opened: date, month: date, monthly: int, bonus: int, profile: Profile) -> int:
    """Return the principal at the end of `month`: a deposit in every month from `opened` on, bonus months included."""
    first, last = _number(opened), _number(month)
    bonuses = sum((last - m) // _YEAR - (first - 1 - m) // _YEAR for m in _bonus_months(profile))
    return max(last - first + 1, 0) * monthly + max(bonuses, 0) * bonus


def with_interest(principal: int, opened: date, month: date, profile: Profile) -> int:
    """Return the balance at the end of `month`: simple interest on the principal's average, fractions cut off."""
    months = max(_number(month) - _number(opened) + 1, 0)
    return principal + principal * months * profile.savings_interest_basis_points // (
        2 * _YEAR * _ONE_HUNDREDTH_PERCENT
    )


def subsidy_of(monthly: int, profile: Profile) -> int:
    """Return what the employer adds to a monthly deposit (奨励金), fractions cut off."""
    return monthly * profile.subsidy_percent // _PERCENT


def judge_limit(principal: int, profile: Profile) -> AlarmKind | None:
    """Judge the principal of a worker's 財形年金 and 財形住宅 together; exactly the limit is still within it."""
    if principal > profile.savings_limit_yen:
        return AlarmKind.EXCEEDED
    if principal * _PERCENT >= profile.savings_limit_yen * profile.savings_warning_percent:
        return AlarmKind.NEAR
    return None


def _bonus_months(profile: Profile) -> tuple[int, int]:
    return profile.summer_bonus_month, profile.winter_bonus_month


def _number(month: date) -> int:
    """Months since the year 0, so that January of any year is 1 modulo 12."""
    return month.year * _YEAR + month.month


def _month(number: int) -> date:
    return date((number - 1) // _YEAR, (number - 1) % _YEAR + 1, 1)
