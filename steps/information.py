"""The information screen, the first after login (INF)."""

from __future__ import annotations

from pytest_bdd import then

from steps.screens import Information, Screens
from steps.wording import pairs, sentence


@then(sentence("「{party}」の「{user_name}」としてログインしている"))
def greeted(screens: Screens, party: str, user_name: str) -> None:
    """Whom the menu bar names."""
    screens.the(Information).should_greet(party, user_name)


@then(sentence("「{heading}」の欄に「{text}」と表示される"))
def announced(screens: Screens, heading: str, text: str) -> None:
    """What a block of the information screen says (INF-03)."""
    screens.the(Information).should_announce(heading, text)


@then("お知らせは次の順に表示される")
def notices_listed(screens: Screens, datatable: list[list[str]]) -> None:
    """Exactly these notices, in this order: 日付 and 件名."""
    screens.the(Information).should_list_notices(pairs(datatable))


@then("お知らせメッセージの欄にスクロールバーが表示される")
def notices_scroll(screens: Screens) -> None:
    """The notices do not fit, and can be scrolled (INF-04)."""
    screens.the(Information).should_scroll_notices(scrolls=True)


@then("お知らせメッセージの欄にスクロールバーは表示されない")
def notices_fit(screens: Screens) -> None:
    """All notices are in view."""
    screens.the(Information).should_scroll_notices(scrolls=False)
