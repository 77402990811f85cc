"""Temporary, expired and changed passwords (LGN-07, PWD, MNU-14)."""

from __future__ import annotations

from operator import itemgetter

from pytest_bdd import given, then, when

from fixtures.expectation import the_one
from simulator.catalogue import Catalogue
from steps.arrival import Arrival
from steps.screens import Screens
from steps.screens.screen_parts import known_screen
from steps.wording import column, sentence

KEYS = {"Enter": "Enter", "Esc": "Escape"}


@given(sentence("ユーザー「{user_id}」がパスワード「{password}」でログインし、「{title}」画面まで進んでいる"))
def at_screen_after_login(arrival: Arrival, catalogue: Catalogue, user_id: str, password: str, title: str) -> None:
    """A login led to this screen (LGN-07)."""
    arrival.logged_in_at(known_screen(catalogue, title).key, user_id, password)


@when(sentence("パスワード「{password}」でログインする"))
def log_in(screens: Screens, password: str) -> None:
    """Type the password on ログイン and press ログイン (LGN-05)."""
    screens.on("login").submit("login", password=password)


@when(sentence("パスワードを「{current}」から「{new}」に変更する"))
def change(screens: Screens, current: str, new: str) -> None:
    """Fill in the three inputs, the same into the last two, and press 変更 (PWD-08, PWD-16)."""
    change_with(screens, current, new, new)


@when(sentence("現在のパスワード「{current}」、新しいパスワード「{new}」、再入力「{again}」で変更する"))
def change_with(screens: Screens, current: str, new: str, again: str) -> None:
    """Fill in the three inputs one by one and press 変更; the three screens have them in common."""
    screens.current().submit("change", current_password=current, new_password=new, new_password_again=again)


@when(sentence("現在のパスワードを{count:d}回間違えて変更する"))
def change_wrongly(screens: Screens, count: str) -> None:
    """Give a wrong current password again and again."""
    for _ in range(int(count)):
        change(screens, "Wrong#999", "Efgh#456")


@when("確認メッセージの「ＯＫ」を押す")
def accept(screens: Screens) -> None:
    """Answer the message with the mouse (PWD-10)."""
    screens.confirmation().accept()


@when(sentence("確認メッセージに{key}キーで答える"))
def answer_with(screens: Screens, key: str) -> None:
    """Answer the message with the keyboard."""
    screens.confirmation().answer_with(the_one("キー", key, KEYS.items(), itemgetter(0))[1])


@then(sentence("確認メッセージに「{text}」と表示される"))
def message_says(screens: Screens, text: str) -> None:
    """The message is shown, and says this (PWD-10)."""
    screens.confirmation().should_be_shown()
    screens.confirmation().should_say(text)


@then("確認メッセージに次のボタンがある")
def message_offers(screens: Screens, datatable: list[list[str]]) -> None:
    """These are exactly the buttons of the message."""
    screens.confirmation().should_offer_exactly(column(datatable))
