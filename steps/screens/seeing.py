"""What stands in a window, checked in words that a reader of the failure understands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from fixtures.expectation import fail, one_line, quoted, there_are

Check = Callable[[Any], None]
Read = Callable[[Locator], str]
Text = str | list[str]


class Sight:
    """Something that a window shows, or should show; every check waits a few seconds for what has to come.

    Args:
        what: what it is, in Japanese.
        locator: where it is.
        others: everything of its kind, which is told when it is missing; None where the whole screen is.
    """

    def __init__(self, what: str, locator: Locator, others: Locator | None) -> None:
        self._what, self._locator, self._others = what, locator, others

    def has_text(self, text: Text) -> None:
        """Check the whole text, or that of each place, in their order."""
        self._check(lambda seen: seen.to_have_text(text), f"は{quoted(text)}である", texts)

    def contains(self, text: Text) -> None:
        """Check a part of the text, or of that of each place, in their order."""
        self._check(lambda seen: seen.to_contain_text(text), f"に{quoted(text)}と書かれている", texts)

    def lacks(self, text: str) -> None:
        """Check that a text stands nowhere in it."""
        self._check(lambda seen: seen.not_to_contain_text(text), f"に{quoted(text)}とは書かれていない", texts)

    def holds(self, value: str) -> None:
        """Check what is typed."""
        self._check(lambda seen: seen.to_have_value(value), f"の入力は{quoted(value)}である", values)

    def is_shown(self) -> None:
        """Check that it can be seen."""
        self._check(lambda seen: seen.to_be_visible(), "が表示される", texts)

    def is_hidden(self) -> None:
        """Check that it cannot be seen, or is not there."""
        self._check(lambda seen: seen.to_be_hidden(), "は表示されない", texts)

    def is_absent(self) -> None:
        """Check that it is not there."""
        self._check(lambda seen: seen.to_have_count(0), "はない", texts)

    def counts(self, number: int) -> None:
        """Check how many there are."""
        self._check(lambda seen: seen.to_have_count(number), f"は{number}件である", counted)

    def has(self, name: str, value: str) -> None:
        """Check an attribute of the page's source."""
        self._check(lambda seen: seen.to_have_attribute(name, value), f"の {name} は{quoted(value)}である", of(name))

    def has_not(self, name: str, value: str) -> None:
        """Check that an attribute of the page's source is another one."""
        told = f"の {name} は{quoted(value)}ではない"
        self._check(lambda seen: seen.not_to_have_attribute(name, value), told, of(name))

    def is_focused(self) -> None:
        """Check that the keyboard works on it."""
        self._check(lambda seen: seen.to_be_focused(), "が選ばれた状態になる", focused)

    def is_marked(self, *, is_marked: bool = True) -> None:
        """Check whether it is ticked, chosen or switched on."""
        told = "が選ばれている" if is_marked else "は選ばれていない"
        self._check(lambda seen: seen.to_be_checked(checked=is_marked), told, marked)

    def is_forbidden(self) -> None:
        """Check that it cannot be pressed."""
        self._check(lambda seen: seen.to_be_disabled(), "は押せない", lambda _: "押せます")

    def _check(self, check: Check, told: str, read: Read) -> None:
        try:
            check(expect(self._locator))
        except AssertionError as problem:
            fail(f"{self._what}{told}", self._there(read), str(problem))

    def _there(self, read: Read) -> str:
        """What is there at this moment; nothing is waited for."""
        try:
            if self._locator.count():
                return read(self._locator)
            others = there_are(self._others.all_inner_texts()) if self._others else "見当たりません"
        except Error as problem:
            return f"画面を読み取れません（{one_line(problem.message)}）"
        return f"{others}（{what_is_shown(self._locator.page)}）"


def see(what: str, locator: Locator, others: Locator | None = None) -> Sight:
    """Look at something; see `Sight`."""
    return Sight(what, locator, others)


def what_is_shown(page: Page) -> str:
    """Title and messages of what a window shows at this moment."""
    try:
        told = page.get_by_role("alert").get_by_role("listitem").all_inner_texts()
        headings = page.locator("h1").all_inner_texts()
    except Error as problem:
        return f"画面を読み取れません（{one_line(problem.message)}）"
    title = headings[0] if headings else page.url
    messages = " / ".join(map(one_line, told)) or "なし"
    return f"「{title}」が表示されています（メッセージ: {messages}）"


def texts(locator: Locator) -> str:
    """The text of each place."""
    return quoted([one_line(text) for text in locator.all_inner_texts()])


def values(locator: Locator) -> str:
    """What is typed into each place."""
    return quoted(locator.evaluate_all("places => places.map(place => String(place.value))"))


def counted(locator: Locator) -> str:
    """How many places there are, and what they say."""
    return f"{locator.count()}件 {texts(locator)}"


def of(name: str) -> Read:
    """Reads an attribute of each place."""
    read = "(places, name) => places.map(place => String(place.getAttribute(name)))"
    return lambda locator: quoted(locator.evaluate_all(read, name))


def focused(locator: Locator) -> str:
    """What has the focus instead."""
    found = locator.page.evaluate("document.activeElement?.innerText ?? ''")
    return f"選ばれているのは{quoted(one_line(found))}"


def marked(locator: Locator) -> str:
    """Whether each place is ticked or chosen."""
    read = "places => places.map(place => place.checked || place.ariaChecked === 'true')"
    return "、".join("選ばれています" if mark else "選ばれていません" for mark in locator.evaluate_all(read))
