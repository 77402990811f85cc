"""The menu bar with mouse, keyboard and finger (MNU-01, MNU-02)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.logon_account import Accounts
from steps.screens import Screens
from steps.wording import column, sentence

KEYS = {"→": "ArrowRight", "←": "ArrowLeft", "↓": "ArrowDown", "↑": "ArrowUp", "Esc": "Escape"}


@given("タッチパネルのパソコンを使っている")
def touch_screen(accounts: Accounts) -> None:
    """The browser of the current account can be touched."""
    accounts.current.manner["has_touch"] = True


@given("ブラウザでスクリプトが動かない")
def without_script(accounts: Accounts) -> None:
    """Scripts are off in the browser of the current account."""
    accounts.current.manner["java_script_enabled"] = False


@when(sentence("メニューバーの「{label}」にマウスを合わせる"))
def point_at(screens: Screens, label: str) -> None:
    """Place the mouse on an entry (MNU-02)."""
    screens.menu().point_at(label)


@when("メニューバーからマウスを外す")
def point_elsewhere(screens: Screens) -> None:
    """Take the mouse off."""
    screens.menu().point_elsewhere()


@when(sentence("メニューバーの「{label}」をタップする"))
def tap(screens: Screens, label: str) -> None:
    """Touch an entry."""
    screens.menu().tap(label)


@when("メニューバーの外をタップする")
def tap_elsewhere(screens: Screens) -> None:
    """Touch something else."""
    screens.menu().tap_elsewhere()


@when(sentence("Tabキーでメニューバーの「{label}」に移る"))
def tab_to(screens: Screens, label: str) -> None:
    """Press Tab until an entry has the focus."""
    screens.menu().tab_to(label)


@when(sentence("「{keys}」のキーを順に押す"))
def press_keys(screens: Screens, keys: str) -> None:
    """Press keys one after the other: arrows, Enter, Esc, Home, End."""
    for key in keys.split():
        screens.menu().press_key(KEYS.get(key, key))


@then(sentence("「{group}」の一覧だけが開いている"))
def unfolded(screens: Screens, group: str, datatable: list[list[str]]) -> None:
    """The list of an entry is unfolded, with these functions: 機能."""
    screens.menu().should_unfold(group, column(datatable))


@then("メニューの一覧はどれも閉じている")
def folded(screens: Screens) -> None:
    """No list is unfolded."""
    screens.menu().should_unfold_nothing()


@then(sentence("「{label}」が選ばれた状態になる"))
def focused(screens: Screens, label: str) -> None:
    """An entry or function has the focus."""
    screens.menu().should_focus(label)
