"""The screens of 控除事務: the list, the months to answer, the lines of a request, what was sent (ambiguity 22)."""

from __future__ import annotations

from playwright.sync_api import Locator

from fixtures.expectation import place_of
from steps.screens.savings import ExportConfirmation, SavingsList
from steps.screens.screen import Screen
from steps.screens.seeing import see


class DeductionList(SavingsList):
    """控除依頼リスト, DC594101."""

    key = "deduction_list"


class DeductionExport(ExportConfirmation):
    """控除依頼リストCSV出力, DC594102."""

    key = "deduction_export"


class RequestLines(SavingsList):
    """まとめ入金明細, DC594203."""

    key = "request_lines"

    def choose_item(self, worker: str, item: str) -> None:
        """Choose a member's line of one kind, to say that it cannot be deducted."""
        line = self._table.locator("tbody tr").filter(has_text=worker).filter(has_text=item)
        self._leave_by(worker, line.get_by_role("link", name=worker, exact=True))


class RequestHistory(SavingsList):
    """まとめ入金送信履歴, DC594206."""

    key = "request_history"


class TransferRequest(Screen):
    """まとめ入金依頼書, DC594201."""

    key = "transfer_request"

    def press_of(self, month: str, label: str) -> None:
        """Press a button in the line of a month."""
        self._leave_by(label, self._line(month).get_by_role("button", name=label, exact=True))

    def should_say_of(self, month: str, label: str, value: str) -> None:
        """Check what stands in a column of a month's line."""
        number = place_of(label, self._described.section("months").columns) + 1
        cell = self._line(month).locator(f":scope > :nth-child({number})")
        see(f"対象年月「{month}」の「{label}」", cell, self._headers).has_text(value)

    def _line(self, month: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=month, exact=True)
        return self._page.get_by_role("row").filter(has=header)


class RequestSheet(Screen):
    """A screen that breaks a request down by kind."""

    def should_break_down(self, item: str, columns: list[str], expected: list[str]) -> None:
        """Check what stands in these columns of one kind's line."""
        labels = self._catalogue.screen("request_view").section("items").columns
        header = self._page.get_by_role("rowheader", name=item, exact=True)
        line = self._page.get_by_role("row").filter(has=header)
        for label, value in zip(columns, expected, strict=True):
            cell = line.locator(f":scope > :nth-child({place_of(label, labels) + 1})")
            see(f"控除項目「{item}」の「{label}」", cell, self._headers).has_text(value)


class RequestEntry(RequestSheet):
    """まとめ入金依頼書作成, DC594202."""

    key = "request_entry"


class RequestConfirmation(RequestSheet):
    """まとめ入金依頼書確認, DC594205."""

    key = "request_confirmation"


class RequestView(RequestSheet):
    """まとめ入金依頼書照会, DC594207."""

    key = "request_view"
