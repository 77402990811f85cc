"""操作ログ照会 (MNU-19)."""

from __future__ import annotations

from steps.screens.acting import press
from steps.screens.savings import SavingsList
from steps.screens.seeing import see


class OperationLog(SavingsList):
    """操作ログ照会, DC591201."""

    key = "operation_log"

    def export(self) -> None:
        """Press CSV出力 (MNU-19)."""
        described = self._described.button("export")
        button = self._button(described)
        self._touch(described.label, "button", button)
        press(f"「{described.label}」", button)

    def should_begin_with(self, columns: list[str], expected: list[list[str]]) -> None:
        """Check the first lines of the page, with what stands in these columns."""
        for place, label in enumerate(columns):
            for number, row in enumerate(expected):
                see(f"{number + 1}行目の「{label}」", self._cells(label).nth(number)).has_text(row[place])
