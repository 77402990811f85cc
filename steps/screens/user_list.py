"""The list of the users of a contract."""

from __future__ import annotations

from playwright.sync_api import Locator

from fixtures.expectation import place_of
from steps.screens.screen import Screen
from steps.screens.seeing import see


class UserList(Screen):
    """契約ユーザー情報照会, DC591101."""

    key = "user_list"

    def press_of(self, user_id: str, label: str) -> None:
        """Press a button in a user's line (USR-08, USR-12)."""
        button = self._line(user_id).get_by_role("button", name=label, exact=True)
        self._leave_by(label, button)

    def should_list(self, columns: list[str], expected: list[list[str]]) -> None:
        """Check that these are all users, in this order, with what stands in these columns."""
        table = self._page.get_by_role("table")
        for place, label in enumerate(columns):
            number = place_of(label, self._described.section("users").columns) + 1
            cells = table.locator(f"tbody tr > :nth-child({number})")
            see(f"ユーザーの一覧の「{label}」の列", cells).has_text([row[place] for row in expected])

    def _line(self, user_id: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=user_id, exact=True)
        return self._page.get_by_role("row").filter(has=header)
