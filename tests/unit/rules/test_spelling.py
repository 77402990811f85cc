"""One spelling for what people paste, whatever their keyboard, PDF or computer made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules import is_blank, spelt, without_selectors

VARIANT = "\U000e0100"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("か\u3099く", "がく"),
        ("ハ\u309aン", "パン"),
        ("⽥中　⻑⻘", "田中　長青"),  # radicals out of a PDF
        ("ヷヸヹヺ", "ヴァヴィヴェヴォ"),
        ("ワ\u3099", "ヴァ"),
        (f"葛{VARIANT}城", f"葛{VARIANT}城"),
        ("神\ufe00", "神\ufe00"),
        (f"⽥{VARIANT}", f"田{VARIANT}"),
        (f"葛{VARIANT}{VARIANT}", f"葛{VARIANT}"),
        (f"か{VARIANT}ア\ufe0f{VARIANT}", "かア"),
        ("\ufa19田髙﨑𠮷", "\ufa19田髙﨑𠮷"),  # families' own shapes stay
        ("−〜ﾊﾟ①", "−〜ﾊﾟ①"),
        ("", ""),
    ],
)
def test_what_looks_the_same_is_kept_the_same(pasted: str, kept: str) -> None:
    assert spelt(pasted) == kept


@given(st.text())
def test_spelling_twice_changes_nothing_more(text: str) -> None:
    assert spelt(spelt(text)) == spelt(text)


def test_selectors_are_left_out_where_they_say_nothing() -> None:
    assert without_selectors(f"葛{VARIANT}城神\ufe00") == "葛城神"


@pytest.mark.parametrize(("text", "blank"), [("", True), (" 　\t\n", True), ("\u3164\u2800", True), ("　あ", False)])
def test_nothing_to_see_is_blank(text: str, blank: bool) -> None:  # noqa: FBT001
    assert is_blank(text) is blank
