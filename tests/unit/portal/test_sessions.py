import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from simulator.clock import JAPAN, Clock
from simulator.portal.sessions import Ending, Session, SessionGone, Sessions, forget
from simulator.rules import has_gone_idle, load_profile

START = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
PROFILE = load_profile()
LIMIT = timedelta(minutes=PROFILE.session_idle_minutes)
SECOND = timedelta(seconds=1)
USER, OTHER = "master01", "user0002"


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(clock, PROFILE)


def kept(sessions: Sessions, **values: str) -> Session:
    session = Session(values)
    sessions.keep(session)
    return session


def logged_in(sessions: Sessions, user_id: str = USER) -> Session:
    return sessions.renew(kept(sessions), {"user_id": user_id})


@pytest.mark.parametrize(
    ("idle", "has_ended"), [(timedelta(0), False), (LIMIT - SECOND, False), (LIMIT, True), (-LIMIT, False)]
)
def test_a_session_has_ended_at_exactly_the_limit(idle: timedelta, has_ended: bool) -> None:  # noqa: FBT001
    assert has_gone_idle(START, START + idle, PROFILE) is has_ended


def test_every_request_of_a_visitor_works_on_the_same_object(sessions: Sessions) -> None:
    session = kept(sessions)
    assert sessions.find(session.name) is session
    session["csrf"] = "x"
    assert sessions.find(session.name) == {"csrf": "x"}


def test_names_cannot_be_guessed_and_unknown_ones_lead_nowhere(sessions: Sessions) -> None:
    names = {kept(sessions).name for _ in range(100)}
    assert len(names) == 100
    assert min(len(name) for name in names) >= 43  # 256 bits
    assert sessions.find("") is sessions.find("koujyo") is None
    assert sessions.ending_of("koujyo") is None


def test_a_renewal_gives_a_new_name_with_just_the_values_given(sessions: Sessions) -> None:
    old = kept(sessions, csrf="x")
    new = sessions.renew(old, {"initial_contract": "10000001"})
    assert new == {"initial_contract": "10000001"}
    assert new.name != old.name
    assert sessions.find(old.name) is None
    assert sessions.find(new.name) is new
    assert len(sessions) == 1


def test_a_visitor_without_session_may_begin_with_a_renewal(sessions: Sessions) -> None:
    new = sessions.renew(Session(), {"user_id": USER})
    assert sessions.find(new.name) is new


def test_what_a_slow_request_writes_after_a_renewal_is_lost(sessions: Sessions) -> None:
    old = kept(sessions)
    new = sessions.renew(old, {"user_id": USER})
    old["user_id"] = OTHER
    assert new == {"user_id": USER}
    assert sessions.find(old.name) is None


def test_a_slow_request_cannot_renew_what_was_renewed_meanwhile(sessions: Sessions) -> None:
    old = kept(sessions)
    new = sessions.renew(old, {})
    with pytest.raises(SessionGone):
        sessions.renew(old, {"user_id": USER})
    assert sessions.find(new.name) is new
    assert len(sessions) == 1


@pytest.mark.parametrize("why", Ending)
def test_a_slow_request_cannot_bring_an_ended_session_back(sessions: Sessions, why: Ending) -> None:
    session = logged_in(sessions)
    sessions.end(session, why)
    with pytest.raises(SessionGone):
        sessions.renew(session, {"user_id": USER})
    assert sessions.find(session.name) is None
    assert sessions.ending_of(session.name) is why
    assert len(sessions) == 0


def test_what_a_slow_request_still_reads_is_there(sessions: Sessions) -> None:
    session = logged_in(sessions)
    sessions.end(session, Ending.CUT)
    assert session["user_id"] == USER


def test_the_first_ending_is_the_one_that_is_told(sessions: Sessions) -> None:
    session = logged_in(sessions)
    sessions.end(session, Ending.NEWER_LOGIN)
    sessions.end(session, Ending.CUT)
    assert sessions.ending_of(session.name) is Ending.NEWER_LOGIN


def test_a_login_ends_after_the_limit_and_each_request_begins_it_anew(sessions: Sessions, clock: Clock) -> None:
    session = logged_in(sessions)
    for _ in range(3):
        clock.advance(LIMIT - SECOND)
        assert sessions.find(session.name) is session
    clock.advance(LIMIT)
    assert sessions.find(session.name) is None
    assert sessions.ending_of(session.name) is Ending.CUT
    clock.set(START)
    assert sessions.find(session.name) is None


def test_a_clock_that_is_moved_back_ends_nothing(sessions: Sessions, clock: Clock) -> None:
    session = logged_in(sessions)
    clock.set(START - timedelta(days=1))
    assert sessions.find(session.name) is session
    clock.advance(LIMIT)
    assert sessions.find(session.name) is None


