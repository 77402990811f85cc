from datetime import datetime, timedelta

from simulator.rules import JAPAN, CodeState, CodeVerdict, code_expires_at, is_code_void, judge_code, load_profile

PROFILE = load_profile()
SENT = datetime(2026, 11, 20, 10, 0, 0, tzinfo=JAPAN)
EXPIRY = SENT + timedelta(minutes=30)
INSTANT = timedelta(microseconds=1)
FRESH = CodeState(SENT)


def test_the_right_code_is_accepted_once() -> None:
    first = judge_code(FRESH, SENT, PROFILE, matches=True)
    assert (first.verdict, first.refusal) == (CodeVerdict.ACCEPTED, None)
    second = judge_code(first.state, SENT, PROFILE, matches=True)
    assert second.verdict is CodeVerdict.VOID
    assert second.refusal is not None
    assert second.refusal.code == "E2203"


def test_a_code_lives_for_thirty_minutes() -> None:
    assert code_expires_at(SENT, PROFILE) == EXPIRY
    assert judge_code(FRESH, EXPIRY - INSTANT, PROFILE, matches=True).verdict is CodeVerdict.ACCEPTED
    late = judge_code(FRESH, EXPIRY, PROFILE, matches=True)
    assert late.verdict is CodeVerdict.EXPIRED
    assert late.refusal is not None
    assert late.refusal.code == "E2202"


def test_four_wrong_tries_leave_the_code_alive() -> None:
    state = FRESH
    for tries in range(1, 5):
        judgement = judge_code(state, SENT, PROFILE, matches=False)
        state = judgement.state
        assert judgement.verdict is CodeVerdict.WRONG
        assert judgement.refusal is not None
        assert judgement.refusal.code == "E2201"
        assert state.wrong_tries == tries
    assert judge_code(state, SENT, PROFILE, matches=True).verdict is CodeVerdict.ACCEPTED


def test_the_fifth_wrong_try_voids_the_code() -> None:
    fifth = judge_code(CodeState(SENT, wrong_tries=4), SENT, PROFILE, matches=False)
    assert fifth.verdict is CodeVerdict.VOID
    assert is_code_void(fifth.state, PROFILE)
    assert judge_code(fifth.state, SENT, PROFILE, matches=True).verdict is CodeVerdict.VOID


def test_a_code_dies_when_a_newer_one_is_issued() -> None:
    replaced = CodeState(SENT, replaced=True)
    assert judge_code(replaced, SENT, PROFILE, matches=True).verdict is CodeVerdict.VOID


def test_tries_on_an_expired_code_are_not_counted() -> None:
    assert judge_code(FRESH, EXPIRY, PROFILE, matches=False).state == FRESH
