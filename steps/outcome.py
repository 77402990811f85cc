"""What the screen shows."""

from __future__ import annotations

from pytest_bdd import then

from fixtures.expectation import expect_equal
from steps.screens import CertificateIssuing, Screens
from steps.wording import column, pairs, sentence


@then(sentence("「{title}」画面が表示される"))
def shown(screens: Screens, title: str) -> None:
    """The screen with this title comes, with its id."""
    screens.titled(title).should_be_shown()


@then(sentence("画面IDは「{screen_id}」である"))
def has_id(screens: Screens, screen_id: str) -> None:
    """The id at the upper left."""
    screens.current().should_have_id(screen_id)


@then(sentence("メッセージ「{code}」が表示される"))
def told(screens: Screens, code: str) -> None:
    """A message with this code is shown."""
    screens.current().should_tell(code)


@then(sentence("メッセージ「{code}」に「{text}」と表示される"))
def told_text(screens: Screens, code: str, text: str) -> None:
    """A message with this code says this."""
    screens.current().should_tell(code, text)


@then("次のメッセージだけが表示される")
def told_exactly(screens: Screens, datatable: list[list[str]]) -> None:
    """These are exactly the messages: 番号 and 内容."""
    screens.current().should_tell_exactly(pairs(datatable))


@then(sentence("完了のお知らせ「{code}」に「{text}」と表示される"))
def confirmed(screens: Screens, code: str, text: str) -> None:
    """The screen tells that an operation was done."""
    screens.current().should_confirm(code, text)


@then(sentence("メニューバーに「{label}」がある"))
def menu_offered(screens: Screens, label: str) -> None:
    """The menu bar has this entry (MNU-01)."""
    screens.current().should_have_in_menu(label)


@then(sentence("「{group}」のメニューは次のとおりである"))
def menu_unfolded(screens: Screens, group: str, datatable: list[list[str]]) -> None:
    """These are exactly the functions that an entry of the menu bar unfolds (MNU-13)."""
    screens.current().should_have_in_group(group, column(datatable))


@then(sentence("メニューバーに「{label}」はない"))
def menu_withheld(screens: Screens, label: str) -> None:
    """The menu bar has no such entry."""
    screens.current().should_not_have_in_menu(label)


@then("メッセージは表示されない")
def told_nothing(screens: Screens) -> None:
    """No message is shown."""
    screens.current().should_tell_nothing()


@then(sentence("「{label}」に入力した「{value}」が残っている"))
def kept(screens: Screens, label: str, value: str) -> None:
    """What was typed is not lost."""
    screens.current().should_hold(label, value)


@then("入力欄に次のとおり残っている")
def all_kept(screens: Screens, datatable: list[list[str]]) -> None:
    """What stands in several inputs: 項目 and 値."""
    for label, value in pairs(datatable):
        screens.current().should_hold(label, value)


@then(sentence("「{label}」は空になっている"))
def emptied(screens: Screens, label: str) -> None:
    """An input is empty."""
    screens.current().should_hold(label, "")


@then(sentence("「{label}」に入力した文字は伏せて表示される"))
def hidden(screens: Screens, label: str) -> None:
    """What is typed is not readable."""
    screens.current().should_hide(label)


@then(sentence("「{label}」の入力欄に「{hint}」と案内されている"))
def hinted(screens: Screens, label: str, hint: str) -> None:
    """The rule printed beside an input."""
    expect_equal(f"「{label}」の案内", f"（{hint}）", screens.current().hint_of(label))


@then(sentence("画面に「{text}」と表示される"))
def noted(screens: Screens, text: str) -> None:
    """The screen says this somewhere."""
    screens.current().should_note(text)


@then(sentence("画面に「{text}」とは表示されない"))
def not_noted(screens: Screens, text: str) -> None:
    """The screen says this nowhere."""
    screens.current().should_not_note(text)


@then("次の内容が表示される")
def rows_shown(screens: Screens, datatable: list[list[str]]) -> None:
    """Rows of data: 項目 and 値."""
    for label, value in pairs(datatable):
        screens.current().should_show(label, value)


@then("次のボタンがある")
def buttons_offered(screens: Screens, datatable: list[list[str]]) -> None:
    """These are exactly the buttons of the screen, in this order."""
    screens.current().should_offer_exactly(column(datatable))


@then("発行の進み具合が表示される")
def progress_shown(screens: Screens) -> None:
    """A progress bar that is not full yet (CRT-28)."""
    screens.the(CertificateIssuing).should_be_under_way()


@then(sentence("「{label}」ボタンを続けて2回押しても、送信は1回だけである"))
def sent_once(screens: Screens, label: str) -> None:
    """A double click does no harm."""
    screens.current().should_send_once(label)
