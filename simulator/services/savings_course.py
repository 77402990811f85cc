"""How a synthetic savings contract goes on: begun, changed and stopped in months that are known beforehand.

All follows from the contract itself, so that the data of any month can be made without the months before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from simulator.rules import Profile, SavingsKind, TaxState, add_months, months_between, paid_in

ACCOUNTS = 10_000_000
ACCOUNT_STEP = 9_973  # from the account of one round to that of the next


@dataclass(frozen=True)
class Deposits:
    """What is deducted every month, and in the bonus months besides; in yen."""

    monthly: int
    bonus: int


@dataclass(frozen=True)
class Rounds:
    """The rounds in which a contract changes.

    Attributes:
        start: a month in which a round begins; the others come before and after it.
        length: months in a round.
        turn: from which month of a round on, counted from 0, the other amounts are deducted.
        stop: from which month of a round on nothing is saved any more, until the next round begins with a new
            contract; None for a contract that goes on.
    """

    start: date
    length: int
    turn: int
    stop: int | None = None


@dataclass(frozen=True)
class Settled:
    """What had been paid in at the end of a month, in yen, before the employer's own amounts began."""

    month: date
    principal: int


@dataclass(frozen=True)
class Saving:
    """A savings contract of a worker.

    Attributes:
        kind, account, tax, declared: as the columns of a statement.
        opened: its first month, unless each round begins a new contract.
        deposits: what is deducted; with rounds, up to the turn of each.
        others: what is deducted from the turn of a round on.
        rounds: when it changes; None for one that never does.
        settled: where the employer has changed or begun it (MNU-11); from then on it never changes by itself.
    """

    kind: SavingsKind
    account: str
    opened: date
    tax: TaxState
    declared: int
    deposits: Deposits
    others: Deposits | None = None
    rounds: Rounds | None = None
    settled: Settled | None = None


@dataclass(frozen=True)
class Standing:
    """How a contract stands at the end of a month: what is deducted in it, and the principal so far, in yen."""

    account: str
    opened: date
    deposits: Deposits
    principal: int


def standing(saving: Saving, month: date, profile: Profile) -> Standing | None:
    """How a contract stands at the end of a month; None while nothing is saved."""
    account, opened, rounds = saving.account, saving.opened, saving.rounds
    if rounds is not None and rounds.stop is not None:
        number, age = divmod(months_between(rounds.start, month), rounds.length)
        if age >= rounds.stop:
            return None
        opened = add_months(month, -age)
        account = f"{(int(account) + number * ACCOUNT_STEP) % ACCOUNTS:07}"
    if saving.settled is not None:
        since, paid = add_months(saving.settled.month, 1), saving.deposits
        principal = saving.settled.principal + paid_in(since, month, paid.monthly, paid.bonus, profile)
        return Standing(account, opened, paid, principal)
    newest, *older = _stretches(saving, opened, month)
    principal = sum(paid_in(first, last, paid.monthly, paid.bonus, profile) for first, last, paid in (newest, *older))
    return Standing(account, opened, newest[2], principal)


def _stretches(saving: Saving, opened: date, month: date) -> Iterator[tuple[date, date, Deposits]]:
    """First and last month of each stretch with the same amounts, the newest first."""
    rounds, others = saving.rounds, saving.others
    if rounds is None or others is None:
        yield opened, month, saving.deposits
        return
    while month >= opened:
        age = months_between(rounds.start, month) % rounds.length
        has_turned = age >= rounds.turn
        first = max(opened, add_months(month, rounds.turn * has_turned - age))
        yield first, month, others if has_turned else saving.deposits
        month = add_months(first, -1)
