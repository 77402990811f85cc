"""The mails of the daily batch: once each, on their day, to whom they concern (ML-06, ML-07)."""

from datetime import datetime, timedelta

from simulator.rules import JAPAN
from simulator.services.bank import initialise_master, revoke_certificates
from simulator.services.daily_batch import send_due_mails
from simulator.services.timeline import advance, move_to
from simulator.services.trail import events
from tests.unit.services.worlds import EMPLOYER, START, USER_ID, Bench, outcomes

WARNING_AT = datetime(2027, 10, 21, 7, tzinfo=JAPAN)
EXPIRED_AT = datetime(2027, 11, 21, 7, tzinfo=JAPAN)
SECOND = timedelta(seconds=1)


def kinds(bench: Bench) -> list[str]:
    """The kinds of the daily mails sent so far."""
    return [letter.kind for letter in bench.post.letters if letter.kind in {"expiry_warning", "expired"}]


def certified(bench: Bench) -> None:
    bench.register()
    bench.issue()


def test_the_warning_goes_on_the_morning_the_renewal_opens(bench: Bench) -> None:
    certified(bench)
    move_to(bench.world, WARNING_AT - SECOND)
    assert kinds(bench) == []
    advance(bench.world, SECOND)
    assert kinds(bench) == ["expiry_warning"]
    assert bench.post.letters[-1].recipient == f"{USER_ID}@sample.co.jp"
    assert "2027年11月20日 10:00" in bench.post.letters[-1].body


def test_the_expired_mail_goes_on_the_morning_after_the_expiry(bench: Bench) -> None:
    certified(bench)
    move_to(bench.world, EXPIRED_AT - SECOND)
    assert kinds(bench) == ["expiry_warning"]
    advance(bench.world, SECOND)
    assert kinds(bench) == ["expiry_warning", "expired"]


def test_over_two_years_each_mail_goes_once_at_its_own_moment(bench: Bench) -> None:
    certified(bench)
    due = advance(bench.world, timedelta(days=730))
    sent = [line for line in events(bench.world) if line.kind == "mail_sent" and line.at > START]
    assert [(line.detail["mail"], line.at) for line in sent] == [
        ("expiry_warning", WARNING_AT),
        ("expired", EXPIRED_AT),
    ]
    told = [(event.at, event.kind) for event in due if event.kind.endswith("_mail")]
    assert told == [(WARNING_AT, "expiry_warning_mail"), (EXPIRED_AT, "expired_mail")]
    assert bench.clock.now() == START + timedelta(days=730)


def test_going_back_and_forward_again_sends_nothing_twice(bench: Bench) -> None:
    certified(bench)
    move_to(bench.world, EXPIRED_AT)
    move_to(bench.world, START)
    assert bench.clock.now() == START
    move_to(bench.world, EXPIRED_AT)
    assert kinds(bench) == ["expiry_warning", "expired"]


def test_who_has_renewed_hears_nothing_of_the_older_one(bench: Bench) -> None:
    certified(bench)
    move_to(bench.world, WARNING_AT)
    bench.issue()
    advance(bench.world, timedelta(days=60))
    assert kinds(bench) == ["expiry_warning"]


def test_a_revoked_certificate_and_a_user_who_is_gone_get_no_mail(bench: Bench) -> None:
    certified(bench)
    bench.register("member01", "20000001")
    bench.issue("member01")
    revoke_certificates(bench.world, USER_ID, "PC変更")
    initialise_master(bench.world, "20000001")
    advance(bench.world, timedelta(days=400))
    assert kinds(bench) == []


def test_many_batches_at_once_send_one_mail(bench: Bench) -> None:
    certified(bench)
    bench.clock.set(WARNING_AT)
    outcomes(lambda: send_due_mails(bench.world), 10)
    assert kinds(bench) == ["expiry_warning"]


def test_after_a_pause_beyond_the_expiry_only_the_expired_mail_goes(bench: Bench) -> None:
    certified(bench)
    bench.clock.set(EXPIRED_AT)
    send_due_mails(bench.world)
    assert kinds(bench) == ["expired"]


def test_a_mail_server_that_is_down_shows_in_the_trail(bench: Bench) -> None:
    certified(bench)
    bench.post.is_down = True
    advance(bench.world, timedelta(days=400))
    failed = [line.detail["mail"] for line in events(bench.world) if line.kind == "mail_failed"]
    assert failed == ["expiry_warning", "expired"]
    assert {line.contract_number for line in events(bench.world) if line.kind == "mail_failed"} == {EMPLOYER}
