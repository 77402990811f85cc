"""The software keyboard for passwords (SKB)."""

from __future__ import annotations

import pytest
from pytest_bdd import given, then, when

from fixtures.expectation import expect_equal
from fixtures.portal import PortalUnderTest
from steps.screens import Screens
from steps.wording import column, sentence


@given(sentence("「{label}」のソフトウェアキーボードを開いている"))
@when(sentence("「{label}」のソフトウェアキーボードを開く"))
def open_keyboard(screens: Screens, label: str) -> None:
    """Press ソフトウェアキーボード beside a password field."""
    screens.current().open_software_keyboard(label)


@when(sentence("ソフトウェアキーボードで「{text}」と押す"))
def type_keys(screens: Screens, text: str) -> None:
    """Click these keys."""
    screens.keyboard().type(text)


@when(sentence("ソフトウェアキーボードの「{label}」を押す"))
def press_keyboard_button(screens: Screens, label: str) -> None:
    """Click a button under the keys."""
    screens.keyboard().press(label)


@pytest.fixture
def kept_rows() -> list[list[str]]:
    """The keys as they lay when they were noted."""
    return []


@given("ソフトウェアキーボードのキーの並びが、開くたびに変わる設定である")
def keys_shuffled(portal: PortalUnderTest) -> None:
    """The portal was started with --shuffle-keys."""
    portal.simulator.portal.pages.shuffle_keys = True


@when("ソフトウェアキーボードのキーの並びを控える")
def keep_rows(screens: Screens, kept_rows: list[list[str]]) -> None:
    """Note where every key lies."""
    kept_rows[:] = screens.keyboard().key_rows()


@then("どの段のキーも、控えた並びと同じである")
def same_rows(screens: Screens, kept_rows: list[list[str]]) -> None:
    """Every key lies where it lay."""
    expect_equal("キーの並び", kept_rows, screens.keyboard().key_rows())


@then("どの段のキーも、控えたときと同じ文字で、並びが違う")
def other_rows(screens: Screens, kept_rows: list[list[str]]) -> None:
    """Every row has the same keys in another order."""
    rows = screens.keyboard().key_rows()
    expect_equal("どの段にもあるキー", [sorted(row) for row in kept_rows], [sorted(row) for row in rows])
    expect_equal("並びの変わらない段", [], [row for row, kept in zip(rows, kept_rows, strict=True) if row == kept])


@then("「パスワード用ソフトウェアキーボード」が開く")
def keyboard_open(screens: Screens) -> None:
    """The keyboard is shown, with its id."""
    screens.keyboard().should_be_open()


@then("「パスワード用ソフトウェアキーボード」が閉じる")
def keyboard_closed(screens: Screens) -> None:
    """The keyboard is gone."""
    screens.keyboard().should_be_closed()


@then(sentence("ソフトウェアキーボードには●が{count:d}個表示される"))
def masked(screens: Screens, count: str) -> None:
    """What was clicked is counted, not shown."""
    screens.keyboard().should_show_masked(int(count))


@then("ソフトウェアキーボードに次のボタンがある")
def keyboard_buttons(screens: Screens, datatable: list[list[str]]) -> None:
    """These are exactly the buttons under the keys."""
    screens.keyboard().should_offer_exactly(column(datatable))


@then(sentence("ソフトウェアキーボードに次の{kind}のキーがすべてある: {characters}"))
def has_keys(screens: Screens, characters: str) -> None:
    """Every one of these characters can be clicked."""
    for character in characters:
        screens.keyboard().should_have_key(character)
