from datetime import date

import pytest

from simulator.rules import read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20261120", date(2026, 11, 20)),
        ("20280229", date(2028, 2, 29)),
        ("20000101", date(2000, 1, 1)),
        ("20991231", date(2099, 12, 31)),
    ],
)
def test_eight_digits_name_a_day(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "20260229", "20261301", "20260100", "00010101", "19991231", "21000101", "99991231"),
        *("2026112", "202611200", "2026-1-1", "２０２６１１２０", "²0261120", "+2026112", " 2026112"),
    ],
)
def test_what_names_none_is_none(text: str) -> None:
    assert read_day(text) is None
