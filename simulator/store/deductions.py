"""What is to be deducted from the wages of a union's members, and what the union answers (控除事務, ambiguity 22)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Unicode
from sqlalchemy.orm import Mapped, mapped_column

from simulator.store.base import Moment, Table
from simulator.store.savings import _Line


class DeductionLine(_Line):
    """A deduction from one member's wage in one month's 控除依頼リスト; each member has a kind once at most.

    Attributes:
        kind: see `simulator.rules.deductions`.
        account: where the amount goes.
        amount: what is to be deducted, in yen.
    """

    __tablename__ = "deduction_lines"
    # As with the savings: a page is read along the index of what it is sorted by, a search out of the last one.
    __table_args__ = (
        *(
            Index(f"deduction_lines_by_{column}", "generation", column)
            for column in ("worker", "kana", "branch", "amount")
        ),
        # Most searches name a kind: this one holds their sums, too.
        Index("deduction_lines_by_kind", "generation", "kind", "amount"),
        Index("deduction_lines_search", "generation", "search", "worker", "kana", "kind", "branch", "amount"),
    )

    kind: Mapped[str] = mapped_column(String(12))
    account: Mapped[str] = mapped_column(String(12))
    amount: Mapped[int]


class DeductionTotal(Table):
    """What all lines of a kind come to in one generation: asked for on every page, and it never changes."""

    __tablename__ = "deduction_totals"

    generation: Mapped[int] = mapped_column(ForeignKey("generations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    lines: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)


class TransferRequest(Table):
    """まとめ入金依頼書 of one month: a draft until it is sent, and closed from then on.

    Attributes:
        generation: whose list it answers; there is one request for each.
        month: that generation's.
        transfer_on, payer_name: when the union pays in and under which name; empty in a draft at first.
        revision: how often the draft was changed, so that what is sent is what was confirmed.
        changed_by, changed_by_name: id and name of the last user who changed the draft.
        receipt: the number the labour bank gives it; None before it is sent.
        sent_by, sent_by_name: id and name of who sent it, kept when that user is gone.
        lines, amount: how many deductions are paid in, and what they come to in yen; kept when it is sent.
    """

    __tablename__ = "transfer_requests"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    contract_number: Mapped[str] = mapped_column(ForeignKey("contracts.number"), index=True)
    generation: Mapped[int] = mapped_column(ForeignKey("generations.id"), unique=True)
    month: Mapped[date]
    transfer_on: Mapped[date | None] = mapped_column(default=None)
    payer_name: Mapped[str] = mapped_column(Unicode(80), default="")
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(12), default="")
    changed_by_name: Mapped[str] = mapped_column(Unicode(40), default="")
    receipt: Mapped[str | None] = mapped_column(String(20), index=True, default=None)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    sent_by: Mapped[str] = mapped_column(String(12), default="")
    sent_by_name: Mapped[str] = mapped_column(Unicode(40), default="")
    lines: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int] = mapped_column(BigInteger, default=0)


class ShortDeduction(Table):
    """A deduction that the union cannot make, or not in full (控除不能).

    Attributes:
        amount: what is deducted instead, in yen; 0 where nothing is.
        reason: see `simulator.rules.deductions`.
    """

    __tablename__ = "short_deductions"

    line: Mapped[int] = mapped_column(ForeignKey("deduction_lines.id"), primary_key=True)
    request: Mapped[int] = mapped_column(ForeignKey("transfer_requests.id"), index=True)
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(String(12))
