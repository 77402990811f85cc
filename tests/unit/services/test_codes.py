from datetime import timedelta
from threading import Barrier

from simulator.services.authentication import authenticate, verify_code
from simulator.services.bank import initialise_master
from simulator.services.certificates import issue_certificate
from simulator.services.contracts import users
from simulator.services.passwords import change_password
from simulator.services.trail import events
from simulator.store import Code
from tests.unit.services.worlds import EMPLOYER, PASSWORD, START, USER_ID, WRONG, Bench, outcomes, refusal_of

MINUTES_30 = timedelta(minutes=30)


def ask(bench: Bench) -> Code:
    bench.register()
    return authenticate(bench.world, USER_ID, PASSWORD)


def another(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_authentication_mails_a_code_of_six_digits_to_the_registered_address(bench: Bench) -> None:
    ask(bench)
    assert [letter.recipient for letter in bench.post.letters if letter.kind == "code"] == ["master01@sample.co.jp"]
    assert len(bench.post.code) == 6


def test_the_code_is_kept_as_a_hash_only(bench: Bench) -> None:
    code = ask(bench)
    with bench.world.store.transaction() as session:
        kept = session.get_one(Code, code.id)
        columns = [str(getattr(kept, column.name)) for column in Code.__table__.columns]
    assert not [value for value in columns if bench.post.code in value]


def test_a_wrong_password_mails_nothing(bench: Bench) -> None:
    bench.register()
    assert refusal_of(lambda: authenticate(bench.world, USER_ID, WRONG)) == "E2101"
    assert "code" not in [letter.kind for letter in bench.post.letters]


def test_the_mailed_code_is_accepted_once(bench: Bench) -> None:
    code = ask(bench)
    assert verify_code(bench.world, code.id, bench.post.code).user_id == USER_ID
    assert refusal_of(lambda: verify_code(bench.world, code.id, bench.post.code)) == "E2203"


def test_a_code_lives_until_just_before_thirty_minutes_have_passed(bench: Bench) -> None:
    code = ask(bench)
    bench.clock.advance(MINUTES_30 - timedelta(seconds=1))
    assert verify_code(bench.world, code.id, bench.post.code).user_id == USER_ID


def test_a_code_is_expired_when_thirty_minutes_have_passed(bench: Bench) -> None:
    code = ask(bench)
    assert code.expires_at == START + MINUTES_30
    bench.clock.advance(MINUTES_30)
    assert refusal_of(lambda: verify_code(bench.world, code.id, bench.post.code)) == "E2202"


def test_four_wrong_tries_leave_the_code_good(bench: Bench) -> None:
    code = ask(bench)
    wrong = another(bench.post.code)
    assert [refusal_of(lambda: verify_code(bench.world, code.id, wrong)) for _ in range(4)] == ["E2201"] * 4
    assert verify_code(bench.world, code.id, bench.post.code).user_id == USER_ID


def test_the_fifth_wrong_try_voids_the_code_and_counts_nothing_towards_the_lock(bench: Bench) -> None:
    code = ask(bench)
    wrong = another(bench.post.code)
    said = [refusal_of(lambda: verify_code(bench.world, code.id, wrong)) for _ in range(5)]
    assert said == ["E2201"] * 4 + ["E2203"]
    assert refusal_of(lambda: verify_code(bench.world, code.id, bench.post.code)) == "E2203"
    assert users(bench.world)[0].failures == 0


def test_only_one_code_is_good_at_a_time(bench: Bench) -> None:
    first, first_digits = ask(bench), bench.post.code
    second = authenticate(bench.world, USER_ID, PASSWORD)
    assert refusal_of(lambda: verify_code(bench.world, first.id, first_digits)) == "E2203"
    assert verify_code(bench.world, second.id, bench.post.code).user_id == USER_ID


def test_a_new_code_also_voids_one_that_is_verified_and_not_used(bench: Bench) -> None:
    bench.register()
    verified = bench.verified_code()
    authenticate(bench.world, USER_ID, PASSWORD)
    with bench.world.store.transaction() as session:
        assert session.get_one(Code, verified.id).state == "void"


def test_of_authentications_at_once_one_code_stays_open(bench: Bench) -> None:
    bench.register()
    assert outcomes(lambda: authenticate(bench.world, USER_ID, PASSWORD), 5) == ["done"] * 5
    with bench.world.store.transaction() as session:
        assert sorted(code.state for code in session.query(Code)) == ["open"] + ["void"] * 4


def test_wrong_codes_at_once_get_five_checks_between_them(bench: Bench) -> None:
    code = ask(bench)
    wrong, before = another(bench.post.code), bench.passwords.checks
    said = outcomes(lambda: verify_code(bench.world, code.id, wrong), 30)
    assert set(said) <= {"E2201", "E2203"}
    assert bench.passwords.checks - before <= 5


def test_pressing_twice_leaves_the_code_verified(bench: Bench) -> None:
    code = ask(bench)
    bench.passwords.meeting = Barrier(2)
    assert outcomes(lambda: verify_code(bench.world, code.id, bench.post.code), 2) == ["E2203", "done"]
    with bench.world.store.transaction() as session:
        assert session.get_one(Code, code.id).state == "verified"


def test_a_code_whose_user_is_gone_is_void_and_never_somebody_elses(bench: Bench) -> None:
    gone = ask(bench)
    initialise_master(bench.world, EMPLOYER)
    assert refusal_of(lambda: verify_code(bench.world, gone.id, bench.post.code)) == "E2203"
    bench.register("other001")
    assert authenticate(bench.world, "other001", PASSWORD).id != gone.id


def test_a_code_ends_with_the_password_it_was_asked_for(bench: Bench) -> None:
    code = ask(bench)
    verify_code(bench.world, code.id, bench.post.code)
    change_password(bench.world, USER_ID, PASSWORD, "Neko#111")
    assert refusal_of(lambda: issue_certificate(bench.world, code.id, PASSWORD)) == "E9001"


def test_a_mail_server_that_is_down_shows_in_the_trail_and_not_to_the_user(bench: Bench) -> None:
    bench.register()
    bench.post.is_down = True
    authenticate(bench.world, USER_ID, PASSWORD)
    last = events(bench.world)[-1]
    assert (last.kind, last.detail["problem"]) == ("mail_failed", "no mail server")
