from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from fixtures.certificates import NotOffered, NotValidForReal, StoredCertificate
from fixtures.certificates.selection import require_offered, selection_policy
from simulator.pki import PresentedCertificate

NAME = "sample001 20271120100000 ROKIN Koujyo Web System"
ISSUER = "CN=koujyo simulator client CA"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def certificate(
    *,
    issuer: str = ISSUER,
    client_auth: bool = True,
    begins_in: timedelta = timedelta(0),
    ends_in: timedelta = timedelta(days=1),
) -> StoredCertificate:
    presented = PresentedCertificate(NAME, 1, "0" * 64, NOW + begins_in, NOW + ends_in, client_auth, issuer)
    return StoredCertificate(NAME, b"", "", presented)


def test_the_policy_names_the_portal_and_the_certificate() -> None:
    policy = selection_policy("https://127.0.0.1:8443/", NAME)
    (rule,) = policy["AutoSelectCertificateForUrls"]
    assert json.loads(rule) == {"pattern": "https://127.0.0.1:8443", "filter": {"SUBJECT": {"CN": NAME}}}


def test_a_certificate_of_the_portals_authority_is_offered() -> None:
    require_offered(certificate(), ISSUER, NOW)
    require_offered(certificate(ends_in=timedelta(0)), ISSUER, NOW)


@pytest.mark.parametrize(
    ("changes", "told"), [({"issuer": "CN=stranger"}, "認証局"), ({"client_auth": False}, "クライアント認証")]
)
def test_one_that_the_portal_does_not_ask_for_is_not_offered(changes: dict[str, object], told: str) -> None:
    with pytest.raises(NotOffered, match=told):
        require_offered(certificate(**changes), ISSUER, NOW)  # type: ignore[arg-type]


def test_one_that_has_expired_by_the_machines_own_time_is_told_apart() -> None:
    with pytest.raises(NotValidForReal, match="期限が切れて"):
        require_offered(certificate(ends_in=timedelta(seconds=-1)), ISSUER, NOW)


def test_one_that_is_not_yet_valid_by_the_machines_own_time_is_told_apart_too() -> None:
    with pytest.raises(NotValidForReal, match="まだ有効期間に入っていません"):
        require_offered(certificate(begins_in=timedelta(seconds=1)), ISSUER, NOW)
