"""What the screens of まとめ入金依頼書 say of a month's request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.catalogue import Catalogue
from simulator.portal.line_list import MONTH
from simulator.portal.listing import Cell, Line
from simulator.services.deductions import ItemTotal, Sheet
from simulator.store import Generation, TransferRequest


class RequestWords:
    """Puts requests into the catalogue's words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._kinds = catalogue.screen("deduction_list").field("kind").choices
        self._months = catalogue.screen("transfer_request").words
        self._history = catalogue.screen("request_history").words
        self._view = catalogue.screen("request_view").words

    def sheet(self, sheet: Sheet) -> Mapping[str, Any]:
        """What every page of one month's request needs: the month as addresses write it, the items and their sums."""
        return {
            "month": f"{sheet.generation.month:{MONTH}}",
            "items": [Line(_item(self._kinds[item.kind], item)) for item in sheet.items],
            "total": _item(self._view["total"], sheet.total),
        }

    def about(self, sheet: Sheet) -> tuple[str, ...]:
        """The rows above a draft: which list it answers, and who changed it last."""
        request, state = sheet.request, self._months["none"]
        if request is not None:
            state = self._months["changed"].format(at=request.changed_at, name=request.changed_by_name)
        return (self.month(sheet.generation), self.received(sheet.generation), state)

    def entered(self, request: TransferRequest | None) -> dict[str, str]:
        """What stands in the fields of a draft."""
        if request is None:
            return {}
        day = f"{request.transfer_on:%Y%m%d}" if request.transfer_on else ""
        return {"transfer_on": day, "payer_name": request.payer_name}

    def to_confirm(self, sheet: Sheet, request: TransferRequest) -> tuple[str, ...]:
        """The rows of the confirmation."""
        return (*self._transfer(sheet, request), *self._paid(sheet.total.paid_lines, sheet.total.paid))

    def sent(self, sheet: Sheet, request: TransferRequest) -> tuple[str, ...]:
        """The rows of what was sent."""
        paid = self._paid(request.lines, request.amount)
        return (request.receipt or "", *self._transfer(sheet, request), *paid, *self._sent(request))

    def history(self, request: TransferRequest) -> tuple[Cell, ...]:
        """The line of the history."""
        month = self._history["month"].format(month=request.month)
        known = (request.receipt or "", month, self._day(request), request.payer_name)
        return (*known, *self._sent(request), request.lines, request.amount)

    def month(self, generation: Generation) -> str:
        """A list's month."""
        return self._months["month"].format(month=generation.month)

    def received(self, generation: Generation) -> str:
        """When a list came."""
        return self._months["at"].format(at=generation.received_at)

    def _transfer(self, sheet: Sheet, request: TransferRequest) -> tuple[str, ...]:
        return (self.month(sheet.generation), self._day(request), request.payer_name)

    def _paid(self, lines: int, amount: int) -> tuple[str, ...]:
        return (self._view["lines"].format(count=lines), self._view["amount"].format(amount=amount))

    def _sent(self, request: TransferRequest) -> tuple[str, ...]:
        sender = self._history["sender"].format(name=request.sent_by_name, user_id=request.sent_by)
        return (self._history["at"].format(at=request.sent_at), sender)

    def _day(self, request: TransferRequest) -> str:
        return self._history["day"].format(day=request.transfer_on) if request.transfer_on else ""


def _item(label: str, item: ItemTotal) -> tuple[Cell, ...]:
    return (label, item.lines, item.asked, item.short_lines, item.short, item.paid_lines, item.paid)
