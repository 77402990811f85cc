"""Typing and pressing."""

from __future__ import annotations

from pytest_bdd import given, when

from steps.screens import LoginTop, Screens
from steps.wording import pairs, sentence


@when("次のとおり入力する")
def fill_all(screens: Screens, datatable: list[list[str]]) -> None:
    """Fill in several inputs: 項目 and 値."""
    screen = screens.current()
    for label, value in pairs(datatable):
        screen.fill(label, value)


@when(sentence("「{label}」に「{value}」を入力する"))
def fill(screens: Screens, label: str, value: str) -> None:
    """Fill in one input."""
    screens.current().fill(label, value)


@when(sentence("「{label}」にソフトウェアキーボードで「{value}」を入力する"))
def type_with_mouse(screens: Screens, label: str, value: str) -> None:
    """Fill in a password with the mouse (SKB-07)."""
    screens.current().type_on_software_keyboard(label, value)


@when(sentence("「{label}」ボタンを押す"))
def press(screens: Screens, label: str) -> None:
    """Press a button of the screen."""
    screens.current().press(label)


@when(sentence("リンク「{label}」を開く"))
def follow(screens: Screens, label: str) -> None:
    """Follow a link of the top screen."""
    screens.the(LoginTop).follow(label)


@given(sentence("メニューバーの「{label}」を選んでいる"))
@when(sentence("メニューバーの「{label}」を選ぶ"))
def choose(screens: Screens, label: str) -> None:
    """Choose from the menu bar (MNU-01)."""
    screens.current().choose(label)
