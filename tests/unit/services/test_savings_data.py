"""Synthetic workers: the same in every process, plausible, and consistent with themselves."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from simulator.rules import AlarmKind, SavingsKind, TaxState, add_months, is_bonus_month, load_profile
from simulator.services.savings_data import (
    BOTH,
    EXEMPT,
    MOST_WORKERS,
    Worker,
    alarm_lines,
    make_workers,
    statement_lines,
)
from simulator.services.savings_names import BRANCHES, GIVEN_NAMES, SURNAMES

PROFILE = load_profile()
MONTH = date(2026, 11, 1)
SCRIPT = """
import hashlib
from datetime import date
from simulator.rules import load_profile
from simulator.services.savings_data import make_workers
people = list(make_workers(7, date(2026, 11, 1), 50, load_profile()))
print(hashlib.sha256(repr(people).encode()).hexdigest())
"""


def people(count: int, seed: int = 1) -> list[Worker]:
    return list(make_workers(seed, MONTH, count, PROFILE))


def alarms(workers: list[Worker]) -> Counter[object]:
    return Counter(line["kind"] for worker in workers for line in alarm_lines(worker, MONTH, PROFILE))


def test_the_same_seed_makes_the_same_people_in_any_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().strip()


def test_another_seed_makes_other_people() -> None:
    assert people(20, 1) == people(20, 1) != people(20, 2)


def test_more_people_are_the_same_ones_and_others() -> None:
    assert people(300)[:12] == people(12)


def test_numbers_are_unique_and_in_order_up_to_the_greatest_size() -> None:
    numbers = [worker.number for worker in people(MOST_WORKERS)]
    assert numbers == sorted(set(numbers))
    assert {len(number) for number in numbers} == {6}
    assert len(numbers[0]) <= PROFILE.worker_number_maximum


@pytest.mark.parametrize("seed", range(30))
def test_a_dozen_meets_every_alarm_exactly_once(seed: int) -> None:
    assert alarms(people(12, seed)) == Counter(kind.value for kind in AlarmKind)


def test_alarms_are_rare_among_many() -> None:
    found = alarms(people(5000))
    assert set(found) == {kind.value for kind in AlarmKind}
    assert all(5 < count < 5000 * 0.05 for count in found.values()), found


def test_limit_alarms_follow_the_principal_of_pension_and_housing_together() -> None:
    for worker in people(2000):
        lines = statement_lines(worker, MONTH, PROFILE)
        total = sum(int(str(line["principal"])) for line in lines if line["kind"] != "general")
        found = [line for line in alarm_lines(worker, MONTH, PROFILE) if line["savings"] == BOTH]
        expected = "exceeded" if total > 5_500_000 else "near" if total >= 4_950_000 else None
        assert [line["kind"] for line in found] == ([expected] if expected else []), worker
        assert all(line["principal"] == total for line in found)


def test_declared_limits_never_exceed_what_is_exempt_and_general_savings_are_taxed() -> None:
    for worker in people(2000):
        kinds = [saving.kind for saving in worker.savings]
        assert kinds == [kind for kind in SavingsKind if kind in kinds]
        assert sum(saving.declared for saving in worker.savings) <= PROFILE.savings_limit_yen
        for saving in worker.savings:
            assert (saving.kind in EXEMPT) == (saving.declared > 0) == (saving.tax is not TaxState.TAXED)
            assert saving.deposits.monthly > 0
            assert saving.opened < MONTH


def test_all_kinds_branches_and_combinations_occur() -> None:
    found = people(2000)
    assert {worker.branch for worker in found} == set(BRANCHES)
    assert len({tuple(saving.kind for saving in worker.savings) for worker in found}) == 7


def test_branches_are_marked_as_fictitious_and_names_are_readable() -> None:
    assert all(branch.startswith("架空") for branch in BRANCHES)
    for names in (SURNAMES, GIVEN_NAMES):
        assert len({kanji for kanji, _ in names}) == len(names) >= 40
        assert all("ァ" <= character <= "ヴ" for _, kana in names for character in kana), json.dumps(names)


# ---- What changes from month to month ----

Amounts = dict[tuple[object, object, object], dict[str, object]]


def lines_of(workers: list[Worker], month: date) -> Amounts:
    """The lines of a month by worker, kind and account."""
    lines = [line for worker in workers for line in statement_lines(worker, month, PROFILE)]
    return {(line["worker"], line["kind"], line["account"]): line for line in lines}


def changes(workers: list[Worker], month: date) -> Counter[str]:
    """How many contracts are new, changed and stopped against the month before, found by hand."""
    before, now = lines_of(workers, add_months(month, -1)), lines_of(workers, month)
    deposits = [{key: (line["monthly"], line["bonus"]) for key, line in lines.items()} for lines in (before, now)]
    kept = deposits[0].keys() & deposits[1].keys()
    return Counter(
        new=len(deposits[1].keys() - kept),
        stopped=len(deposits[0].keys() - kept),
        changed=sum(deposits[0][key] != deposits[1][key] for key in kept),
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("later", [-1, 0, 1, 2, 3, 4, 5, 100])
def test_even_of_five_workers_one_begins_one_changes_and_one_stops_in_every_month(seed: int, later: int) -> None:
    assert changes(people(5, seed), add_months(MONTH, later)) == Counter(new=1, changed=1, stopped=1)


@pytest.mark.parametrize("later", [0, 1, 40])
def test_a_few_percent_of_many_workers_change_in_a_month(later: int) -> None:
    found = changes(people(5000), add_months(MONTH, later))
    assert all(count > 10 for count in found.values()), found
    assert 5000 * 0.02 < sum(found.values()) < 5000 * 0.06, found


def test_every_worker_saves_in_every_month() -> None:
    workers = people(300)
    for later in range(-2, 70):
        assert {line["worker"] for line in lines_of(workers, add_months(MONTH, later)).values()} == {
            worker.number for worker in workers
        }


def test_principals_grow_by_what_is_deducted_and_balances_never_shrink() -> None:
    workers = people(300)
    before = lines_of(workers, add_months(MONTH, -3))
    for later in range(-2, 70):
        month = add_months(MONTH, later)
        now = lines_of(workers, month)
        for key, line in now.items():
            deposited = int(str(line["monthly"])) + int(str(line["bonus"])) * is_bonus_month(month, PROFILE)
            principal, balance = (int(str(before[key][name])) if key in before else 0 for name in SAVED)
            assert line["principal"] == principal + deposited, (key, month)
            assert int(str(line["balance"])) >= balance + deposited, (key, month)
            assert (line["opened"] == month) == (key not in before)
        before = now


SAVED = ("principal", "balance")


def test_a_dozen_has_a_name_beyond_cp932_and_one_of_its_extensions() -> None:
    names = [worker.name for worker in people(12)]
    assert len([name for name in names if name.startswith("𠮷田")]) == 1
    assert [name for name in names if "髙" in name]
    spelt = Counter(worker.name[0] for worker in people(5000))
    assert 5 < spelt["𠮷"] < 100
