"""What may be asked for with the detail change functions (MNU-10)."""

import pytest

from simulator.rules import SavingsKind, check_bonus, check_declared, check_monthly, load_profile

PROFILE = load_profile()
LIMIT = PROFILE.savings_limit_yen


def code(problem: object) -> str:
    return getattr(problem, "code", "")


@pytest.mark.parametrize(
    ("yen", "expected"),
    [
        (0, "E4308"),
        (999, "E4308"),
        (1_000, ""),
        (1_001, "E4307"),
        (1_500, "E4307"),
        (2_000, ""),
        (299_999, "E4307"),
        (300_000, ""),
        (300_001, "E4308"),
        (301_000, "E4308"),
    ],
)
def test_a_monthly_deposit_is_in_steps_within_its_range(yen: int, expected: str) -> None:
    assert code(check_monthly("月例積立額", yen, PROFILE)) == expected


@pytest.mark.parametrize(
    ("yen", "expected"),
    [(0, ""), (1, "E4307"), (999, "E4307"), (1_000, ""), (1_000_000, ""), (1_000_001, "E4308"), (1_001_000, "E4308")],
)
def test_a_bonus_deposit_may_be_nothing(yen: int, expected: str) -> None:
    assert code(check_bonus("賞与積立額", yen, PROFILE)) == expected


@pytest.mark.parametrize(
    ("kind", "yen", "others", "expected"),
    [
        (SavingsKind.GENERAL, None, 0, ""),
        (SavingsKind.GENERAL, 10_000, 0, "E4312"),
        (SavingsKind.GENERAL, 0, 0, "E4312"),
        (SavingsKind.PENSION, None, 0, "E1001"),
        (SavingsKind.PENSION, 0, 0, "E4308"),
        (SavingsKind.PENSION, 9_999, 0, "E4308"),
        (SavingsKind.PENSION, 10_000, 0, ""),
        (SavingsKind.PENSION, 15_000, 0, "E4307"),
        (SavingsKind.PENSION, LIMIT, 0, ""),
        (SavingsKind.PENSION, LIMIT + 10_000, 0, "E4311"),
        (SavingsKind.HOUSING, LIMIT // 2, LIMIT // 2, ""),
        (SavingsKind.HOUSING, LIMIT // 2 + 10_000, LIMIT // 2, "E4311"),
        (SavingsKind.HOUSING, 10_000, LIMIT, "E4311"),
        (SavingsKind.HOUSING, 10_000, LIMIT + 10_000, "E4311"),
    ],
)
def test_the_declared_limit_fits_the_kind_and_what_is_left(
    kind: SavingsKind, yen: int | None, others: int, expected: str
) -> None:
    assert code(check_declared("申告額", kind, yen, others, PROFILE)) == expected


def test_what_is_wrong_names_the_input_and_its_bounds() -> None:
    told = check_monthly("月例積立額", 500, PROFILE)
    assert told
    assert told.text == "月例積立額は1,000円から300,000円までの範囲で入力してください。"
    told = check_declared("申告額", SavingsKind.HOUSING, LIMIT, 2_750_000, PROFILE)
    assert told
    assert "申告済み：2,750,000円" in told.text
    assert "残りの2,750,000円まで" in told.text
