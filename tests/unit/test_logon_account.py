"""Which screen is shown is asked of a page that is there, not of one that has just begun to come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Error

from fixtures.certificates.presenting import Presenting
from fixtures.logon_account import LogonAccount
from fixtures.portal import PortalUnderTest

Shown = list[str | None]
NOTHING: Shown = [None, None]
RESULT: Shown = ["DC586103", "電子証明書発行結果"]
MOVED_ON = Error("Page.evaluate: Execution context was destroyed, most likely because of a navigation")
CRASHED = Error("Page.evaluate: Target crashed")


class Browser:
    """A browser with one page, which gives these answers before it is waited for, and then the last of them."""

    def __init__(self, *answers: Shown | Error) -> None:
        self._answers = list(answers)
        self.pages = [self]

    def open(self, *_: Any, **__: Any) -> Browser:
        """Start it."""
        return self

    def close(self) -> None:
        """Close it."""

    def on(self, *_: Any) -> None:
        """Tell of what happens: nothing does."""

    def evaluate(self, _: str) -> Shown:
        """Answer what is on the page now."""
        answer = self._answers[0]
        if isinstance(answer, Error):
            raise answer
        return answer

    def wait_for_load_state(self, _: str = "load") -> None:
        """Let the page come in."""
        if len(self._answers) > 1:
            del self._answers[0]


def screen_of(browser: Browser) -> tuple[str | None, str | None]:
    account = LogonAccount("利用者", Path("account"), cast("PortalUnderTest", None), cast("Presenting", browser))
    account.start_browser()
    return account.screen()


@pytest.mark.parametrize(
    "answers", [(RESULT,), (NOTHING, RESULT), (MOVED_ON, RESULT), (MOVED_ON, NOTHING, RESULT)], ids=str
)
def test_a_page_that_is_coming_in_is_waited_for(answers: tuple[Any, ...]) -> None:
    assert screen_of(Browser(*answers)) == tuple(RESULT)


def test_a_page_that_is_no_screen_is_told_to_be_none() -> None:
    assert screen_of(Browser(NOTHING)) == (None, None)


def test_a_page_that_cannot_answer_is_told() -> None:
    with pytest.raises(Error, match="crashed"):
        screen_of(Browser(CRASHED))
