from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from simulator.rules import (
    JAPAN,
    Standing,
    after_failure,
    after_lock_end,
    after_release,
    after_success,
    load_profile,
)

PROFILE = load_profile()
NOW = datetime(2026, 11, 20, 10, 0, 0, tzinfo=JAPAN)
HOUR = timedelta(minutes=60)
INSTANT = timedelta(microseconds=1)


def failed(times: int, standing: Standing | None = None, now: datetime = NOW) -> Standing:
    current = standing or Standing()
    for _ in range(times):
        current = after_failure(current, now, PROFILE)
    return current


def locked_twice() -> Standing:
    return failed(6, failed(6), NOW + HOUR)


def test_five_failures_do_not_lock() -> None:
    standing = failed(5)
    assert standing == Standing(failures=5)
    assert not standing.refuses(NOW)


def test_the_sixth_failure_locks_for_sixty_minutes() -> None:
    assert failed(6) == Standing(failures=6, locks=1, locked_until=NOW + HOUR)
    assert failed(6).is_locked(NOW)


def test_the_lock_is_over_when_sixty_minutes_have_passed() -> None:
    standing = failed(6)
    assert standing.is_locked(NOW + HOUR - INSTANT)
    assert not standing.is_locked(NOW + HOUR)


def test_failures_during_a_lock_count_nowhere_and_do_not_prolong_it() -> None:
    standing = failed(6)
    assert failed(20, standing, NOW + HOUR - INSTANT) == standing


def test_the_end_of_a_lock_clears_failures_but_not_locks() -> None:
    standing = failed(6)
    assert after_lock_end(standing, NOW + HOUR) == Standing(locks=1)
    assert after_lock_end(standing, NOW + HOUR - INSTANT) == standing
    assert failed(1, standing, NOW + HOUR) == Standing(failures=1, locks=1)
    assert not failed(5, standing, NOW + HOUR).refuses(NOW + HOUR)


def test_a_second_lock_starts_with_six_failures_of_its_own() -> None:
    assert locked_twice() == Standing(failures=6, locks=2, locked_until=NOW + HOUR + HOUR)


def test_the_third_lock_blocks_at_once() -> None:
    later = NOW + HOUR + HOUR
    assert not failed(5, locked_twice(), later).refuses(later)
    blocked = failed(6, locked_twice(), later)
    assert blocked == Standing(failures=6, locks=3, blocked=True)
    assert not blocked.is_locked(later)


def test_a_block_does_not_end_by_itself() -> None:
    later = NOW + timedelta(days=3650)
    blocked = failed(6, locked_twice(), NOW + HOUR + HOUR)
    assert blocked.refuses(later)
    assert failed(1, blocked, later) == blocked
    assert after_lock_end(blocked, later) == blocked


def test_success_clears_failures_and_locks() -> None:
    assert after_success(failed(5), NOW) == Standing()
    assert after_success(locked_twice(), NOW + HOUR + HOUR) == Standing()


def test_a_right_password_during_a_lock_or_block_changes_nothing() -> None:
    locked, blocked = failed(6), Standing(failures=6, locks=3, blocked=True)
    assert after_success(locked, NOW) == locked
    assert after_success(blocked, NOW) == blocked


def test_release_lifts_a_lock_and_a_block() -> None:
    assert after_release(failed(6)) == Standing()
    assert after_release(Standing(failures=6, locks=3, blocked=True)) == Standing()


@given(st.lists(st.tuples(st.sampled_from(["right", "wrong"]), st.integers(0, 120)), max_size=60))
def test_counts_never_leave_their_bounds(attempts: list[tuple[str, int]]) -> None:
    standing, now = Standing(), NOW
    for password, minutes in attempts:
        now += timedelta(minutes=minutes)
        right = password == "right"
        standing = after_success(standing, now) if right else after_failure(standing, now, PROFILE)
        assert standing.failures <= PROFILE.failures_before_lock
        assert standing.locks <= PROFILE.locks_before_block
        assert standing.blocked == (standing.locks == PROFILE.locks_before_block)
