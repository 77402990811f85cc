"""Synthetic workers and their savings: the same seed gives the same people, in any process and for any size.

No real person is meant; the branches do not exist.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from simulator.rules import (
    AlarmKind,
    Profile,
    SavingsKind,
    TaxState,
    add_months,
    judge_limit,
    paid_in,
    subsidy_of,
    with_interest,
    without_selectors,
)
from simulator.services.savings_course import Deposits, Rounds, Saving, standing
from simulator.services.savings_names import BRANCHES, FIRST_SPELT, GIVEN_NAMES, SPELLINGS, SURNAMES, Named

FEWEST_WORKERS, MOST_WORKERS = 5, 20_000
LONGEST_SAVING = 84  # months; nobody but those who are meant to comes near the limit
NUMBER_STEP = 7
BOTH = "both"
SPACE = "\u3000"
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
EXEMPT = (SavingsKind.PENSION, SavingsKind.HOUSING)


class Situation(Enum):
    """What is worth an alarm about a worker."""

    PLAIN = auto()
    NEAR = auto()
    EXCEEDED = auto()
    NO_APPLICATION = auto()
    NO_CHANGE_NOTICE = auto()


# The first dozen meets every situation once; among the others they are rare.
FIRST_DOZEN = [*list(Situation)[1:], *[Situation.PLAIN] * 8]
WEIGHTS = [935, 20, 5, 15, 25]
KINDS = [
    (SavingsKind.GENERAL,),
    (SavingsKind.PENSION,),
    (SavingsKind.HOUSING,),
    (SavingsKind.GENERAL, SavingsKind.PENSION),
    (SavingsKind.GENERAL, SavingsKind.HOUSING),
    EXEMPT,
    tuple(SavingsKind),
]
KIND_WEIGHTS = [26, 16, 12, 16, 12, 10, 8]
# Of the first workers one begins a contract every month, one changes the amounts and one stops. The others do so
# once in a while: a few percent of them in any month.
QUICK = Rounds(date.min, length=FEWEST_WORKERS, turn=2, stop=4)
SLOW = Rounds(date.min, length=60, turn=30)
SLOW_STOP = 57
SPELT_SHARE = 0.3
PLAIN_AMOUNTS = range(3_000, 21_000, 1_000)
PLAIN_BONUSES = (0, 0, 30_000, 50_000)


@dataclass(frozen=True)
class Worker:
    """A synthetic worker with their savings, in the order 一般財形, 財形年金, 財形住宅."""

    number: str
    name: str
    kana: str
    branch: str
    has_moved: bool
    savings: tuple[Saving, ...]


def make_workers(seed: int, base_month: date, count: int, profile: Profile) -> Iterator[Worker]:
    """The first `count` workers of a seed, by number; what they saved nears the limit at `base_month`."""
    dozen, phases, spelt = FIRST_DOZEN.copy(), list(range(FEWEST_WORKERS)), iter(FIRST_SPELT)
    first = _source(seed)
    first.shuffle(dozen)
    first.shuffle(phases)
    for index in range(count):
        source = _source(seed, index)
        (situation,) = source.choices(list(Situation), WEIGHTS)
        named = None
        if index < len(dozen):
            situation = dozen[index]
            named = next(spelt, None) if situation is Situation.PLAIN else None
        worker = _worker(source, index, situation, base_month, profile)
        phase = phases[index] if index < len(phases) else None
        yield _going_on(source, _spelt(source, worker, named), base_month, phase, profile)


def statement_lines(worker: Worker, month: date, profile: Profile) -> list[dict[str, object]]:
    """The worker's lines in the data of a month, as columns of `StatementLine`."""
    return [
        {
            **who(worker),
            "kind": saving.kind.value,
            "account": found.account,
            "opened": found.opened,
            "tax": saving.tax.value,
            "declared": saving.declared,
            "monthly": found.deposits.monthly,
            "bonus": found.deposits.bonus,
            "principal": found.principal,
            "balance": with_interest(found.principal, found.opened, month, profile),
            "subsidy": subsidy_of(found.deposits.monthly, profile) if saving.kind in EXEMPT else 0,
        }
        for saving in worker.savings
        if (found := standing(saving, month, profile))
    ]


