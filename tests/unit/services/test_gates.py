from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from simulator.services.attempts import Attempts
from simulator.services.contracts import contracts, users
from simulator.services.gate import LOGIN, USER_AUTHENTICATION, pass_user_gate
from simulator.services.registration import authorize_initial_registration
from simulator.store import Contract
from tests.unit.services.worlds import (
    EMPLOYER,
    INITIAL_PASSWORD,
    MEMBER,
    PASSWORD,
    START,
    USER_ID,
    WRONG,
    Bench,
    outcomes,
    refusal_of,
)

LOCK = timedelta(minutes=60)
MOMENT = timedelta(seconds=1)


def attempt(bench: Bench, secret: str = WRONG) -> str:
    """What the initial login says: a message code."""
    return refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, secret))


def broken(*_: object) -> bool:
    raise SystemExit


def fail(verb: Callable[[], str], times: int) -> list[str]:
    return [verb() for _ in range(times)]


def test_five_wrong_initial_passwords_do_not_lock(bench: Bench) -> None:
    assert fail(lambda: attempt(bench), 5) == ["E2001"] * 5
    assert authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD).failures == 0


def test_the_sixth_wrong_initial_password_locks_and_the_right_one_is_refused_then(bench: Bench) -> None:
    assert fail(lambda: attempt(bench), 6) == ["E2001"] * 5 + ["E2002"]
    assert attempt(bench, INITIAL_PASSWORD) == "E2002"
    assert contracts(bench.world)[0].locked_until == START + LOCK


def test_a_lock_holds_to_the_last_second_and_ends_after_sixty_minutes(bench: Bench) -> None:
    fail(lambda: attempt(bench), 6)
    bench.clock.advance(LOCK - MOMENT)
    assert attempt(bench, INITIAL_PASSWORD) == "E2002"
    bench.clock.advance(MOMENT)
    assert authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD).locks == 0


def test_attempts_during_a_lock_do_not_prolong_it(bench: Bench) -> None:
    fail(lambda: attempt(bench), 6)
    bench.clock.advance(LOCK - MOMENT)
    assert fail(lambda: attempt(bench), 3) == ["E2002"] * 3
    bench.clock.advance(MOMENT)
    assert attempt(bench) == "E2001"
    assert contracts(bench.world)[0].failures == 1


@pytest.mark.parametrize("restarted", [True, False])
def test_an_attempt_that_never_ends_leaves_nothing_behind(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, restarted: bool
) -> None:
    """The server is killed, or breaks, while it checks the right password after five wrong ones."""
    fail(lambda: attempt(bench), 5)
    monkeypatch.setattr(bench.world.passwords, "matches", broken)
    with pytest.raises(SystemExit):
        authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)
    monkeypatch.undo()
    world = replace(bench.world, attempts=Attempts()) if restarted else bench.world
    assert authorize_initial_registration(world, EMPLOYER, INITIAL_PASSWORD).failures == 0


def test_an_account_that_an_older_version_left_closed_without_a_lock_is_open_again(bench: Bench) -> None:
    with bench.world.store.transaction() as session:
        session.execute(update(Contract).values(failures=6))
    assert attempt(bench) == "E2002"
    bench.clock.advance(LOCK)
    assert authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD).failures == 0


def test_a_success_clears_what_was_counted(bench: Bench) -> None:
    for _ in range(3):
        fail(lambda: attempt(bench), 5)
        authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)
    assert contracts(bench.world)[0].failures == 0


def test_the_third_lock_blocks_at_once_and_for_ever(bench: Bench) -> None:
    for _ in range(2):
        assert fail(lambda: attempt(bench), 6)[-1] == "E2002"
        bench.clock.advance(LOCK)
    assert fail(lambda: attempt(bench), 6) == ["E2001"] * 5 + ["E2003"]
    bench.clock.advance(timedelta(days=3650))
    assert attempt(bench, INITIAL_PASSWORD) == "E2003"


def test_contracts_are_counted_apart(bench: Bench) -> None:
    fail(lambda: attempt(bench), 6)
    assert authorize_initial_registration(bench.world, MEMBER, "Kaiin#01").number == MEMBER


def test_an_unknown_number_is_compared_like_a_known_one_and_counts_nowhere(bench: Bench) -> None:
    unknown = [refusal_of(lambda: authorize_initial_registration(bench.world, "99999999", WRONG)) for _ in range(20)]
    assert unknown == ["E2001"] * 20
    assert bench.passwords.checks == 20
    assert [contract.failures for contract in contracts(bench.world)] == [0, 0]


def test_an_unknown_user_is_compared_like_a_known_one_and_counts_nowhere(bench: Bench) -> None:
    bench.register()
    unknown = [
        refusal_of(lambda: pass_user_gate(bench.world, USER_AUTHENTICATION, "nobody99", PASSWORD)) for _ in range(20)
    ]
    assert unknown == ["E2101"] * 20
    assert bench.passwords.checks == 20
    assert users(bench.world)[0].failures == 0


def test_user_authentication_and_login_share_one_counter(bench: Bench) -> None:
    bench.register()
    gates = [USER_AUTHENTICATION, LOGIN] * 3
    said = [refusal_of(lambda gate=gate: pass_user_gate(bench.world, gate, USER_ID, WRONG)) for gate in gates]  # type: ignore[misc]
    assert said == ["E2101", "E3101", "E2101", "E3101", "E2101", "E3102"]
    assert refusal_of(lambda: pass_user_gate(bench.world, USER_AUTHENTICATION, USER_ID, PASSWORD)) == "E2102"


def test_the_user_s_counter_is_not_the_contract_s(bench: Bench) -> None:
    bench.register()
    fail(lambda: refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, WRONG)), 6)
    assert contracts(bench.world)[0].failures == 0


@pytest.mark.parametrize("times", [6, 30])
def test_wrong_initial_passwords_at_once_get_six_checks_between_them_and_one_lock(bench: Bench, times: int) -> None:
    bench.passwords.meeting = Barrier(6)  # six are being checked before the first of them has failed
    said = outcomes(lambda: authorize_initial_registration(bench.world, EMPLOYER, WRONG), times)
    contract = contracts(bench.world)[0]
    assert set(said) <= {"E2001", "E2002"}
    assert "done" not in said
    assert bench.passwords.checks <= 6
    assert (contract.locks, contract.locked_until, contract.blocked) == (1, START + LOCK, False)


def test_a_seventh_attempt_is_refused_unchecked_while_six_are_being_checked(bench: Bench) -> None:
    def attempt() -> str:
        return refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, WRONG))

    meeting = bench.passwords.meeting = Barrier(7)
    with ThreadPoolExecutor(6) as pool:
        six = [pool.submit(attempt) for _ in range(6)]
        while meeting.n_waiting < 6 and not meeting.broken:
            pass
        assert (attempt(), bench.passwords.checks) == ("E2002", 6)
        meeting.wait(10)
    assert {result.result() for result in six} <= {"E2001", "E2002"}
    assert contracts(bench.world)[0].locks == 1


def test_five_wrong_initial_passwords_at_once_all_count_and_do_not_lock(bench: Bench) -> None:
    assert outcomes(lambda: authorize_initial_registration(bench.world, EMPLOYER, WRONG), 5) == ["E2001"] * 5
    contract = contracts(bench.world)[0]
    assert (contract.failures, contract.locks) == (5, 0)


def test_right_passwords_at_once_are_all_let_in(bench: Bench) -> None:
    bench.register()
    assert outcomes(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD), 5) == ["done"] * 5
    assert users(bench.world)[0].failures == 0
