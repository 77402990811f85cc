"""Term and names of a client certificate (CRT-05 to CRT-07, CRT-18, CRT-35, ACC-05; ambiguities 9 and 10)."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from simulator.rules.fields import field_rules
from simulator.rules.hours import JAPAN, in_japan
from simulator.rules.profile import Profile

_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True)
class CertificateTerm:
    """When a certificate was issued, when it expires, and from when it may be renewed (Japan time, whole seconds)."""

    issued_at: datetime
    expires_at: datetime
    renewal_opens_at: datetime


def certificate_term(issued_at: datetime, profile: Profile) -> CertificateTerm:
    """Return the term of a certificate issued at that instant: day of issue is day 1, expiry date day 366.

    Fractions of a second are dropped, as neither X.509 nor the certificate's name can hold them.

    Raises:
        ValueError: `issued_at` has no time zone.
    """
    issued = in_japan(issued_at).replace(microsecond=0)
    expires = issued + timedelta(days=profile.certificate_days)
    renewal_day = expires.date() - timedelta(days=profile.renewal_days)
    return CertificateTerm(issued, expires, datetime.combine(renewal_day, time.min, tzinfo=JAPAN))


def is_within_term(term: CertificateTerm, moment: datetime) -> bool:
    """Tell whether the certificate is valid at `moment`; both ends count, as in X.509 (RFC 5280, 4.1.2.5)."""
    return term.issued_at <= in_japan(moment) <= term.expires_at


def is_renewal_open(term: CertificateTerm, moment: datetime) -> bool:
    """Tell whether the user may be authenticated for a new certificate (CRT-18, RNW-01); stays true after expiry."""
    return in_japan(moment) >= term.renewal_opens_at


def certificate_name(user_id: str, expires_at: datetime, profile: Profile) -> str:
    """Return the name (subject CN): user ID, expiry as YYYYMMDDhhmmss in Japan time, fixed text (ACC-05)."""
    return f"{user_id} {_stamp(expires_at)} {profile.certificate_fixed_text}"


def parse_certificate_name(name: str, profile: Profile) -> tuple[str, datetime] | None:
    """Return the user ID and expiry (Japan time) a certificate's name tells, or None when it is not such a name."""
    found = re.fullmatch(rf"([^ ]+) ([0-9]{{14}}) {re.escape(profile.certificate_fixed_text)}", name)
    if found is None or field_rules(profile)["user_id"].check(found[1]):
        return None
    try:
        return found[1], datetime.strptime(found[2], _STAMP).replace(tzinfo=JAPAN)
    except ValueError:  # fourteen digits that are no date, such as month 13
        return None


def file_name(user_id: str, issued_at: datetime) -> str:
    """Return the name of the downloaded file: user ID, issue as YYYYMMDDhhmmss in Japan time, .p12 (CRT-35)."""
    return f"{user_id}{_stamp(issued_at)}.p12"


def _stamp(moment: datetime) -> str:
    return in_japan(moment).strftime(_STAMP)
