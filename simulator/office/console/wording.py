"""How the console writes moments, states and the lines of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from simulator.catalogue import Edition, load_catalogue
from simulator.services.event_words import event_details
from simulator.services.lookup import CertificateState, StandingState
from simulator.services.opening import Opening
from simulator.store import Event

WEEKDAYS = "月火水木金土日"
EDITIONS = {Edition.EMPLOYER.value: "事業主", Edition.MEMBER.value: "会員"}
OPENINGS = {Opening.OPEN: "利用時間内", Opening.CLOSED: "利用時間外", Opening.MAINTENANCE: "メンテナンス中"}
STANDINGS = {StandingState.FREE: "利用可", StandingState.LOCKED: "ロック中", StandingState.BLOCKED: "閉塞"}
CERTIFICATES = {
    CertificateState.FUTURE: "有効期間前",
    CertificateState.VALID: "有効",
    CertificateState.RENEWABLE: "有効（更新期間中）",
    CertificateState.EXPIRED: "期限切れ",
    CertificateState.REVOKED: "失効",
}


def moment(value: datetime) -> str:
    """A date and time to the minute, with the day of the week."""
    return f"{day(value)} {value:%H:%M}"


def day(value: datetime) -> str:
    """A date with the day of the week."""
    return f"{value:%Y年%m月%d日}（{WEEKDAYS[value.weekday()]}）"


def month(value: date) -> str:
    """A month of savings data."""
    return f"{value.year}年{value.month}月分"


def second(value: datetime) -> str:
    """A date and time to the second, for lists."""
    return f"{value:%Y-%m-%d %H:%M:%S}"


def trail_details(event: Event) -> Iterator[tuple[str, str]]:
    """What else a line of the audit trail tells: who did it, if not the user it is about, and how it was refused."""
    words = load_catalogue().detail_words
    if event.actor and event.actor != event.user_id:
        yield words["actor"], event.actor
    yield from event_details(event)
    if event.refusal:
        yield words["refusal"], event.refusal
