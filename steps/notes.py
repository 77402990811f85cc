"""What the portal's screens tell people to mind, and how the top screen is divided (LGT)."""

from __future__ import annotations

from pytest_bdd import then

from steps.screens import LoginTop, Screens
from steps.wording import column, sentence


@then(sentence("ご注意に「{text}」と書かれている"))
def cautioned(screens: Screens, text: str) -> None:
    """One of the screen's cautions says this."""
    screens.current().should_caution(text)


@then(sentence("ご注意に「{text}」とは書かれていない"))
def not_cautioned(screens: Screens, text: str) -> None:
    """None of the screen's cautions says this."""
    screens.current().should_not_caution(text)


@then(sentence("「{heading}」の欄に次のボタンがある"))
def block_offered(screens: Screens, heading: str, datatable: list[list[str]]) -> None:
    """A block of the top screen holds exactly these buttons."""
    screens.the(LoginTop).should_have_block(heading, column(datatable))


@then(sentence("「{heading}」の欄に「{text}」と書かれている"))
def block_says(screens: Screens, heading: str, text: str) -> None:
    """A block of the top screen says this."""
    screens.the(LoginTop).should_have_in_block(heading, text)


@then(sentence("ご注意事項は{count:d}件である"))
def cautions_counted(screens: Screens, count: str) -> None:
    """How many cautions the top screen has."""
    screens.the(LoginTop).should_have_cautions(int(count))
