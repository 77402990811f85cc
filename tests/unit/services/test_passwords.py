"""Changing the own password, and what a login leads to because of its age (PWD, MNU-14)."""

from datetime import timedelta
from threading import Barrier

import pytest

from simulator.rules import PasswordState
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import issue_certificate
from simulator.services.gate import LOGIN, pass_user_gate
from simulator.services.login import user_with_id
from simulator.services.passwords import change_password, password_state_of
from simulator.services.trail import events
from simulator.services.users import GeneralUserEntry, register_general_user, set_temporary_password
from simulator.store import User
from tests.unit.services.worlds import PASSWORD, START, USER_ID, WRONG, Bench, outcomes, refusal_of

NEW, OTHER, TEMPORARY = "Efgh#456", "Ijkl#789", "Kari#123"
GENERAL = "ippan001"
AGE = timedelta(days=90)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def user(bench: Bench) -> User:
    """A master whose password was set at the start."""
    return bench.register()


@pytest.fixture
def general(bench: Bench, user: User) -> User:
    """A general user with a temporary password."""
    entry = GeneralUserEntry(GENERAL, TEMPORARY, "労金　花子", f"{GENERAL}@sample.co.jp")
    return register_general_user(bench.world, user.user_id, entry)


def change(bench: Bench, current: str = PASSWORD, new: str = NEW, *, seen: str | None = None) -> str:
    """What a change that is refused says: a message code."""
    return refusal_of(lambda: change_password(bench.world, USER_ID, current, new, seen=seen))


def works(bench: Bench, password: str, user_id: str = USER_ID) -> bool:
    """Whether this is the password, without counting a wrong one."""
    return bench.passwords.matches(now(bench, user_id).secret_hash, password)


def now(bench: Bench, user_id: str = USER_ID) -> User:
    """The user as kept now."""
    found = user_with_id(bench.world, user_id)
    assert found is not None
    return found


def state(bench: Bench, user_id: str = USER_ID) -> PasswordState:
    """What a login leads to now."""
    return password_state_of(bench.world, now(bench, user_id))


@pytest.mark.usefixtures("user")
def test_the_new_password_works_from_then_on_and_the_old_one_does_not(bench: Bench) -> None:
    change_password(bench.world, USER_ID, PASSWORD, NEW)
    assert refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD)) == "E3101"
    assert pass_user_gate(bench.world, LOGIN, USER_ID, NEW).user_id == USER_ID


@pytest.mark.usefixtures("user")
def test_a_change_is_mailed_once_and_stands_in_the_trail(bench: Bench) -> None:
    change_password(bench.world, USER_ID, PASSWORD, NEW)
    told = [letter for letter in bench.post.letters if letter.kind == "password_changed"]
    assert [letter.recipient for letter in told] == [f"{USER_ID}@sample.co.jp"]
    assert not [letter for letter in told if PASSWORD in letter.body or NEW in letter.body]
    assert [event.kind for event in events(bench.world)].count("password_changed") == 1


@pytest.mark.usefixtures("user")
def test_a_mail_server_that_is_down_does_not_undo_the_change(bench: Bench) -> None:
    bench.post.is_down = True
    change_password(bench.world, USER_ID, PASSWORD, NEW)
    assert works(bench, NEW)


@pytest.mark.usefixtures("user")
def test_a_wrong_current_password_is_told_at_its_input_and_changes_nothing(bench: Bench) -> None:
    assert change(bench, WRONG) == "E4101"
    assert works(bench, PASSWORD)
    assert "password_changed" not in [letter.kind for letter in bench.post.letters]


@pytest.mark.usefixtures("user")
def test_the_current_password_is_no_new_one(bench: Bench) -> None:
    assert change(bench, PASSWORD, PASSWORD) == "E4102"
    assert now(bench).password_set_at == START


@pytest.mark.usefixtures("user")
def test_whether_the_new_password_is_the_current_one_is_not_told_to_who_does_not_know_it(bench: Bench) -> None:
    assert change(bench, WRONG, PASSWORD) == "E4101"
    assert change(bench, WRONG, WRONG) == "E4101"


@pytest.mark.usefixtures("user")
def test_wrong_current_passwords_lock_together_with_wrong_logins(bench: Bench) -> None:
    said = [refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, WRONG)) for _ in range(2)]
    said += [change(bench, WRONG) for _ in range(4)]
    assert said == ["E3101"] * 2 + ["E4101"] * 3 + ["E3102"]
    assert change(bench) == "E3102"
    assert refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD)) == "E3102"


@pytest.mark.usefixtures("user")
def test_the_third_lock_by_wrong_current_passwords_blocks(bench: Bench) -> None:
    for _ in range(2):
        assert [change(bench, WRONG) for _ in range(6)][-1] == "E3102"
        bench.clock.advance(timedelta(minutes=60))
    assert [change(bench, WRONG) for _ in range(6)] == ["E4101"] * 5 + ["E3103"]
    assert change(bench) == "E3103"


@pytest.mark.usefixtures("user")
def test_a_change_clears_the_wrong_passwords_counted_before(bench: Bench) -> None:
    assert [change(bench, WRONG) for _ in range(5)] == ["E4101"] * 5
    change_password(bench.world, USER_ID, PASSWORD, NEW)
    assert now(bench).failures == 0


