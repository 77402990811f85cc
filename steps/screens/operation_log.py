"""操作ログ照会 (MNU-19)."""

from __future__ import annotations

from steps.screens.savings import ExportConfirmation, SavingsList
from steps.screens.seeing import see


class OperationLog(SavingsList):
    """操作ログ照会, DC591201."""

    key = "operation_log"

    def should_begin_with(self, columns: list[str], expected: list[list[str]]) -> None:
        """Check the first lines of the page, with what stands in these columns."""
        for place, label in enumerate(columns):
            for number, row in enumerate(expected):
                see(f"{number + 1}行目の「{label}」", self._cells(label).nth(number)).has_text(row[place])


class OperationLogExport(ExportConfirmation):
    """操作ログCSV出力, DC591202."""

    key = "operation_log_export"
