from datetime import datetime, timedelta

import pytest

from simulator.rules import JAPAN
from simulator.services.authentication import authenticate
from simulator.services.bank import revoke_certificates
from simulator.services.certificates import Holder, judge_certificate
from simulator.services.contracts import contracts, users
from simulator.services.gate import LOGIN, pass_user_gate
from simulator.services.login import log_in, log_out, user_with_id
from simulator.services.registration import authorize_initial_registration
from simulator.services.seed import Seed
from simulator.services.timeline import advance, due_between
from simulator.services.trail import events
from tests.unit.services.test_certificate_issue import presented
from tests.unit.services.worlds import EMPLOYER, INITIAL_PASSWORD, PASSWORD, START, USER_ID, WRONG, Bench, refusal_of

EXPIRY = datetime(2027, 11, 20, 10, tzinfo=JAPAN)
PASSWORD_END = datetime(2027, 2, 18, 10, tzinfo=JAPAN)
BATCH = timedelta(hours=7)
RENEWAL = datetime(2027, 10, 21, tzinfo=JAPAN)


def lock_user(bench: Bench) -> None:
    for _ in range(6):
        refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, WRONG))


def test_what_falls_due_comes_in_the_order_of_time(bench: Bench) -> None:
    bench.register()
    issued = bench.issue()
    bench.register("member01", "20000001")
    authenticate(bench.world, "member01", PASSWORD)
    lock_user(bench)
    due = advance(bench.world, timedelta(days=400))
    assert [(event.at, event.kind, event.subject) for event in due] == [
        (START + timedelta(minutes=30), "code_expired", "member01"),
        (START + timedelta(minutes=60), "lock_ended", USER_ID),
        (PASSWORD_END, "password_expired", USER_ID),
        (PASSWORD_END, "password_expired", "member01"),
        (RENEWAL, "renewal_opened", issued.name),
        (RENEWAL + BATCH, "expiry_warning_mail", issued.name),
        (EXPIRY, "certificate_expired", issued.name),
        (datetime(2027, 11, 21, tzinfo=JAPAN) + BATCH, "expired_mail", issued.name),
    ]


def test_each_event_falls_due_once_however_the_way_is_cut(bench: Bench) -> None:
    bench.register()
    bench.issue()
    steps = [timedelta(days=335) - timedelta(hours=10), timedelta(hours=10), timedelta(days=30), timedelta(days=1)]
    told = [[event.kind for event in advance(bench.world, step)] for step in steps]
    assert told == [
        ["password_expired", "renewal_opened"],
        ["expiry_warning_mail"],
        ["certificate_expired"],
        ["expired_mail"],
    ]


def test_an_event_counts_at_its_end_and_not_at_its_start(bench: Bench) -> None:
    bench.register()
    authenticate(bench.world, USER_ID, PASSWORD)
    end = START + timedelta(minutes=30)
    assert [event.kind for event in due_between(bench.world, START, end)] == ["code_expired"]
    assert due_between(bench.world, end, end + timedelta(days=1)) == []
    assert due_between(bench.world, START, end - timedelta(seconds=1)) == []


def test_a_used_code_and_a_revoked_certificate_fall_due_no_more(bench: Bench) -> None:
    bench.register()
    bench.issue()
    revoke_certificates(bench.world, USER_ID, "PC変更")
    assert [event.kind for event in advance(bench.world, timedelta(days=400))] == ["password_expired"]


def test_a_contract_s_lock_ends_too(bench: Bench) -> None:
    for _ in range(6):
        refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, WRONG))
    assert [(e.kind, e.subject) for e in advance(bench.world, timedelta(hours=1))] == [("lock_ended", EMPLOYER)]


def test_the_clock_does_not_go_back(bench: Bench) -> None:
    with pytest.raises(ValueError, match="戻す"):
        advance(bench.world, timedelta(seconds=-1))
    assert bench.clock.now() == START


def test_the_trail_tells_the_whole_way_with_who_and_when(bench: Bench) -> None:
    authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)
    bench.register()
    log_in(bench.world, _holder(bench), PASSWORD)
    log_out(bench.world, USER_ID)
    lines = events(bench.world, after=2)
    assert [line.kind for line in lines] == [
        "initial_login_passed",
        "master_registered",
        "mail_sent",
        "code_issued",
        "mail_sent",
        "code_accepted",
        "certificate_issued",
        "mail_sent",
        "logged_in",
        "logged_out",
    ]
    assert {line.contract_number for line in lines} == {EMPLOYER}
    assert [line.user_id for line in lines] == [None] + [USER_ID] * 9
    assert {line.at for line in lines} == {START}


def test_the_trail_tells_of_failures_lock_and_gate(bench: Bench) -> None:
    bench.register()
    lock_user(bench)
    noted = [(line.kind, line.detail["gate"]) for line in events(bench.world) if "gate" in line.detail]
    assert noted == [("wrong_secret", "login")] * 5 + [("locked", "login")]


def test_no_line_of_the_trail_holds_a_secret(bench: Bench) -> None:
    bench.register()
    bench.issue()
    text = str([(line.kind, line.detail) for line in events(bench.world)])
    assert not [secret for secret in (PASSWORD, INITIAL_PASSWORD, bench.post.code, "$argon2") if secret in text]


def test_the_trail_is_read_in_portions(bench: Bench) -> None:
    bench.register()
    everything = [line.id for line in events(bench.world)]
    assert [line.id for line in events(bench.world, limit=2)] == everything[:2]
    assert [line.id for line in events(bench.world, after=everything[1])] == everything[2:]
    assert events(bench.world, after=everything[-1]) == []


def test_a_wrong_password_does_not_log_in(bench: Bench) -> None:
    bench.register()
    holder = _holder(bench)
    assert refusal_of(lambda: log_in(bench.world, holder, WRONG)) == "E3101"
    assert "logged_in" not in [line.kind for line in events(bench.world)]


def test_a_user_is_found_by_the_exact_id_with_the_contract(bench: Bench) -> None:
    bench.register()
    found = user_with_id(bench.world, USER_ID)
    assert found is not None
    assert found.contract.name == "株式会社シミュレータ商事"
    assert user_with_id(bench.world, "MASTER01") is None


def test_planting_again_changes_nothing(bench: Bench) -> None:
    bench.register()
    Seed(bench.world).plant()
    assert len(contracts(bench.world)) == 2
    assert len(users(bench.world)) == 1
    assert [line.kind for line in events(bench.world)].count("contract_opened") == 2


def _holder(bench: Bench) -> Holder:
    return judge_certificate(bench.world, presented(bench.issue()))