def alarm_lines(worker: Worker, month: date, profile: Profile) -> list[dict[str, object]]:
    """What is to see to about the worker in a month, as columns of `AlarmLine`."""
    exempt = [saving for saving in worker.savings if saving.kind in EXEMPT]
    total = sum(_principal(saving, month, profile) for saving in exempt)
    lines: list[dict[str, object]] = []
    if limit := judge_limit(total, profile):
        lines.append(_alarm(worker, limit, BOTH, total, profile.savings_limit_yen))
    for saving in exempt:
        known = (saving.kind.value, _principal(saving, month, profile), saving.declared)
        if saving.tax is TaxState.MISSING:
            lines.append(_alarm(worker, AlarmKind.APPLICATION, *known))
        if worker.has_moved:
            lines.append(_alarm(worker, AlarmKind.CHANGE, *known))
    return lines


def account_of(contract_number: str, worker: str, kind: SavingsKind) -> str:
    """The account that a contract entered by the employer gets: the same whenever it is asked for."""
    return f"{_source(int(contract_number), int(worker), list(SavingsKind).index(kind)).randrange(10_000_000):07}"


def folded(name: str) -> str:
    """A name as it is searched: without spaces and the selectors of variants, hiragana as katakana."""
    return without_selectors(name).replace(SPACE, "").translate(_KATAKANA)


def who(worker: Worker) -> dict[str, object]:
    """What every line says of the worker it is about, as columns."""
    return {
        "worker": worker.number,
        "name": worker.name,
        "kana": worker.kana,
        "branch": worker.branch,
        "search": folded(f"{worker.name} {worker.kana}"),
    }


def _alarm(worker: Worker, kind: AlarmKind, savings: str, principal: int, limit: int) -> dict[str, object]:
    return {**who(worker), "kind": kind.value, "savings": savings, "principal": principal, "limit": limit}


def _principal(saving: Saving, month: date, profile: Profile) -> int:
    found = standing(saving, month, profile)
    return found.principal if found else 0


def _source(*seed: int) -> random.Random:
    # From a text: Python's own hash of a tuple is another one in every process.
    return random.Random("/".join(map(str, seed)))  # noqa: S311 - the same in every run is what is wanted


def _worker(source: random.Random, index: int, situation: Situation, base_month: date, profile: Profile) -> Worker:
    (surname, surname_kana), (given, given_kana) = source.choice(SURNAMES), source.choice(GIVEN_NAMES)
    number = str(100_000 + index * NUMBER_STEP + source.randrange(NUMBER_STEP))
    (kinds,) = source.choices(KINDS, KIND_WEIGHTS)
    if situation is not Situation.PLAIN:
        # One of them: with both, who is to come near the limit would exceed it.
        kinds = (*(kind for kind in kinds if kind not in EXEMPT), source.choice(EXEMPT))
    return Worker(
        number=number,
        name=f"{surname}{SPACE}{given}",
        kana=f"{surname_kana}{SPACE}{given_kana}",
        branch=source.choice(BRANCHES),
        has_moved=situation is Situation.NO_CHANGE_NOTICE,
        savings=tuple(_savings(source, kinds, situation, base_month, profile)),
    )


def _savings(
    source: random.Random,
    kinds: tuple[SavingsKind, ...],
    situation: Situation,
    base_month: date,
    profile: Profile,
) -> Iterator[Saving]:
    exempt = [kind for kind in kinds if kind in EXEMPT]
    for kind in kinds:
        full = situation in {Situation.NEAR, Situation.EXCEEDED} and kind in exempt
        monthly, bonus = source.choice(PLAIN_AMOUNTS), source.choice(PLAIN_BONUSES)
        opened = add_months(base_month, -source.randrange(3, LONGEST_SAVING))
        if full:
            monthly, bonus = source.randrange(25, 46) * 1000, source.randrange(5, 11) * 10_000
            opened = _opened_for(_aim(source, situation, profile), base_month, monthly, bonus, profile)
        yield Saving(
            kind=kind,
            account=f"{source.randrange(10_000_000):07}",
            opened=opened,
            tax=_tax(kind, exempt, situation),
            declared=profile.savings_limit_yen // len(exempt) if kind in exempt else 0,
            deposits=Deposits(monthly, bonus),
        )


