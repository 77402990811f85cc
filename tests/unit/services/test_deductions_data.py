"""Synthetic deductions: the same every time, and one with what the savings statement of the month says."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from simulator.rules import DeductionKind, load_profile
from simulator.services.deductions_data import deduction_lines
from simulator.services.savings_data import Worker, make_workers, statement_lines

PROFILE = load_profile()
MONTH, BONUS_MONTH = date(2026, 11, 1), date(2026, 12, 1)
SAVINGS = {"general", "pension", "housing"}


def people(count: int, seed: int = 1) -> list[Worker]:
    return list(make_workers(seed, MONTH, count, PROFILE))


def lines(worker: Worker, month: date = MONTH) -> list[dict[str, object]]:
    return deduction_lines(worker, month, PROFILE)


def others(worker: Worker, month: date = MONTH) -> Iterator[tuple[object, object, object]]:
    return (
        (line["kind"], line["account"], line["amount"]) for line in lines(worker, month) if line["kind"] not in SAVINGS
    )


def test_savings_are_deducted_as_the_statement_of_the_month_says() -> None:
    for month, with_bonus in ((MONTH, 0), (BONUS_MONTH, 1)):
        for worker in people(300):
            stated = [
                (line["kind"], line["account"], int(str(line["monthly"])) + int(str(line["bonus"])) * with_bonus)
                for line in statement_lines(worker, month, PROFILE)
            ]
            deducted = [(line["kind"], line["account"], line["amount"]) for line in lines(worker, month)]
            assert [each for each in deducted if each[0] in SAVINGS] == stated


def test_the_same_member_owes_the_same_in_every_month_but_for_bonuses() -> None:
    for worker in people(300):
        october, november = (list(others(worker, date(2026, month, 1))) for month in (10, 11))
        assert october == november
        december = {kind: amount for kind, _, amount in others(worker, BONUS_MONTH)}
        for kind, _, amount in november:
            more = int(str(december[kind])) - int(str(amount))
            assert (more > 0) == (kind == "home-loan")
            assert more % 1000 == 0


def test_each_kind_comes_once_at_most_in_the_order_of_the_kinds() -> None:
    order = [kind.value for kind in DeductionKind]
    for worker in people(1000):
        places = [order.index(str(line["kind"])) for line in lines(worker)]
        assert places == sorted(set(places))
        assert all(int(str(line["amount"])) > 0 for line in lines(worker))
        assert {len(str(line["account"])) for line in lines(worker)} == {7}


def test_every_kind_occurs_and_loans_are_rarer_than_savings() -> None:
    counted = Counter(str(line["kind"]) for worker in people(2000) for line in lines(worker))
    assert set(counted) == {kind.value for kind in DeductionKind}
    assert counted["home-loan"] < counted["loan"] < counted["deposit"] < 2000


def test_another_seed_owes_something_else() -> None:
    first, second = ([list(others(worker)) for worker in people(50, seed)] for seed in (1, 2))
    assert first != second
