"""What a contracting party wants changed in its savings details: drafts, what was sent, the history (MNU-10 to 12)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Identity, Index, String, Unicode, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.store.base import CASE_SENSITIVE, NEVER_AGAIN, Moment, Table


class ChangeSet(Table):
    """All changes to the details of one month; open until it is sent or the next month arrives.

    Attributes:
        month: the first day of the month whose details are changed.
        base_month: of the synthetic people that they are about; others have another one.
        revision: the newest line of the history about its entries; another one means another content.
        receipt: the number the labour bank gave it; empty while it is not sent.
        lapsed: whether the next month arrived before it was sent.
    """

    __tablename__ = "change_sets"
    __table_args__ = (UniqueConstraint("contract_number", "month", name="one_change_set_per_month"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    contract_number: Mapped[str] = mapped_column(ForeignKey("contracts.number"), index=True)
    month: Mapped[date]
    base_month: Mapped[date]
    revision: Mapped[int] = mapped_column(default=0)
    receipt: Mapped[str] = mapped_column(String(20), default="", index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    sent_by: Mapped[str] = mapped_column(CASE_SENSITIVE, default="")
    sender_name: Mapped[str] = mapped_column(Unicode(40), default="")
    lapsed: Mapped[bool] = mapped_column(default=False)

    @property
    def is_open(self) -> bool:
        """Whether its entries can still be changed."""
        return self.sent_at is None and not self.lapsed


class ChangeEntry(Table):
    """A change to one savings contract of a worker; amounts in yen.

    Attributes:
        change: new, changed or stopped.
        worker to principal: the contract as it stands in the details, or as it is to begin; a new one has no account
            yet, and began in no month.
        monthly, bonus: what is to be deducted from the next month on; 0 when it stops.
        monthly_before, bonus_before: what is deducted now; 0 for a new one.
        revision: the line of the history that entered it as it is now.
        entered_at, entered_by, entered_name: who did that, and when.
    """

    __tablename__ = "change_entries"
    __table_args__ = (
        UniqueConstraint("change_set", "worker", "kind", name="one_change_per_savings"),
        *(Index(f"change_entries_by_{column}", "change_set", column) for column in ("worker", "kind", "change")),
        # Holds all that is counted and summed up, so that no entry itself has to be read for that.
        Index("change_entries_sums", "change_set", "change", "monthly_before", "bonus_before", "monthly", "bonus"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    change_set: Mapped[int] = mapped_column(ForeignKey("change_sets.id"))
    change: Mapped[str] = mapped_column(String(8))
    worker: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(Unicode(40))
    kana: Mapped[str] = mapped_column(Unicode(40))
    branch: Mapped[str] = mapped_column(Unicode(20))
    kind: Mapped[str] = mapped_column(String(8))
    account: Mapped[str] = mapped_column(String(12), default="")
    opened: Mapped[date | None] = mapped_column(default=None)
    tax: Mapped[str] = mapped_column(String(8))
    declared: Mapped[int] = mapped_column(default=0)
    principal: Mapped[int] = mapped_column(default=0)
    monthly_before: Mapped[int] = mapped_column(default=0)
    bonus_before: Mapped[int] = mapped_column(default=0)
    monthly: Mapped[int]
    bonus: Mapped[int]
    revision: Mapped[int]
    entered_at: Mapped[datetime] = mapped_column(Moment)
    entered_by: Mapped[str] = mapped_column(CASE_SENSITIVE)
    entered_name: Mapped[str] = mapped_column(Unicode(40))


class ChangeRecord(Table):
    """A line of the history: something was entered, corrected, withdrawn, sent, or lapsed unsent (MNU-12).

    Attributes:
        action: entered, corrected, withdrawn, sent or lapsed.
        change: new, changed or stopped; empty where the whole set is concerned.
        worker, name, kind: which savings contract; empty where the whole set is concerned.
        before, after: monthly and bonus deposit in yen; None where there is none.
        entries: how many entries were sent or lapsed.
        by, by_name: the user; empty for the labour bank.
    """

    __tablename__ = "change_records"
    __table_args__ = (
        *(
            Index(f"change_records_by_{column}", "contract_number", column)
            for column in ("at", "worker", "by", "action")
        ),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    contract_number: Mapped[str] = mapped_column(ForeignKey("contracts.number"))
    month: Mapped[date]
    action: Mapped[str] = mapped_column(String(12))
    change: Mapped[str] = mapped_column(String(8), default="")
    worker: Mapped[str] = mapped_column(String(10), default="")
    name: Mapped[str] = mapped_column(Unicode(40), default="")
    kind: Mapped[str] = mapped_column(String(8), default="")
    monthly_before: Mapped[int | None] = mapped_column(default=None)
    bonus_before: Mapped[int | None] = mapped_column(default=None)
    monthly: Mapped[int | None] = mapped_column(default=None)
    bonus: Mapped[int | None] = mapped_column(default=None)
    entries: Mapped[int] = mapped_column(default=0)
    receipt: Mapped[str] = mapped_column(String(20), default="")
    by: Mapped[str] = mapped_column(CASE_SENSITIVE, default="")
    by_name: Mapped[str] = mapped_column(Unicode(40), default="")
