"""The first screen after login."""

from __future__ import annotations

from playwright.sync_api import expect

from steps.screens.screen import Screen


class Information(Screen):
    """インフォメーション, the first screen with the menu bar."""

    key = "information"

    def should_greet(self, party: str, user_name: str) -> None:
        """Check whom the menu bar names as logged in."""
        bar = self._page.get_by_role("navigation", name=self._catalogue.words.menu_bar)
        expect(bar).to_contain_text(f"{party}　{user_name} 様")

    def should_announce(self, heading: str, text: str) -> None:
        """Check what stands in a block (INF-03)."""
        expect(self._page.get_by_role("region", name=heading)).to_contain_text(text)

    def should_list_notices(self, notices: list[tuple[str, str]]) -> None:
        """Check date and title of every notice, in this order (INF-03)."""
        heads = self._page.locator(".notice-head")
        expect(heads).to_have_text([f"{date}{title}" for date, title in notices])

    def should_scroll_notices(self, *, scrolls: bool) -> None:
        """Check whether the block of notices holds more than it shows, and then lets it be scrolled (INF-04)."""
        block = self._page.locator(".notices .scroll")
        hidden, moved = block.evaluate(
            "e => { const rest = e.scrollHeight - e.clientHeight; e.scrollTop = rest; return [rest, e.scrollTop] }"
        )
        assert (hidden > 0, moved) == (scrolls, hidden)
        assert block.evaluate("e => getComputedStyle(e).overflowY") == "auto"
