"""Rules of 控除事務: days to pay in on, and what falls short (ambiguity 22)."""

from datetime import date, timedelta

import pytest

from simulator.clock import is_holiday
from simulator.rules import (
    TransferDay,
    check_field,
    field_rules,
    is_short,
    judge_transfer_day,
    last_transfer_day,
    load_profile,
)

PROFILE = load_profile()
TODAY = date(2026, 11, 20)
RULES = field_rules(PROFILE)


@pytest.mark.parametrize(
    ("day", "judged"),
    [
        (None, TransferDay.NO_DAY),
        (date(2026, 11, 19), TransferDay.OUT_OF_RANGE),
        (date(2026, 11, 20), TransferDay.GOOD),
        (date(2026, 11, 21), TransferDay.CLOSED),  # Saturday
        (date(2026, 11, 22), TransferDay.CLOSED),  # Sunday
        (date(2026, 11, 23), TransferDay.CLOSED),  # 勤労感謝の日
        (date(2026, 11, 24), TransferDay.GOOD),
        (date(2026, 12, 31), TransferDay.CLOSED),
        (date(2027, 1, 1), TransferDay.CLOSED),
        (date(2027, 1, 19), TransferDay.GOOD),  # 60 days ahead
        (date(2027, 1, 20), TransferDay.OUT_OF_RANGE),
        (date(2020, 11, 23), TransferDay.OUT_OF_RANGE),  # what has passed is told, not that it was a holiday
    ],
)
def test_a_union_pays_in_on_a_business_day_from_today_to_sixty_days_ahead(
    day: date | None, judged: TransferDay
) -> None:
    assert judge_transfer_day(day, TODAY, PROFILE, is_holiday) is judged


def test_the_last_day_is_as_many_days_ahead_as_the_profile_says() -> None:
    assert last_transfer_day(TODAY, PROFILE) == TODAY + timedelta(days=PROFILE.transfer_days_ahead)


@pytest.mark.parametrize(("amount", "short"), [(-1, False), (0, True), (9_999, True), (10_000, False), (10_001, False)])
def test_anything_from_nothing_to_one_yen_less_falls_short(amount: int, *, short: bool) -> None:
    assert is_short(amount, 10_000) is short


@pytest.mark.parametrize(
    "name",
    ["シミュレータロウドウクミアイ", "Ａ１（カ．ヴ－「ア」／　", "ァ", "ア" * 40],
)
def test_a_payer_is_named_in_what_a_transfer_can_carry(name: str) -> None:
    assert check_field(RULES["payer_name"], "名義", name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "E1001"),
        ("ア" * 41, "E1002"),
        ("労金", "E1006"),
        ("ろうきん", "E1006"),
        ("ｼﾐｭﾚｰﾀ", "E1006"),
        ("ABC", "E1006"),
        ("ａ", "E1006"),
        ("ア ア", "E1006"),
        ("＝ア", "E1006"),
        ("ア\n", "E1006"),
    ],
)
def test_other_names_of_a_payer_are_refused(name: str, code: str) -> None:
    refusal = check_field(RULES["payer_name"], "名義", name)
    assert refusal is not None
    assert refusal.message.code == code