def test_an_unknown_user_is_refused_like_a_wrong_password(bench: Bench) -> None:
    assert refusal_of(lambda: change_password(bench.world, "nobody99", PASSWORD, NEW)) == "E4101"


def test_a_form_sent_again_changes_nothing_and_does_not_count(bench: Bench, user: User) -> None:
    change_password(bench.world, USER_ID, PASSWORD, NEW, seen=user.secret_hash)
    assert [change(bench, PASSWORD, NEW, seen=user.secret_hash) for _ in range(20)] == ["E9001"] * 20
    assert now(bench).failures == 0
    assert works(bench, NEW)


@pytest.mark.parametrize("times", [2, 20])
def test_a_form_sent_many_times_at_once_changes_once_and_never_locks(bench: Bench, user: User, times: int) -> None:
    said = outcomes(lambda: change_password(bench.world, USER_ID, PASSWORD, NEW, seen=user.secret_hash), times)
    # Six at once may be under way; who finds no place among them is told of a lock that is none.
    assert said.count("done") == 1
    assert set(said) <= {"done", "E9001", "E3102"}
    assert (now(bench).locks, now(bench).locked_until) == (0, None)
    assert [letter.kind for letter in bench.post.letters].count("password_changed") == 1


def test_of_two_changes_compared_at_the_same_moment_only_one_is_made(bench: Bench, user: User) -> None:
    bench.passwords.meeting = Barrier(2)
    said = outcomes(lambda: change_password(bench.world, USER_ID, PASSWORD, NEW, seen=user.secret_hash), 2)
    assert said == ["E9001", "done"]
    assert now(bench).failures == 0


@pytest.mark.usefixtures("user")
def test_two_different_changes_at_the_same_moment_leave_one_of_them_in_force(bench: Bench) -> None:
    bench.passwords.meeting, news = Barrier(2), iter([NEW, OTHER])
    said = outcomes(lambda: change_password(bench.world, USER_ID, PASSWORD, next(news)), 2)
    bench.passwords.meeting = None
    assert said == ["E9001", "done"]
    assert [works(bench, NEW), works(bench, OTHER)].count(True) == 1


@pytest.mark.usefixtures("user")
def test_a_password_is_fresh_to_the_last_second_of_its_ninety_days(bench: Bench) -> None:
    bench.clock.advance(AGE - MOMENT)
    assert state(bench) is PasswordState.FRESH
    bench.clock.advance(MOMENT)
    assert state(bench) is PasswordState.EXPIRED


@pytest.mark.usefixtures("user")
def test_ninety_days_count_from_the_last_change(bench: Bench) -> None:
    bench.clock.advance(AGE)
    change_password(bench.world, USER_ID, PASSWORD, NEW)
    assert state(bench) is PasswordState.FRESH
    bench.clock.advance(AGE - MOMENT)
    assert state(bench) is PasswordState.FRESH
    bench.clock.advance(MOMENT)
    assert state(bench) is PasswordState.EXPIRED


@pytest.mark.usefixtures("user")
def test_a_login_does_not_renew_a_password(bench: Bench) -> None:
    bench.clock.advance(AGE)
    pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD)
    assert state(bench) is PasswordState.EXPIRED


@pytest.mark.usefixtures("general")
def test_only_a_temporary_password_has_to_be_changed_at_once(bench: Bench) -> None:
    assert state(bench, GENERAL) is PasswordState.TEMPORARY
    assert state(bench, USER_ID) is PasswordState.FRESH


@pytest.mark.usefixtures("general")
def test_a_temporary_password_stays_one_however_old_it_is(bench: Bench) -> None:
    bench.clock.advance(AGE * 2)
    assert state(bench, GENERAL) is PasswordState.TEMPORARY


@pytest.mark.usefixtures("general")
def test_a_changed_temporary_password_is_an_ordinary_one_that_ages(bench: Bench) -> None:
    bench.clock.advance(AGE)
    change_password(bench.world, GENERAL, TEMPORARY, NEW)
    assert state(bench, GENERAL) is PasswordState.FRESH
    bench.clock.advance(AGE)
    assert state(bench, GENERAL) is PasswordState.EXPIRED


@pytest.mark.usefixtures("general")
def test_a_second_temporary_password_has_to_be_changed_again(bench: Bench) -> None:
    change_password(bench.world, GENERAL, TEMPORARY, NEW)
    set_temporary_password(bench.world, USER_ID, GENERAL, OTHER)
    assert state(bench, GENERAL) is PasswordState.TEMPORARY
    assert refusal_of(lambda: change_password(bench.world, GENERAL, NEW, PASSWORD)) == "E4101"


@pytest.mark.usefixtures("general")
def test_a_certificate_issued_after_the_change_is_sealed_with_the_new_password(bench: Bench) -> None:
    change_password(bench.world, GENERAL, TEMPORARY, NEW)
    code = authenticate(bench.world, GENERAL, NEW)
    verify_code(bench.world, code.id, bench.post.code)
    assert issue_certificate(bench.world, code.id, NEW).file_name.startswith(GENERAL)
