from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from simulator.pki import PresentedCertificate, WrongPassword, generate_key, open_sealed, read_certificate
from simulator.rules import JAPAN
from simulator.services.authentication import authenticate, verify_code
from simulator.services.bank import revoke_certificates
from simulator.services.certificates import IssuedCertificate, issue_certificate, judge_certificate
from simulator.store import Certificate, User
from tests.unit.services.worlds import PASSWORD, START, USER_ID, WRONG, Bench, outcomes, refusal_of

SECOND = timedelta(seconds=1)
EXPIRY = datetime(2027, 11, 20, 10, tzinfo=JAPAN)
RENEWAL = datetime(2027, 10, 21, tzinfo=JAPAN)


@pytest.fixture
def issued(bench: Bench) -> IssuedCertificate:
    bench.register()
    return bench.issue()


def presented(issued: IssuedCertificate) -> PresentedCertificate:
    return read_certificate(open_sealed(issued.data, PASSWORD).certificate.public_bytes(Encoding.DER))


def test_name_file_and_term_follow_the_manual(issued: IssuedCertificate) -> None:
    assert issued.name == "master01 20271120100000 ROKIN Koujyo Web System"
    assert issued.file_name == "master0120261120100000.p12"
    assert (issued.issued_at, issued.expires_at) == (START, EXPIRY)
    assert presented(issued).common_name == issued.name


def test_the_file_is_sealed_with_the_login_password_and_holds_the_authority(
    bench: Bench, issued: IssuedCertificate
) -> None:
    assert open_sealed(issued.data, PASSWORD).authorities == (bench.world.authority.certificate,)
    with pytest.raises(WrongPassword):
        open_sealed(issued.data, WRONG)


def test_progress_is_told_in_rising_steps_up_to_the_end(bench: Bench) -> None:
    bench.register()
    told: list[float] = []
    issue_certificate(bench.world, bench.verified_code().id, PASSWORD, told.append)
    assert told == sorted(set(told))
    assert told[-1] == 1.0
    assert len(told) > 3


def test_a_code_that_was_not_verified_issues_nothing(bench: Bench) -> None:
    bench.register()
    code = authenticate(bench.world, USER_ID, PASSWORD)
    assert refusal_of(lambda: issue_certificate(bench.world, code.id, PASSWORD)) == "E9001"


def test_a_verified_code_issues_one_certificate(bench: Bench) -> None:
    bench.register()
    code = bench.verified_code()
    issue_certificate(bench.world, code.id, PASSWORD)
    assert refusal_of(lambda: issue_certificate(bench.world, code.id, PASSWORD)) == "E9001"


def test_of_ten_issues_at_once_one_spends_the_code(bench: Bench) -> None:
    bench.register()
    code = bench.verified_code()
    assert outcomes(lambda: issue_certificate(bench.world, code.id, PASSWORD), 10) == ["E9001"] * 9 + ["done"]
    with bench.world.store.transaction() as session:
        assert session.query(Certificate).count() == 1


def test_no_code_is_mailed_while_a_certificate_is_good(bench: Bench, issued: IssuedCertificate) -> None:
    assert issued.user_id == USER_ID
    mails = len(bench.post.letters)
    bench.clock.set(RENEWAL - SECOND)
    assert refusal_of(lambda: authenticate(bench.world, USER_ID, PASSWORD)) == "E2104"
    assert len(bench.post.letters) == mails


def test_from_thirty_days_before_expiry_a_new_one_is_issued_and_the_old_one_stays_good(
    bench: Bench, issued: IssuedCertificate
) -> None:
    bench.clock.set(RENEWAL)
    renewed = bench.issue()
    assert judge_certificate(bench.world, presented(issued)).expires_at == EXPIRY
    assert judge_certificate(bench.world, presented(renewed)).expires_at == RENEWAL + timedelta(days=365)


def test_a_revoked_certificate_makes_room_for_a_new_one(bench: Bench, issued: IssuedCertificate) -> None:
    assert revoke_certificates(bench.world, issued.user_id, "PC変更") == 1
    bench.clock.advance(SECOND)
    assert judge_certificate(bench.world, presented(bench.issue())).user_id == USER_ID


