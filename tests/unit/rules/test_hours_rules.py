from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from simulator.rules import JAPAN, is_business_day, is_help_desk_open, is_open, latest_business_day, load_profile

PROFILE = load_profile()
LABOUR_THANKSGIVING = date(2026, 11, 23)  # a Monday


def is_holiday(day: date) -> bool:
    return day in {LABOUR_THANKSGIVING, date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("moment", "is_open_then"),
    [
        ("2026-11-20T07:59:59.999999", False),
        ("2026-11-20T08:00:00", True),
        ("2026-11-20T19:59:59.999999", True),
        ("2026-11-20T20:00:00", False),
        ("2026-11-20T00:00:00", False),
    ],
)
def test_the_portal_is_open_from_eight_to_just_before_twenty(moment: str, is_open_then: bool) -> None:  # noqa: FBT001
    assert is_open(datetime.fromisoformat(moment).replace(tzinfo=JAPAN), PROFILE, is_holiday) is is_open_then


def test_hours_are_those_of_japan() -> None:
    assert is_open(datetime(2026, 11, 19, 23, 0, tzinfo=UTC), PROFILE, is_holiday)
    assert not is_open(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), PROFILE, is_holiday)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="時間帯"):
        is_open(datetime(2026, 11, 20, 12, 0), PROFILE, is_holiday)  # noqa: DTZ001


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
        LABOUR_THANKSGIVING,
        date(2026, 12, 31),  # Thursday
        date(2027, 1, 1),
        date(2029, 1, 2),  # Tuesday
        date(2029, 1, 3),  # Wednesday
    ],
)
def test_the_portal_stays_closed_on_weekends_holidays_and_around_new_year(day: date) -> None:
    assert not is_business_day(day, PROFILE, is_holiday)
    assert not is_open(datetime(day.year, day.month, day.day, 12, tzinfo=JAPAN), PROFILE, is_holiday)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 30), date(2029, 1, 4)])
def test_the_portal_opens_on_the_weekdays_beside_them(day: date) -> None:
    assert is_business_day(day, PROFILE, is_holiday)


@pytest.mark.parametrize(
    ("day", "latest"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 20)),
        (LABOUR_THANKSGIVING, date(2026, 11, 20)),
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2027, 1, 3), date(2026, 12, 30)),
    ],
)
def test_the_latest_business_day_is_the_day_itself_or_the_last_one_before(day: date, latest: date) -> None:
    assert latest_business_day(day, PROFILE, is_holiday) == latest


def test_a_calendar_without_business_days_is_refused() -> None:
    with pytest.raises(ValueError, match="営業日"):
        latest_business_day(LABOUR_THANKSGIVING, PROFILE, lambda _: True)


@pytest.mark.parametrize(
    ("moment", "answers"),
    [
        ("2026-11-20T08:59:59.999999", False),
        ("2026-11-20T09:00:00", True),
        ("2026-11-20T17:59:59.999999", True),
        ("2026-11-20T18:00:00", False),
        ("2026-11-21T10:00:00", False),
        ("2026-11-22T10:00:00", False),
        ("2026-11-23T10:00:00", False),
        ("2026-12-30T10:00:00", True),
        ("2026-12-31T10:00:00", False),
        ("2029-01-02T10:00:00", False),
        ("2029-01-03T10:00:00", False),
        ("2029-01-04T10:00:00", True),
    ],
)
def test_the_help_desk_answers_on_weekdays_from_nine_to_just_before_eighteen(moment: str, answers: bool) -> None:  # noqa: FBT001
    assert is_help_desk_open(datetime.fromisoformat(moment).replace(tzinfo=JAPAN), PROFILE, is_holiday) is answers


def test_the_help_desk_s_hours_are_those_of_japan() -> None:
    assert is_help_desk_open(datetime(2026, 11, 20, 0, 0, tzinfo=UTC), PROFILE, is_holiday)
    assert not is_help_desk_open(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), PROFILE, is_holiday)


def test_the_help_desk_s_closed_days_are_its_own() -> None:
    profile = replace(PROFILE, closed_days=(), help_desk_closed_days=("11-20",))
    friday = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
    assert (is_open(friday, profile, is_holiday), is_help_desk_open(friday, profile, is_holiday)) == (True, False)
