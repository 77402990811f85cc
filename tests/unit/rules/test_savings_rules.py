from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules import (
    AlarmKind,
    add_months,
    is_bonus_month,
    judge_limit,
    load_profile,
    paid_in,
    subsidy_of,
    with_interest,
)

PROFILE = load_profile()
LIMIT = PROFILE.savings_limit_yen
months = st.builds(date, st.integers(1990, 2150), st.integers(1, 12), st.just(1))


@pytest.mark.parametrize(
    ("principal", "judged"),
    [
        (0, None),
        (4_949_999, None),
        (4_950_000, AlarmKind.NEAR),
        (5_500_000, AlarmKind.NEAR),
        (5_500_001, AlarmKind.EXCEEDED),
    ],
)
def test_the_limit_warns_from_ninety_percent_on_and_is_exceeded_above_it(
    principal: int, judged: AlarmKind | None
) -> None:
    assert judge_limit(principal, PROFILE) is judged


@pytest.mark.parametrize(
    ("month", "count", "expected"),
    [
        (date(2026, 11, 1), 1, date(2026, 12, 1)),
        (date(2026, 11, 1), 2, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 1), -24, date(2024, 12, 1)),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month: date, count: int, expected: date) -> None:
    assert add_months(month, count) == expected


@given(months, st.integers(-600, 600))
def test_counting_there_and_back_is_no_change(month: date, count: int) -> None:
    assert add_months(add_months(month, count), -count) == month


@given(opened=months, span=st.integers(-5, 400), monthly=st.integers(0, 100_000), bonus=st.integers(0, 500_000))
def test_the_principal_is_every_month_s_deposit(opened: date, span: int, monthly: int, bonus: int) -> None:
    expected = sum(monthly + bonus * (add_months(opened, count).month in {6, 12}) for count in range(max(span + 1, 0)))
    assert paid_in(opened, add_months(opened, span), monthly, bonus, PROFILE) == expected


def test_bonuses_are_deposited_in_june_and_december() -> None:
    assert [month for month in range(1, 13) if is_bonus_month(date(2026, month, 1), PROFILE)] == [6, 12]


@pytest.mark.parametrize(("principal", "years", "interest"), [(0, 9, 0), (1_000_000, 1, 1_000), (999, 1, 0)])
def test_interest_is_simple_on_the_average_and_cut_off(principal: int, years: int, interest: int) -> None:
    opened = date(2020, 1, 1)
    last = add_months(opened, 12 * years - 1)
    assert with_interest(principal, opened, last, PROFILE) == principal + interest


@pytest.mark.parametrize(("monthly", "subsidy"), [(0, 0), (33, 0), (34, 1), (10_000, 300)])
def test_the_subsidy_is_three_percent_cut_off(monthly: int, subsidy: int) -> None:
    assert subsidy_of(monthly, PROFILE) == subsidy


def test_the_limit_is_the_profile_s() -> None:
    assert LIMIT == 5_500_000
