"""The lists of a generation: what there is of them, and their lines in portions (MNU-06 to MNU-08)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from simulator.catalogue import Edition
from simulator.services import savings_lists
from simulator.services.contracts import open_contract
from simulator.services.savings import deliver_generation, generations_of
from simulator.services.savings_lists import (
    Choice,
    ChosenList,
    ListData,
    ListKind,
    choose_list,
    find_inexpressible,
    list_lines,
)
from simulator.store import Generation
from tests.unit.services.worlds import EMPLOYER, MEMBER, Bench, refusal_of

NOVEMBER = date(2026, 11, 1)
LISTS = [
    (ListKind.STATEMENT, ListData.DEPOSITS),
    (ListKind.STATEMENT, ListData.BALANCES),
    (ListKind.STATEMENT, ListData.SUBSIDIES),
    (ListKind.CHANGES, ListData.DEPOSITS),
    (ListKind.ALARMS, ListData.DEPOSITS),
]
SUMMED: dict[tuple[ListKind, ListData], tuple[str, ...]] = {
    LISTS[0]: ("monthly", "bonus", "monthly"),  # November is no bonus month
    LISTS[1]: ("principal", "balance"),
    LISTS[2]: ("subsidy",),
    LISTS[3]: ("monthly_before", "bonus_before", "monthly", "bonus"),
    LISTS[4]: (),
}


def chosen(bench: Bench, kind: ListKind, data: ListData, month: date = NOVEMBER) -> ChosenList:
    return choose_list(bench.world, EMPLOYER, Choice(kind, data, month))


def lines(bench: Bench, kind: ListKind, data: ListData) -> list[Any]:
    return list(list_lines(bench.world, chosen(bench, kind, data)))


@pytest.mark.parametrize(("kind", "data"), LISTS)
def test_count_and_totals_are_those_of_the_lines(bench: Bench, kind: ListKind, data: ListData) -> None:
    found = lines(bench, kind, data)
    assert chosen(bench, kind, data).lines == len(found) > 0
    assert list(chosen(bench, kind, data).totals) == [
        sum(getattr(line, n) for line in found) for n in SUMMED[kind, data]
    ]
    assert [line.worker for line in found] == sorted(line.worker for line in found)


def test_a_deposit_of_a_bonus_month_counts_both(bench: Bench) -> None:
    delivered = deliver_generation(bench.world, EMPLOYER, 12)
    found = chosen(bench, ListKind.STATEMENT, ListData.DEPOSITS, delivered.month)
    assert found.totals[2] == found.totals[0] + found.totals[1]


def test_subsidies_list_only_those_who_get_one(bench: Bench) -> None:
    found = lines(bench, ListKind.STATEMENT, ListData.SUBSIDIES)
    assert all(line.subsidy > 0 for line in found)
    assert len(found) < len(lines(bench, ListKind.STATEMENT, ListData.BALANCES))


@pytest.mark.parametrize(("kind", "data"), LISTS)
@pytest.mark.parametrize("portion", [1, 2, 3, 7])
def test_portions_of_any_size_make_the_same_list(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: ListKind, data: ListData, portion: int
) -> None:
    expected = lines(bench, kind, data)
    monkeypatch.setattr(savings_lists, "PORTION", portion)
    assert lines(bench, kind, data) == expected


def test_a_generation_that_goes_while_its_list_is_made_is_told_and_no_half_list_is_made(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(savings_lists, "PORTION", 2)
    oldest = generations_of(bench.world, EMPLOYER)[-1]
    under_way = list_lines(bench.world, chosen(bench, ListKind.STATEMENT, ListData.DEPOSITS, oldest.month))
    next(under_way)
    deliver_generation(bench.world, EMPLOYER, 5)
    assert refusal_of(lambda: list(under_way)) == "E4203"


@pytest.mark.parametrize("data", [ListData.BALANCES, ListData.SUBSIDIES])
def test_a_statement_of_changes_is_kept_for_deposit_requests_only(bench: Bench, data: ListData) -> None:
    assert refusal_of(lambda: chosen(bench, ListKind.CHANGES, data)) == "E4202"


def test_a_month_without_data_is_told(bench: Bench) -> None:
    assert refusal_of(lambda: chosen(bench, ListKind.STATEMENT, ListData.DEPOSITS, date(2026, 12, 1))) == "E4203"
    open_contract(bench.world, "30000001", Edition.EMPLOYER, "届出商事", "Abcd#123")
    nothing = Choice(ListKind.STATEMENT, ListData.DEPOSITS, NOVEMBER)
    assert refusal_of(lambda: choose_list(bench.world, "30000001", nothing)) == "E4203"


def test_the_first_generation_has_no_statement_of_changes(bench: Bench) -> None:
    assert refusal_of(lambda: chosen(bench, ListKind.CHANGES, ListData.DEPOSITS, date(2026, 9, 1))) == "E4204"


def test_a_list_without_lines_is_not_made(bench: Bench) -> None:
    generations_of(bench.world, EMPLOYER)
    with bench.world.store.transaction() as session:
        session.execute(update(Generation).values(alarms=0))
    assert refusal_of(lambda: chosen(bench, ListKind.ALARMS, ListData.DEPOSITS)) == "E4205"


def test_no_list_holds_a_line_of_another_contract(bench: Bench) -> None:
    theirs = choose_list(bench.world, MEMBER, Choice(*LISTS[0], NOVEMBER))
    accounts = {line.account for line in list_lines(bench.world, theirs)}
    assert accounts.isdisjoint(line.account for line in lines(bench, *LISTS[0]))


@pytest.mark.parametrize(("kind", "data"), LISTS)
def test_what_cp932_lacks_is_found_as_by_hand(bench: Bench, kind: ListKind, data: ListData) -> None:
    deliver_generation(bench.world, EMPLOYER, 2000)
    month = deliver_generation(bench.world, EMPLOYER, 2000).month
    found = chosen(bench, kind, data, month)
    strange = sorted({(line.worker, line.name, "𠮷") for line in list_lines(bench.world, found) if "𠮷" in line.name})
    told = find_inexpressible(bench.world, found, 3)
    assert told.workers == len(strange)
    assert list(told.first) == strange[:3]
    assert strange or kind is not ListKind.STATEMENT


def test_whose_name_every_file_can_express_is_not_told(bench: Bench) -> None:
    told = find_inexpressible(bench.world, chosen(bench, ListKind.ALARMS, ListData.DEPOSITS), 3)
    assert (told.workers, list(told.first)) == (0, [])


def test_alarms_are_the_same_whatever_data_was_chosen(bench: Bench) -> None:
    assert {tuple(lines(bench, ListKind.ALARMS, data)) for data in ListData} == {
        tuple(lines(bench, ListKind.ALARMS, ListData.DEPOSITS))
    }
