"""The first screen after login."""

from __future__ import annotations

from fixtures.expectation import expect_equal
from steps.screens.screen import Screen
from steps.screens.seeing import see

SCROLLS = {True: "スクロールする", False: "スクロールしない"}


class Information(Screen):
    """インフォメーション, the first screen with the menu bar."""

    key = "information"

    def should_greet(self, party: str, user_name: str) -> None:
        """Check whom the menu bar names as logged in."""
        see("メニューバー", self._menu_bar).contains(f"{party}　{user_name} 様")

    def should_announce(self, heading: str, text: str) -> None:
        """Check what stands in a block (INF-03)."""
        block = self._page.get_by_role("region", name=heading)
        see(f"「{heading}」の欄", block, self._page.get_by_role("heading")).contains(text)

    def should_list_notices(self, notices: list[tuple[str, str]]) -> None:
        """Check date and title of every notice, in this order (INF-03)."""
        heads = self._page.locator(".notice-head")
        see("お知らせ", heads).has_text([f"{date}{title}" for date, title in notices])

    def should_scroll_notices(self, *, scrolls: bool) -> None:
        """Check whether the block of notices holds more than it shows, and then lets it be scrolled (INF-04)."""
        block = self._page.locator(".notices .scroll")
        hidden, moved = block.evaluate(
            "e => { const rest = e.scrollHeight - e.clientHeight; e.scrollTop = rest; return [rest, e.scrollTop] }"
        )
        expect_equal("お知らせメッセージの欄がスクロールすること", SCROLLS[scrolls], SCROLLS[hidden > 0])
        expect_equal("スクロールできる高さ（px）", hidden, moved)
        expect_equal("欄の overflow-y", "auto", block.evaluate("e => getComputedStyle(e).overflowY"))
