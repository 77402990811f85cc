import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules import (
    JAPAN,
    certificate_name,
    certificate_term,
    file_name,
    is_renewal_open,
    is_within_term,
    load_profile,
    parse_certificate_name,
)

PROFILE = load_profile()
SECOND = timedelta(seconds=1)
ATTESTED = "sampleusr123 20121016145632 ROKIN Koujyo Web System"
USER_IDS = st.text(alphabet=string.ascii_letters + string.digits, min_size=4, max_size=10).map("a1{}".format)


def japan(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, micro, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("issued", "expires"),
    [
        (japan(2026, 11, 20, 14, 5, 9), japan(2027, 11, 20, 14, 5, 9)),
        (japan(2027, 3, 1), japan(2028, 2, 29)),
        (japan(2027, 3, 2), japan(2028, 3, 1)),
        (japan(2028, 2, 28, 23, 59, 59), japan(2029, 2, 27, 23, 59, 59)),
        (japan(2028, 2, 29, 12, 0, 1), japan(2029, 2, 28, 12, 0, 1)),
        (japan(2028, 3, 1), japan(2029, 3, 1)),
    ],
)
def test_a_certificate_expires_365_days_after_issue_to_the_second(issued: datetime, expires: datetime) -> None:
    term = certificate_term(issued, PROFILE)
    assert (term.issued_at, term.expires_at) == (issued, expires)
    assert (term.expires_at.date() - term.issued_at.date()).days + 1 == 366  # the day of issue is day 1


@pytest.mark.parametrize(
    ("issued", "opens"),
    [
        (japan(2026, 11, 20, 14, 5, 9), japan(2027, 10, 21)),
        (japan(2027, 3, 30, 8), japan(2028, 2, 28)),
        (japan(2027, 3, 31, 19, 59, 59), japan(2028, 2, 29)),
    ],
)
def test_renewal_opens_at_midnight_thirty_days_before_the_expiry_date(issued: datetime, opens: datetime) -> None:
    term = certificate_term(issued, PROFILE)
    assert term.renewal_opens_at == opens
    assert not is_renewal_open(term, opens - SECOND)
    assert is_renewal_open(term, opens)
    assert is_renewal_open(term, term.expires_at + timedelta(days=1))


def test_a_certificate_is_valid_from_its_issue_to_its_expiry() -> None:
    term = certificate_term(japan(2026, 11, 20, 14, 5, 9), PROFILE)
    assert not is_within_term(term, term.issued_at - SECOND)
    assert is_within_term(term, term.issued_at)
    assert is_within_term(term, term.expires_at)
    assert not is_within_term(term, term.expires_at + SECOND)


def test_fractions_of_a_second_are_dropped() -> None:
    term = certificate_term(japan(2026, 11, 20, 14, 5, 9, 999_999), PROFILE)
    assert term.issued_at == japan(2026, 11, 20, 14, 5, 9)
    assert term.expires_at.microsecond == 0


def test_dates_are_those_of_japan_wherever_the_caller_is() -> None:
    term = certificate_term(datetime(2026, 11, 20, 20, 0, 0, tzinfo=UTC), PROFILE)
    assert term.issued_at == japan(2026, 11, 21, 5)
    assert term.issued_at.tzinfo is JAPAN
    assert file_name("user12", datetime(2026, 11, 20, 20, 0, 0, tzinfo=UTC)) == "user1220261121050000.p12"


def test_a_moment_without_time_zone_is_refused() -> None:
    naive = japan(2026, 11, 20).replace(tzinfo=None)
    with pytest.raises(ValueError, match="時間帯"):
        certificate_term(naive, PROFILE)
    with pytest.raises(ValueError, match="時間帯"):
        file_name("user12", naive)


def test_the_name_printed_in_the_manual_is_made_and_read() -> None:
    expires = japan(2012, 10, 16, 14, 56, 32)
    assert certificate_name("sampleusr123", expires, PROFILE) == ATTESTED
    assert parse_certificate_name(ATTESTED, PROFILE) == ("sampleusr123", expires)


@given(USER_IDS, st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9998, 1, 1)))  # noqa: DTZ001
def test_names_are_read_back_as_they_were_made(user_id: str, moment: datetime) -> None:
    term = certificate_term(moment.replace(tzinfo=JAPAN), PROFILE)
    name = certificate_name(user_id, term.expires_at, PROFILE)
    assert parse_certificate_name(name, PROFILE) == (user_id, term.expires_at)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "sampleusr123",
        "sampleusr123  20121016145632 ROKIN Koujyo Web System",
        "sampleusr123 2012101614563 ROKIN Koujyo Web System",
        "sampleusr123 201210161456321 ROKIN Koujyo Web System",
        "sampleusr123 20121316145632 ROKIN Koujyo Web System",
        "sampleusr123 20130229145632 ROKIN Koujyo Web System",
        "sampleusr123 20121016245632 ROKIN Koujyo Web System",
        "sampleusr123 20121016145660 ROKIN Koujyo Web System",
        "sampleusr123 ２０１２１０１６１４５６３２ ROKIN Koujyo Web System",
        "sampleusr123 20121016145632 Rokin Koujyo Web System",
        "sampleusr123 20121016145632 ROKIN Koujyo Web System\n",
        " sampleusr123 20121016145632 ROKIN Koujyo Web System",
        "usr12 20121016145632 ROKIN Koujyo Web System",
        "sampleuser 20121016145632 ROKIN Koujyo Web System",
        "localhost",
    ],
)
def test_other_names_are_not_taken_for_ours(name: str) -> None:
    assert parse_certificate_name(name, PROFILE) is None


def test_the_file_is_named_after_the_issue_not_the_expiry() -> None:
    assert file_name("sampleusr123", japan(2011, 10, 17, 4, 5, 6)) == "sampleusr12320111017040506.p12"