def _spelt(source: random.Random, worker: Worker, named: Named | None) -> Worker:
    """The worker with a surname that is to occur, or perhaps with the family's own spelling of theirs."""
    surname, given = worker.name.split(SPACE)
    if named:
        kana = worker.kana.split(SPACE)[1]
        return replace(worker, name=f"{named[0]}{SPACE}{given}", kana=f"{named[1]}{SPACE}{kana}")
    if surname in SPELLINGS and source.random() < SPELT_SHARE:
        return replace(worker, name=f"{SPELLINGS[surname]}{SPACE}{given}")
    return worker


def _going_on(source: random.Random, worker: Worker, base_month: date, phase: int | None, profile: Profile) -> Worker:
    """The worker with one savings contract that changes; the others, and what nears the limit, stay as they are."""
    savings = list(worker.savings)
    if phase is None:
        rounds = replace(SLOW, start=add_months(base_month, -source.randrange(SLOW.length)))
    else:
        rounds = replace(QUICK, start=add_months(base_month, -phase))
        savings = _with_company(source, savings, base_month, profile)
    changing = next((saving for saving in savings if saving.deposits.monthly in PLAIN_AMOUNTS), None)
    if changing is None:
        return worker
    if phase is None and changing.kind is SavingsKind.GENERAL and len(savings) > 1:
        rounds = replace(rounds, stop=SLOW_STOP)
    savings[savings.index(changing)] = replace(changing, rounds=rounds, others=_others(source, changing.deposits))
    return replace(worker, savings=tuple(savings))


def _with_company(source: random.Random, savings: list[Saving], base_month: date, profile: Profile) -> list[Saving]:
    """With a contract of 一般財形, which may end at any time, and another one, so that the worker never is without."""
    kinds = {saving.kind for saving in savings}
    lacking = [SavingsKind.GENERAL] if SavingsKind.GENERAL not in kinds else []
    if kinds == {SavingsKind.GENERAL}:
        lacking = [SavingsKind.PENSION]
    more = _savings(source, tuple(lacking), Situation.PLAIN, base_month, profile)
    return sorted([*savings, *more], key=lambda saving: list(SavingsKind).index(saving.kind))


def _others(source: random.Random, deposits: Deposits) -> Deposits:
    """Amounts that differ from these, at least in what is deducted every month."""
    monthly = source.choice([amount for amount in PLAIN_AMOUNTS if amount != deposits.monthly])
    return Deposits(monthly, source.choice((deposits.bonus, *PLAIN_BONUSES)))


def _tax(kind: SavingsKind, exempt: list[SavingsKind], situation: Situation) -> TaxState:
    if kind not in exempt:
        return TaxState.TAXED
    missing = situation is Situation.NO_APPLICATION and kind is exempt[0]
    return TaxState.MISSING if missing else TaxState.EXEMPT


def _aim(source: random.Random, situation: Situation, profile: Profile) -> int:
    """The principal to have at the base month, in yen."""
    percent = source.randrange(91, 95) if situation is Situation.NEAR else source.randrange(101, 110)
    return profile.savings_limit_yen * percent // 100


def _opened_for(aim: int, base_month: date, monthly: int, bonus: int, profile: Profile) -> date:
    """The month to have begun in, to have paid in at least `aim` at the base month, and no more than needed."""
    opened = add_months(base_month, -(aim // (monthly + bonus // 6)))
    while paid_in(opened, base_month, monthly, bonus, profile) < aim:
        opened = add_months(opened, -1)
    while paid_in(add_months(opened, 1), base_month, monthly, bonus, profile) >= aim:
        opened = add_months(opened, 1)
    return opened
