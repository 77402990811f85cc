"""操作ログ照会 (MNU-19)."""

from __future__ import annotations

from playwright.sync_api import expect

from steps.screens.savings import SavingsList


class OperationLog(SavingsList):
    """操作ログ照会, DC591201."""

    key = "operation_log"

    def export(self) -> None:
        """Press CSV出力 (MNU-19)."""
        described = self._described.button("export")
        button = self._button(described)
        self._recorder.touch(described.label, "button", button)
        self._recorder.about_to_leave()
        button.click()

    def should_begin_with(self, columns: list[str], expected: list[list[str]]) -> None:
        """Check the first lines of the page, with what stands in these columns."""
        for place, label in enumerate(columns):
            for number, row in enumerate(expected):
                expect(self._cells(label).nth(number)).to_have_text(row[place])
