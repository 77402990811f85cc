"""What the labour bank does on a written request (ROK-01 to ROK-10; ambiguity 13)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from simulator.catalogue import Edition
from simulator.rules import Standing
from simulator.services.authentication import authenticate
from simulator.services.bank import (
    file_initial_password,
    initialise_master,
    release_contract,
    release_master,
    revoke_certificates,
    set_detail_change,
)
from simulator.services.certificates import judge_certificate
from simulator.services.contracts import contract_numbered, open_contract
from simulator.services.gate import LOGIN, pass_user_gate, standing_of
from simulator.services.lookup import (
    CertificateState,
    StandingState,
    certificate_state,
    contract_summaries,
    standing_state,
    user_with_certificates,
)
from simulator.services.registration import authorize_initial_registration
from simulator.services.timeline import advance
from simulator.services.trail import TrailQuery, events, newest_events, recorded_kinds
from simulator.services.users import GeneralUserEntry, register_general_user, users_of
from tests.unit.services.test_certificate_issue import presented
from tests.unit.services.worlds import (
    EMPLOYER,
    INITIAL_PASSWORD,
    MEMBER,
    PASSWORD,
    START,
    USER_ID,
    WRONG,
    Bench,
    refusal_of,
)

NEW_PASSWORD = "Rokin#02"
NOBODY, NO_CONTRACT = "nobody01", "99999999"


def fail_initial_login(bench: Bench, times: int = 6) -> None:
    for _ in range(times):
        refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, WRONG))


def block(bench: Bench, fail: Callable[[], object]) -> None:
    for _ in range(3):
        for _ in range(6):
            refusal_of(fail)
        advance(bench.world, timedelta(minutes=60))


def block_contract(bench: Bench) -> None:
    block(bench, lambda: authorize_initial_registration(bench.world, EMPLOYER, WRONG))


def block_master(bench: Bench) -> None:
    block(bench, lambda: pass_user_gate(bench.world, LOGIN, USER_ID, WRONG))


def newest(bench: Bench) -> tuple[str, str | None, str | None, dict[str, object]]:
    line = events(bench.world)[-1]
    return line.kind, line.contract_number, line.user_id, line.detail


def general_user(bench: Bench, user_id: str = "member01") -> None:
    entry = GeneralUserEntry(user_id, PASSWORD, "労金　花子", f"{user_id}@sample.co.jp")
    register_general_user(bench.world, USER_ID, entry)


@pytest.mark.parametrize(
    "verb",
    [
        lambda w: contract_numbered(w, NO_CONTRACT),
        lambda w: file_initial_password(w, NO_CONTRACT, NEW_PASSWORD),
        lambda w: initialise_master(w, NO_CONTRACT),
        lambda w: release_contract(w, NO_CONTRACT),
        lambda w: release_master(w, NO_CONTRACT),
        lambda w: set_detail_change(w, NO_CONTRACT, enabled=True),
    ],
    ids=["read", "file", "initialise", "release", "release master", "detail change"],
)
def test_an_unknown_contract_is_refused_and_leaves_no_record(bench: Bench, verb: Callable[[object], object]) -> None:
    before = len(events(bench.world))
    assert refusal_of(lambda: verb(bench.world)) == "E5001"
    assert len(events(bench.world)) == before


def test_a_contract_without_master_cannot_be_initialised_nor_its_master_released(bench: Bench) -> None:
    assert refusal_of(lambda: initialise_master(bench.world, EMPLOYER)) == "E5003"
    assert refusal_of(lambda: release_master(bench.world, EMPLOYER)) == "E5003"
    assert [line.kind for line in events(bench.world)] == ["contract_opened"] * 2


def test_a_new_initial_password_replaces_the_old_one(bench: Bench) -> None:
    file_initial_password(bench.world, EMPLOYER, NEW_PASSWORD)
    assert newest(bench) == ("initial_password_filed", EMPLOYER, None, {})
    assert refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)) == "E2001"
    assert authorize_initial_registration(bench.world, EMPLOYER, NEW_PASSWORD).number == EMPLOYER


@pytest.mark.parametrize("spoil", [fail_initial_login, block_contract, lambda bench: fail_initial_login(bench, 5)])
def test_a_new_initial_password_clears_what_was_counted_for_the_old_one(
    bench: Bench, spoil: Callable[[Bench], None]
) -> None:
    spoil(bench)
    file_initial_password(bench.world, EMPLOYER, NEW_PASSWORD)
    assert standing_of(contract_numbered(bench.world, EMPLOYER)) == Standing()
    authorize_initial_registration(bench.world, EMPLOYER, NEW_PASSWORD)


def test_a_new_initial_password_leaves_a_registered_master_alone(bench: Bench) -> None:
    bench.register()
    file_initial_password(bench.world, EMPLOYER, NEW_PASSWORD)
    assert refusal_of(lambda: authorize_initial_registration(bench.world, EMPLOYER, NEW_PASSWORD)) == "E2004"
    assert pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD).user_id == USER_ID


@pytest.mark.parametrize("spoil", [fail_initial_login, block_contract])
def test_a_contract_s_lock_or_block_is_released_with_its_counts(bench: Bench, spoil: Callable[[Bench], None]) -> None:
    spoil(bench)
    release_contract(bench.world, EMPLOYER)
    assert newest(bench) == ("contract_released", EMPLOYER, None, {})
    assert standing_of(contract_numbered(bench.world, EMPLOYER)) == Standing()
    fail_initial_login(bench, 5)
    authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)


def test_nothing_is_released_where_nothing_was_counted(bench: Bench) -> None:
    bench.register()
    assert refusal_of(lambda: release_contract(bench.world, EMPLOYER)) == "E5006"
    assert refusal_of(lambda: release_master(bench.world, EMPLOYER)) == "E5006"


def test_a_release_clears_what_was_counted_before_any_lock(bench: Bench) -> None:
    fail_initial_login(bench, 5)
    release_contract(bench.world, EMPLOYER)
    assert standing_of(contract_numbered(bench.world, EMPLOYER)) == Standing()


def test_a_lock_that_has_ended_still_counts_and_can_be_released(bench: Bench) -> None:
    fail_initial_login(bench)
    advance(bench.world, timedelta(minutes=60))
    release_contract(bench.world, EMPLOYER)
    assert standing_of(contract_numbered(bench.world, EMPLOYER)) == Standing()


def test_a_blocked_master_is_released_with_the_counts(bench: Bench) -> None:
    bench.register()
    block_master(bench)
    assert refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD)) == "E3103"
    assert release_master(bench.world, EMPLOYER).user_id == USER_ID
    assert newest(bench) == ("master_released", EMPLOYER, USER_ID, {})
    assert standing_of(pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD)) == Standing()


def test_initialising_frees_the_id_and_opens_the_initial_registration(bench: Bench) -> None:
    bench.register()
    initialise_master(bench.world, EMPLOYER, "パスワードの失念")
    assert newest(bench) == ("master_initialised", EMPLOYER, USER_ID, {"reason": "パスワードの失念"})
    assert refusal_of(lambda: authenticate(bench.world, USER_ID, PASSWORD)) == "E2101"
    authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)
    assert bench.register().is_master
    bench.register("member01", MEMBER)


def test_initialising_revokes_the_master_s_certificates_and_voids_the_code_under_way(bench: Bench) -> None:
    bench.register()
    issued = bench.issue()
    initialise_master(bench.world, EMPLOYER)
    assert refusal_of(lambda: judge_certificate(bench.world, presented(issued))) == "E3006"
    assert [line.kind for line in events(bench.world)][-2:] == ["master_initialised", "certificate_revoked"]
    bench.register()
    assert refusal_of(lambda: judge_certificate(bench.world, presented(issued))) == "E3006"
    assert user_with_certificates(bench.world, USER_ID).certificates == []


def test_initialising_keeps_general_users_and_their_certificates(bench: Bench) -> None:
    bench.register()
    general_user(bench)
    issued = bench.issue("member01")
    initialise_master(bench.world, EMPLOYER)
    assert [member.user.user_id for member in users_of(bench.world, EMPLOYER)] == ["member01"]
    assert judge_certificate(bench.world, presented(issued)).user_id == "member01"


def test_initialising_lifts_the_lock_of_the_initial_registration(bench: Bench) -> None:
    bench.register()
    block_contract(bench)
    initialise_master(bench.world, EMPLOYER)
    authorize_initial_registration(bench.world, EMPLOYER, INITIAL_PASSWORD)


def test_initialising_clears_a_blocked_master(bench: Bench) -> None:
    bench.register()
    block_master(bench)
    initialise_master(bench.world, EMPLOYER)
    assert standing_of(bench.register()) == Standing()


def test_revoking_keeps_id_and_password_and_allows_a_new_issue(bench: Bench) -> None:
    bench.register()
    first = bench.issue()
    assert refusal_of(lambda: authenticate(bench.world, USER_ID, PASSWORD)) == "E2104"
    assert revoke_certificates(bench.world, USER_ID, "PC変更") == 1
    kind, number, user_id, detail = newest(bench)
    assert (kind, number, user_id) == ("certificate_revoked", EMPLOYER, USER_ID)
    assert detail == {"certificate": first.name, "reason": "PC変更"}
    assert refusal_of(lambda: judge_certificate(bench.world, presented(first))) == "E3005"
    assert judge_certificate(bench.world, presented(bench.issue())).user_id == USER_ID


def test_revoking_takes_the_renewed_and_the_older_certificate(bench: Bench) -> None:
    bench.register()
    older = bench.issue()
    advance(bench.world, timedelta(days=340))
    newer = bench.issue()
    assert revoke_certificates(bench.world, USER_ID, "紛失") == 2
    for issued in map(presented, (older, newer)):
        assert refusal_of(partial(judge_certificate, bench.world, issued)) == "E3005"


def test_there_is_nothing_to_revoke_without_a_certificate_or_twice(bench: Bench) -> None:
    assert refusal_of(lambda: revoke_certificates(bench.world, NOBODY, "紛失")) == "E5002"
    assert refusal_of(lambda: user_with_certificates(bench.world, NOBODY)) == "E5002"
    bench.register()
    assert refusal_of(lambda: revoke_certificates(bench.world, USER_ID, "紛失")) == "E5004"
    bench.issue()
    revoke_certificates(bench.world, USER_ID, "紛失")
    before = len(events(bench.world))
    assert refusal_of(lambda: revoke_certificates(bench.world, USER_ID, "紛失")) == "E5004"
    assert len(events(bench.world)) == before


def test_the_detail_change_functions_are_enabled_and_disabled(bench: Bench) -> None:
    assert contract_numbered(bench.world, EMPLOYER).detail_change is False
    for enabled, kind in ((True, "detail_change_enabled"), (False, "detail_change_disabled")):
        set_detail_change(bench.world, EMPLOYER, enabled=enabled)
        assert contract_numbered(bench.world, EMPLOYER).detail_change is enabled
        assert newest(bench)[:2] == (kind, EMPLOYER)
    assert contract_numbered(bench.world, MEMBER).detail_change is False


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("", [EMPLOYER, MEMBER]),
        ("2000", [MEMBER]),
        ("労働組合", [MEMBER]),
        ("%", []),
        ("_", []),
        ("0000001", [EMPLOYER, MEMBER]),
    ],
)
def test_contracts_are_found_by_a_part_of_number_or_name(bench: Bench, search: str, numbers: list[str]) -> None:
    assert [summary.contract.number for summary in contract_summaries(bench.world, search)] == numbers


def test_a_summary_tells_the_master_and_counts_the_others(bench: Bench) -> None:
    bench.register()
    general_user(bench)
    employer, member = contract_summaries(bench.world)
    assert (employer.master and employer.master.user_id, employer.general_users) == (USER_ID, 1)
    assert (member.master, member.general_users) == (None, 0)


def test_the_standing_of_a_contract_is_told_at_its_moment(bench: Bench) -> None:
    def state() -> StandingState:
        return standing_state(contract_numbered(bench.world, EMPLOYER), bench.clock.now())

    assert state() is StandingState.FREE
    fail_initial_login(bench)
    assert state() is StandingState.LOCKED
    advance(bench.world, timedelta(minutes=60))
    assert state() is StandingState.FREE
    block_contract(bench)
    assert state() is StandingState.BLOCKED


def test_the_state_of_a_certificate_is_told_at_its_moment(bench: Bench) -> None:
    bench.register()
    bench.issue()
    (row,) = user_with_certificates(bench.world, USER_ID).certificates
    moments = [START - timedelta(seconds=1), START, row.renewal_opens_at, row.expires_at + timedelta(seconds=1)]
    assert [certificate_state(row, moment) for moment in moments] == [
        CertificateState.FUTURE,
        CertificateState.VALID,
        CertificateState.RENEWABLE,
        CertificateState.EXPIRED,
    ]
    revoke_certificates(bench.world, USER_ID, "紛失")
    (revoked,) = user_with_certificates(bench.world, USER_ID).certificates
    assert certificate_state(revoked, START) is CertificateState.REVOKED


def test_the_trail_is_searched_newest_first_and_in_portions(bench: Bench) -> None:
    bench.register()
    bench.register("member01", MEMBER)
    everything = [line.id for line in reversed(events(bench.world))]
    assert [line.id for line in newest_events(bench.world, TrailQuery())] == everything
    assert [line.id for line in newest_events(bench.world, TrailQuery(limit=2))] == everything[:2]
    assert [line.id for line in newest_events(bench.world, TrailQuery(before=everything[2]))] == everything[3:]
    found = newest_events(bench.world, TrailQuery(contract_number=MEMBER, user_id="member01", kind="mail_sent"))
    assert [(line.kind, line.user_id) for line in found] == [("mail_sent", "member01")]
    assert newest_events(bench.world, TrailQuery(contract_number=EMPLOYER, user_id="member01")) == []
    assert recorded_kinds(bench.world) == {"contract_opened", "master_registered", "mail_sent"}


def test_a_contract_that_was_opened_waits_for_its_master(bench: Bench) -> None:
    open_contract(bench.world, "10000002", Edition.EMPLOYER, "株式会社届出", NEW_PASSWORD)
    assert newest(bench)[:2] == ("contract_opened", "10000002")
    authorize_initial_registration(bench.world, "10000002", NEW_PASSWORD)
    again = refusal_of(lambda: open_contract(bench.world, "10000002", Edition.MEMBER, "二重", NEW_PASSWORD))
    assert again == "E1003"
