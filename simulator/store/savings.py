"""What the labour bank sent of the workers' savings; each generation is kept as it arrived (INF-02, MNU-04, MNU-05)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Unicode, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from simulator.store.base import Moment, Table


class Generation(Table):
    """The data of one month that a contract received: deposit request, balance list and subsidies (INF-02).

    Attributes:
        month: its first day.
        seed, base_month, workers: what the synthetic data was made from.
        previous: the month of the generation that it was compared with; None when there was none.
        lines, subsidies, alarms, changes: how many there are of each.
        monthly, bonus, principal, balance, subsidy: sums over all its lines, in yen.
        deposited: what the deposit request of this month asks for, in yen: bonuses only in a bonus month.
        deductions, deducted: lines and sum of the 控除依頼リスト that a union receives with it; 0 for employers.
        retired: newer ones have taken its place; only its 控除依頼リスト is left, for the request that answers it.
    """

    __tablename__ = "generations"
    __table_args__ = (UniqueConstraint("contract_number", "month", name="one_generation_per_month"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    contract_number: Mapped[str] = mapped_column(ForeignKey("contracts.number"), index=True)
    month: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(Moment)
    seed: Mapped[int]
    base_month: Mapped[date]
    workers: Mapped[int]
    previous: Mapped[date | None]
    deposited: Mapped[int] = mapped_column(BigInteger, default=0)
    lines: Mapped[int] = mapped_column(default=0)
    subsidies: Mapped[int] = mapped_column(default=0)
    alarms: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)
    monthly: Mapped[int] = mapped_column(BigInteger, default=0)
    bonus: Mapped[int] = mapped_column(BigInteger, default=0)
    principal: Mapped[int] = mapped_column(BigInteger, default=0)
    balance: Mapped[int] = mapped_column(BigInteger, default=0)
    subsidy: Mapped[int] = mapped_column(BigInteger, default=0)
    deductions: Mapped[int] = mapped_column(default=0)
    deducted: Mapped[int] = mapped_column(BigInteger, default=0)
    retired: Mapped[bool] = mapped_column(default=False)


class WorkerName(Table):
    """A name that lines of a generation bear, once however many do: who looks for a part of a name looks here.

    Attributes:
        beyond: the characters in it that a file in CP932 cannot express (MNU-08); None for none.
    """

    __tablename__ = "worker_names"

    generation: Mapped[int] = mapped_column(ForeignKey("generations.id"), primary_key=True)
    search: Mapped[str] = mapped_column(Unicode(80), primary_key=True)
    beyond: Mapped[str | None] = mapped_column(Unicode(80))


class _Line(Table):
    """A worker, as every line of a list names them.

    Attributes:
        search: name and kana without spaces, to look for a part of either.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    generation: Mapped[int] = mapped_column(ForeignKey("generations.id"))
    worker: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(Unicode(40))
    kana: Mapped[str] = mapped_column(Unicode(40))
    branch: Mapped[str] = mapped_column(Unicode(20))
    search: Mapped[str] = mapped_column(Unicode(80))


class StatementLine(_Line):
    """A savings contract of a worker in one generation (MNU-04); amounts in yen.

    Attributes:
        kind: general, pension or housing.
        tax: taxed, exempt, or missing while the application for exemption has not come.
        declared: the limit up to which exemption was applied for; 0 without any.
        monthly, bonus: what is deducted every month, and in the bonus months besides.
        principal, balance: paid in so far; with interest.
        subsidy: what the employer adds in this month.
    """

    __tablename__ = "statement_lines"
    # A page is read along the index of the column it is sorted by: it takes as long for many lines as for few. The
    # last index holds all that is searched and summed up, so that no line itself has to be read for that.
    __table_args__ = (
        *(
            Index(f"statement_lines_by_{column}", "generation", column)
            for column in ("worker", "kana", "branch", "kind", "monthly", "bonus", "balance")
        ),
        Index(
            "statement_lines_search",
            "generation",
            "search",
            "worker",
            "kana",
            "kind",
            "branch",
            "monthly",
            "bonus",
            "balance",
        ),
    )

    kind: Mapped[str] = mapped_column(String(8))
    account: Mapped[str] = mapped_column(String(12))
    opened: Mapped[date]
    tax: Mapped[str] = mapped_column(String(8))
    declared: Mapped[int]
    monthly: Mapped[int]
    bonus: Mapped[int]
    principal: Mapped[int]
    balance: Mapped[int]
    subsidy: Mapped[int]


class AlarmLine(_Line):
    """What the employer or a worker has to see to, in one generation (MNU-05); amounts in yen.

    Attributes:
        kind: near, exceeded, application or change: see `simulator.rules.savings`.
        savings: the kind of savings concerned; both where the limit on pension and housing together is.
        principal: paid in so far.
        limit: what it is held against.
    """

    __tablename__ = "alarm_lines"
    __table_args__ = (
        *(
            Index(f"alarm_lines_by_{column}", "generation", column)
            for column in ("worker", "kana", "branch", "kind", "principal")
        ),
        Index("alarm_lines_search", "generation", "search", "worker", "kana", "kind", "branch", "principal"),
    )

    kind: Mapped[str] = mapped_column(String(12))
    savings: Mapped[str] = mapped_column(String(8))
    principal: Mapped[int]
    limit: Mapped[int]


class ChangeLine(_Line):
    """In what a generation differs from the one before it, for one savings contract (MNU-06); amounts in yen.

    Attributes:
        change: new, changed or stopped: see `simulator.rules.savings`.
        kind, account: as in the statement.
        monthly_before, bonus_before: what was deducted in the generation before; 0 for a new one.
        monthly, bonus: what is deducted from now on; 0 for a stopped one.
    """

    __tablename__ = "change_lines"
    __table_args__ = (Index("change_lines_by_worker", "generation", "worker"),)

    change: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(8))
    account: Mapped[str] = mapped_column(String(12))
    monthly_before: Mapped[int]
    bonus_before: Mapped[int]
    monthly: Mapped[int]
    bonus: Mapped[int]
