"""How the console writes moments, states and the lines of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from simulator.catalogue import Edition, load_catalogue
from simulator.mail.letters import LetterError, subject_of
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


def event_name(kind: str) -> str:
    """What a kind of line or of due event is called; itself when nobody has given it a name."""
    return load_catalogue().event_words.get(kind, kind)


def event_details(event: Event) -> Iterator[tuple[str, str]]:
    """The details of a line of the audit trail that are worth telling, with their names."""
    words = load_catalogue().detail_words
    for key, value in _worth_telling(event.detail):
        yield words.get(key, key), _detail(key, value)


def _worth_telling(detail: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in detail.items() if value not in {"", False})


def _detail(key: str, value: object) -> str:
    if value is True:
        return "あり"
    text = str(value)
    if key == "gate":
        screen = load_catalogue().screens.get(text)
        return screen.title if screen else text
    if key == "mail":
        return _subject(text)
    return event_name(text) if key == "reason" else text


def _subject(kind: str) -> str:
    try:
        return subject_of(kind)
    except LetterError:
        return kind
