from datetime import UTC, datetime

import pytest

from simulator.clock import JAPAN
from simulator.mail import Letter, LetterError, compose

EXPIRES_AT = datetime(2026, 11, 20, 10, 30, tzinfo=JAPAN)


def code_letter(**changes: str | int | datetime) -> Letter:
    values: dict[str, str | int | datetime] = {
        "user_name": "労金　太郎",
        "code": "012345",
        "minutes": 30,
        "expires_at": EXPIRES_AT,
    }
    return compose("code", "taro@example.com", **(values | changes))


def test_the_subject_tells_system_and_purpose() -> None:
    assert code_letter().subject == "【ろうきん賃金控除事務支援システム】認証コードのお知らせ"


def test_the_letter_greets_its_user_first() -> None:
    assert code_letter().body.splitlines()[0] == "労金　太郎 様"


def test_the_code_stands_on_a_line_of_its_own_with_its_leading_zero() -> None:
    assert "012345" in code_letter().body.splitlines()


def test_the_validity_is_told_in_minutes_and_as_a_moment() -> None:
    body = code_letter().body
    assert "30分間" in body
    assert "2026年11月20日 10:30 まで" in body


def test_moments_are_told_in_japan_time() -> None:
    body = code_letter(expires_at=datetime(2026, 12, 31, 15, 5, tzinfo=UTC)).body
    assert "2027年1月1日 00:05 まで" in body


@pytest.mark.parametrize("note", ["お心当たりのない場合", "ご返信いただきましても", "シミュレータ"])
def test_the_letter_holds_every_notice(note: str) -> None:
    assert note in code_letter().body


def test_lines_fit_a_narrow_mail_window() -> None:
    assert max(len(line) for line in code_letter().body.splitlines()) <= 60


def test_braces_in_a_user_name_are_left_alone() -> None:
    assert "{code.__class__} 様" in code_letter(user_name="{code.__class__}").body


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(LetterError, match="expires_at"):
        code_letter(expires_at=EXPIRES_AT.replace(tzinfo=None))


def test_lacking_and_unknown_values_are_named() -> None:
    with pytest.raises(LetterError, match=r"lacking \['code', 'expires_at', 'minutes'\].*unknown \['colour'\]"):
        compose("code", "taro@example.com", user_name="労金　太郎", colour="青")


@pytest.mark.parametrize("kind", ["", "no-such-kind", "../letters/code"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(LetterError, match="kind"):
        compose(kind, "taro@example.com")


NOTICES: dict[str, dict[str, str | int | datetime]] = {
    "locked": {"user_name": "労金　太郎", "failures": 6, "minutes": 60, "locks": 3, "locked_until": EXPIRES_AT},
    "blocked": {"user_name": "労金　太郎", "locks": 3},
}


def notice(kind: str) -> Letter:
    return compose(kind, "taro@example.com", **NOTICES[kind])


@pytest.mark.parametrize(("kind", "purpose"), [("locked", "ロックのお知らせ"), ("blocked", "閉塞のお知らせ")])
def test_the_subject_of_a_notice_tells_system_and_purpose(kind: str, purpose: str) -> None:
    assert notice(kind).subject == f"【ろうきん賃金控除事務支援システム】{purpose}"


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_greets_its_user_and_says_that_it_is_simulated(kind: str) -> None:
    lines = notice(kind).body.splitlines()
    assert lines[0] == "労金　太郎 様"
    assert "【シミュレータからのお知らせ】" in lines
    assert max(len(line) for line in lines) <= 60


def test_a_lock_notice_tells_how_it_came_and_when_it_ends() -> None:
    body = notice("locked").body
    assert "6回続いたため" in body
    assert "2026年11月20日 10:30" in body
    assert "60分後" in body


def test_a_block_notice_tells_whom_to_turn_to() -> None:
    body = notice("blocked").body
    assert "一般ユーザーの方は、マスターユーザーの方に" in body
    assert "マスターユーザーの方は、お取引のある労働金庫まで" in body
