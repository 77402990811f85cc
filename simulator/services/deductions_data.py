"""Synthetic deductions of union members: the same people as in their savings, with what else they pay the bank.

Nobody's real loan is meant. What is no savings is the same in every month but for the bonuses.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from simulator.rules import DeductionKind, Profile, is_bonus_month
from simulator.services.savings_data import Worker, statement_lines, who

DEPOSIT_SHARE, LOAN_SHARE, HOME_LOAN_SHARE = 0.45, 0.25, 0.15
THOUSAND = 1000
Deduction = tuple[DeductionKind, str, int, int]  # what, the account, every month, in bonus months besides


def deduction_lines(worker: Worker, month: date, profile: Profile) -> list[dict[str, object]]:
    """The member's lines in the 控除依頼リスト of a month, as columns of `DeductionLine`, in the order of the kinds."""
    has_bonus = is_bonus_month(month, profile)
    return [
        {**who(worker), "kind": kind.value, "account": account, "amount": monthly + bonus * has_bonus}
        for kind, account, monthly, bonus in (*_savings(worker, month, profile), *_others(worker))
    ]


def _savings(worker: Worker, month: date, profile: Profile) -> Iterator[Deduction]:
    """What the statement of the same month says is deposited."""
    for line in statement_lines(worker, month, profile):
        monthly, bonus = (int(str(line[name])) for name in ("monthly", "bonus"))
        yield DeductionKind(str(line["kind"])), str(line["account"]), monthly, bonus


def _others(worker: Worker) -> Iterator[Deduction]:
    # From the number: the drawing never depends on what was drawn before.
    source = random.Random(f"{worker.number}/{worker.branch}")  # noqa: S311 - the same in every run
    shares, accounts = [source.random() for _ in range(3)], [_account(source) for _ in range(3)]
    deposit, loan, home = (source.randrange(*bounds) for bounds in ((3, 31), (8, 46), (45, 111)))
    odd, odd_home = source.randrange(THOUSAND), source.randrange(THOUSAND)
    if shares[0] < DEPOSIT_SHARE:
        yield DeductionKind.DEPOSIT, accounts[0], deposit * THOUSAND, 0
    if shares[1] < LOAN_SHARE:
        yield DeductionKind.LOAN, accounts[1], loan * THOUSAND + odd, 0
    if shares[2] < HOME_LOAN_SHARE:
        yield DeductionKind.HOME_LOAN, accounts[2], home * THOUSAND + odd_home, home * THOUSAND


def _account(source: random.Random) -> str:
    return f"{source.randrange(10_000_000):07}"