def test_on_the_way_to_a_certificate_nobody_is_cut_off(sessions: Sessions, clock: Clock) -> None:
    session = sessions.renew(kept(sessions), {"code_id": 1})
    clock.advance(timedelta(days=1))
    assert sessions.find(session.name) is session


def test_a_newer_login_ends_the_older_ones_of_the_same_user_only(sessions: Sessions) -> None:
    older, stranger, visitor = logged_in(sessions), logged_in(sessions, OTHER), kept(sessions)
    newer = logged_in(sessions)
    assert sessions.find(older.name) is None
    assert sessions.ending_of(older.name) is Ending.NEWER_LOGIN
    assert [sessions.find(s.name) is s for s in (newer, stranger, visitor)] == [True] * 3


def test_both_logins_live_when_the_profile_says_so(clock: Clock) -> None:
    sessions = Sessions(clock, replace(PROFILE, newer_login_ends_older=False))
    older, newer = logged_in(sessions), logged_in(sessions)
    assert sessions.find(older.name) is older
    assert sessions.find(newer.name) is newer


def test_a_login_can_end_all_others_of_its_user_and_nobody_else_s(clock: Clock) -> None:
    sessions = Sessions(clock, replace(PROFILE, newer_login_ends_older=False))
    own, other, stranger, visitor = logged_in(sessions), logged_in(sessions), logged_in(sessions, OTHER), kept(sessions)
    sessions.end_others(own, Ending.CUT)
    assert [sessions.find(s.name) is s for s in (own, other, stranger, visitor)] == [True, False, True, True]
    assert sessions.ending_of(other.name) is Ending.CUT


def test_renewing_a_login_is_no_newer_login(sessions: Sessions) -> None:
    before = logged_in(sessions)
    after = sessions.renew(before, {"user_id": USER})
    assert sessions.ending_of(before.name) is None
    assert sessions.find(after.name) is after


def test_a_login_left_idle_is_cleared_away_and_still_told_as_cut(sessions: Sessions, clock: Clock) -> None:
    left = logged_in(sessions)
    clock.advance(LIMIT)
    logged_in(sessions)
    assert len(sessions) == 1
    assert sessions.ending_of(left.name) is Ending.CUT


def test_of_too_many_visitors_the_one_longest_away_is_forgotten_but_no_login(clock: Clock) -> None:
    sessions = Sessions(clock, PROFILE, maximum=3)
    login, first, second, third = logged_in(sessions), *(kept(sessions) for _ in range(3))
    assert sessions.find(first.name) is first
    fourth = kept(sessions)
    assert sessions.find(second.name) is None
    assert [sessions.find(s.name) is s for s in (login, first, third, fourth)] == [True] * 4


def test_no_more_than_so_many_endings_are_remembered(clock: Clock) -> None:
    sessions = Sessions(clock, PROFILE, maximum=2)
    ended = [logged_in(sessions) for _ in range(4)][:3]
    assert [sessions.ending_of(s.name) for s in ended] == [None, Ending.NEWER_LOGIN, Ending.NEWER_LOGIN]


def test_a_reset_forgets_sessions_and_endings_for_requests_under_way_too(sessions: Sessions) -> None:
    ended, living = logged_in(sessions), logged_in(sessions)
    sessions.clear()
    assert len(sessions) == 0
    assert sessions.ending_of(ended.name) is None
    with pytest.raises(SessionGone):
        sessions.renew(living, {"user_id": USER})
    assert len(sessions) == 0


def test_leaving_a_way_drops_only_what_was_achieved_on_it() -> None:
    session = Session({"code_id": 1, "csrf": "x"})
    forget(session, ("code_id", "verified"))
    assert session == {"csrf": "x"}


def test_fifty_logins_of_one_user_at_once_leave_one(sessions: Sessions) -> None:
    together = threading.Barrier(50)
    done: list[Session] = []

    def log_in() -> None:
        visitor = kept(sessions)
        together.wait(10)
        done.append(sessions.renew(visitor, {"user_id": USER}))

    in_parallel(log_in)
    alive = [session for session in done if sessions.find(session.name) is session]
    assert (len(done), len(alive), len(sessions)) == (50, 1, 1)
    assert [sessions.ending_of(s.name) for s in done].count(Ending.NEWER_LOGIN) == 49


def test_of_fifty_renewals_of_one_session_at_once_one_succeeds(sessions: Sessions) -> None:
    session, together = logged_in(sessions), threading.Barrier(50)
    outcomes: list[str] = []

    def renew() -> None:
        together.wait(10)
        try:
            sessions.renew(session, {"user_id": USER})
        except SessionGone:
            outcomes.append("gone")
        else:
            outcomes.append("renewed")

    in_parallel(renew)
    assert (outcomes.count("renewed"), outcomes.count("gone"), len(sessions)) == (1, 49, 1)


def in_parallel(verb: Callable[[], None]) -> None:
    threads = [threading.Thread(target=verb) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
