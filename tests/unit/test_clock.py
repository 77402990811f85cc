from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from simulator.clock import JAPAN, Clock, default_start, is_holiday, parse_moment

MOMENT = datetime(2026, 11, 20, 10, 0, tzinfo=JAPAN)


def test_the_clock_stands_still_until_it_is_moved() -> None:
    clock = Clock(MOMENT)
    before = time.monotonic()
    while time.monotonic() == before:
        pass
    assert clock.now() == MOMENT
    assert not clock.is_ticking


def test_a_ticking_clock_runs_from_its_start() -> None:
    clock = Clock(MOMENT, ticking=True)
    first = clock.now()
    while (later := clock.now()) == first:
        pass
    assert MOMENT <= first < later < MOMENT + timedelta(minutes=1)


def test_a_ticking_clock_runs_on_from_where_it_is_put() -> None:
    clock = Clock(MOMENT, ticking=True)
    clock.set(MOMENT + timedelta(days=365))
    advanced = clock.advance(timedelta(days=1))
    assert timedelta(0) <= clock.now() - advanced < timedelta(minutes=1)
    assert advanced >= MOMENT + timedelta(days=366)


def test_times_are_shown_in_japan() -> None:
    clock = Clock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC))
    assert clock.now() == MOMENT
    assert clock.now().tzinfo is JAPAN
    clock.set(datetime(2026, 11, 20, 15, 0, tzinfo=UTC))
    assert clock.now().isoformat() == "2026-11-21T00:00:00+09:00"


def test_advancing_returns_the_new_moment() -> None:
    clock = Clock(MOMENT)
    assert clock.advance(timedelta(minutes=30, seconds=1)) == datetime(2026, 11, 20, 10, 30, 1, tzinfo=JAPAN)
    assert clock.now() == datetime(2026, 11, 20, 10, 30, 1, tzinfo=JAPAN)


def test_advancing_backwards_is_refused() -> None:
    clock = Clock(MOMENT)
    with pytest.raises(ValueError, match="戻すことはできません"):
        clock.advance(timedelta(microseconds=-1))
    assert clock.now() == MOMENT


def test_advancing_past_the_end_of_the_calendar_is_refused() -> None:
    clock = Clock(MOMENT)
    with pytest.raises(ValueError, match="暦の範囲を超えます"):
        clock.advance(timedelta(days=365 * 8000))
    assert clock.now() == MOMENT


def test_setting_may_go_back_and_resetting_returns_to_the_start() -> None:
    clock = Clock(MOMENT)
    clock.set(MOMENT - timedelta(days=400))
    assert clock.now() == MOMENT - timedelta(days=400)
    clock.reset()
    assert clock.now() == clock.start == MOMENT


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = MOMENT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="時間帯"):
        Clock(naive)
    with pytest.raises(ValueError, match="時間帯"):
        Clock(MOMENT).set(naive)


def test_no_step_is_lost_when_threads_advance_together(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(partial(sys.setswitchinterval, sys.getswitchinterval()))
    sys.setswitchinterval(1e-6)  # threads take turns in the middle of a step
    clock = Clock(MOMENT)
    threads = [threading.Thread(target=_advance_often, args=(clock,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now() == MOMENT + timedelta(seconds=8 * 500)


def _advance_often(clock: Clock) -> None:
    for _ in range(500):
        clock.advance(timedelta(seconds=1))


@pytest.mark.parametrize(
    ("now", "start"),
    [
        pytest.param("2026-11-20T10:00", "2026-11-20T10:00:00+09:00", id="a Friday at ten"),
        pytest.param("2026-11-20T09:59:59", "2026-11-19T10:00:00+09:00", id="a Friday before ten"),
        pytest.param("2026-11-22T12:00", "2026-11-20T10:00:00+09:00", id="a Sunday"),
        pytest.param("2026-11-24T00:30", "2026-11-20T10:00:00+09:00", id="the night after a holiday on a Monday"),
        pytest.param("2026-05-06T12:00", "2026-05-01T10:00:00+09:00", id="a substitute holiday ending a long week-end"),
        pytest.param("2027-01-03T23:00", "2026-12-30T10:00:00+09:00", id="the turn of the year"),
    ],
)
def test_the_default_start_is_the_latest_ten_of_a_business_day_that_has_come(now: str, start: str) -> None:
    assert default_start(now=parse_moment(now)).isoformat() == start


def test_without_a_start_the_clock_shows_the_default() -> None:
    assert Clock().now().strftime("%H:%M:%S") == "10:00:00"
    assert Clock().now() <= datetime.now(JAPAN) + timedelta(hours=10)


def test_holidays_are_those_of_japan() -> None:
    assert is_holiday(date(2026, 9, 22))  # 国民の休日, between two holidays
    assert is_holiday(date(2026, 5, 6))  # 振替休日
    assert not is_holiday(date(2026, 11, 22))  # a Sunday like others


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T10:00:00", "2026-11-20 10:00", "2026-11-20T10:00:00+09:00", "2026-11-20T01:00:00Z", "20261120T1000"],
)
def test_a_moment_is_read_from_iso_8601_in_japan_time(text: str) -> None:
    moment = parse_moment(text)
    assert moment == MOMENT
    assert moment.tzinfo is JAPAN


@pytest.mark.parametrize("text", ["1969-12-31T23:59", "2100-01-01", "2099-12-31T15:00Z"])
def test_a_moment_out_of_reach_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"「{text}」には合わせられません。.*1970年から2099年まで"):
        parse_moment(text)


def test_the_last_year_has_its_holidays() -> None:
    assert is_holiday(parse_moment("2099-05-03").date())


@pytest.mark.parametrize("text", ["", "明日", "2026-11-31T10:00:00", "10:00", "9999-12-31T23:59:59-12:00"])
def test_another_text_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=f"「{text}」を読み取れません。.*2026-11-20T10:00:00"):
        parse_moment(text)
