"""The software keyboard for passwords (SKB)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from steps.screens import Screens
from steps.wording import column, sentence


@given(sentence("「{label}」のソフトウェアキーボードを開いている"))
@when(sentence("「{label}」のソフトウェアキーボードを開く"))
def open_keyboard(screens: Screens, label: str) -> None:
    """Press ソフトウェアキーボード beside a password field."""
    screens.current().open_software_keyboard(label)


@given(sentence("ソフトウェアキーボードで「{text}」と押している"))
@when(sentence("ソフトウェアキーボードで「{text}」と押す"))
def type_keys(screens: Screens, text: str) -> None:
    """Click these keys."""
    screens.keyboard().type(text)


@when(sentence("ソフトウェアキーボードの「{label}」を押す"))
def press_keyboard_button(screens: Screens, label: str) -> None:
    """Click a button under the keys."""
    screens.keyboard().press(label)


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