def test_a_code_from_before_does_not_lead_to_a_second_certificate(bench: Bench) -> None:
    """The first issue takes its time, and meanwhile another window goes the whole way."""
    bench.register()
    first = bench.verified_code()
    others: list[str] = []

    def meanwhile(done: float) -> None:
        if not others and done > 0.6:
            others.append(bench.issue().name)

    refusal = refusal_of(lambda: issue_certificate(bench.world, first.id, PASSWORD, meanwhile))
    assert (refusal, len(others)) == ("E2104", 1)
    with bench.world.store.transaction() as session:
        assert session.query(Certificate).count() == 1


def test_a_good_certificate_tells_its_holder(bench: Bench, issued: IssuedCertificate) -> None:
    holder = judge_certificate(bench.world, presented(issued))
    assert (holder.user_id, holder.name, holder.expires_at) == (USER_ID, issued.name, EXPIRY)


def test_without_a_certificate_there_is_no_login(bench: Bench) -> None:
    assert refusal_of(lambda: judge_certificate(bench.world, None)) == "E3001"


def test_a_certificate_that_this_system_did_not_record_is_refused_whatever_its_name(
    bench: Bench, issued: IssuedCertificate
) -> None:
    forged = bench.world.authority.issue(issued.name, issued.issued_at, issued.expires_at, generate_key())
    stranger = read_certificate(forged.public_bytes(Encoding.DER))
    assert refusal_of(lambda: judge_certificate(bench.world, stranger)) == "E3002"


def test_a_certificate_for_another_purpose_is_refused(bench: Bench, issued: IssuedCertificate) -> None:
    key = open_sealed(issued.data, PASSWORD).key
    specimen = bench.world.authority.issue("server99", START, EXPIRY, key, client_auth=False)
    shown = read_certificate(specimen.public_bytes(Encoding.DER))
    with bench.world.store.transaction() as session:
        session.query(Certificate).one().fingerprint = shown.fingerprint
    assert refusal_of(lambda: judge_certificate(bench.world, shown)) == "E3002"


@pytest.mark.parametrize(
    ("moment", "refusal"), [(EXPIRY, None), (EXPIRY + SECOND, "E3003"), (START, None), (START - SECOND, "E3004")]
)
def test_the_term_is_judged_on_the_simulated_clock(
    bench: Bench, issued: IssuedCertificate, moment: datetime, refusal: str | None
) -> None:
    bench.clock.set(moment)
    if refusal is None:
        assert judge_certificate(bench.world, presented(issued)).name == issued.name
    else:
        assert refusal_of(lambda: judge_certificate(bench.world, presented(issued))) == refusal


def test_a_revoked_certificate_is_refused_and_cannot_be_revoked_again(bench: Bench, issued: IssuedCertificate) -> None:
    revoke_certificates(bench.world, USER_ID, "PC変更")
    assert refusal_of(lambda: judge_certificate(bench.world, presented(issued))) == "E3005"
    assert refusal_of(lambda: revoke_certificates(bench.world, USER_ID, "PC変更")) == "E5004"


def test_a_certificate_whose_user_is_gone_stays_known_and_is_refused(bench: Bench, issued: IssuedCertificate) -> None:
    shown = presented(issued)
    with bench.world.store.transaction() as session:
        session.query(Certificate).one().user = None
    assert refusal_of(lambda: judge_certificate(bench.world, shown)) == "E3006"


def test_a_code_for_a_user_with_a_certificate_is_refused_even_if_it_was_mailed_before(bench: Bench) -> None:
    bench.register()
    old = authenticate(bench.world, USER_ID, PASSWORD)
    digits = bench.post.code
    bench.issue()
    assert refusal_of(lambda: verify_code(bench.world, old.id, digits)) == "E2203"


def test_users_have_certificates_of_their_own(bench: Bench, issued: IssuedCertificate) -> None:
    bench.register("member01", "20000001")
    other = bench.issue("member01")
    assert judge_certificate(bench.world, presented(other)).user_id == "member01"
    assert presented(other).fingerprint != presented(issued).fingerprint
    with bench.world.store.transaction() as session:
        assert session.query(User).count() == 2
