"""Generations of savings data, and looking them up (INF-02, MNU-04, MNU-05)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from simulator.catalogue import Edition
from simulator.rules import JAPAN
from simulator.services.contracts import open_contract
from simulator.services.savings import SEED, deliver_generation, generations_of
from simulator.services.savings_data import MOST_WORKERS
from simulator.services.savings_lookup import (
    ALARM_SORTS,
    STATEMENT_SORTS,
    Criteria,
    Found,
    Order,
    look_up_alarms,
    look_up_statements,
    statements_of,
)
from simulator.services.timeline import move_to
from simulator.services.trail import events
from simulator.store import AlarmLine, Generation, StatementLine
from tests.unit.services.worlds import EMPLOYER, MEMBER, START, Bench, make_bench, outcomes, refusal_of

NEW = "30000001"


def all_lines(bench: Bench, generation: Generation) -> list[StatementLine]:
    """Every line of a generation, read without the look-up."""
    with bench.world.store.transaction() as session:
        return list(
            session.scalars(
                select(StatementLine).where(StatementLine.generation == generation.id).order_by(StatementLine.id)
            )
        )


def find(bench: Bench, wanted: Mapping[str, str], order: Order | None = None, page: int = 1) -> Found[StatementLine]:
    criteria = Criteria(**wanted)  # type: ignore[arg-type]
    return look_up_statements(bench.world, EMPLOYER, criteria, order or Order(), page)


def months(bench: Bench, number: str = EMPLOYER) -> list[str]:
    return [f"{generation.month:%Y-%m}" for generation in generations_of(bench.world, number)]


# ---- What is received ----


@pytest.mark.parametrize("number", [EMPLOYER, MEMBER])
def test_a_seeded_contract_has_three_generations_from_the_start(bench: Bench, number: str) -> None:
    found = generations_of(bench.world, number)
    assert months(bench, number) == ["2026-11", "2026-10", "2026-09"]
    assert {generation.workers for generation in found} == {12}
    # 10 October 2026 is a Saturday.
    assert [generation.received_at for generation in found] == [
        datetime(2026, 11, 10, 7, tzinfo=JAPAN),
        datetime(2026, 10, 9, 7, tzinfo=JAPAN),
        datetime(2026, 9, 10, 7, tzinfo=JAPAN),
    ]


def test_nothing_is_made_before_somebody_looks_and_it_does_not_matter_when(bench: Bench) -> None:
    with bench.world.store.transaction() as session:
        assert session.scalar(select(func.count(Generation.id))) == 0
    move_to(bench.world, START + timedelta(days=200))
    assert months(bench) == ["2026-11", "2026-10", "2026-09"]
    later = all_lines(bench, generations_of(bench.world, EMPLOYER)[0])
    other = make_bench()
    first = all_lines(other, generations_of(other.world, EMPLOYER)[0])
    other.world.store.close()
    assert [vars_of(line) for line in later] == [vars_of(line) for line in first]


def vars_of(line: StatementLine) -> dict[str, object]:
    return {column.name: getattr(line, column.name) for column in StatementLine.__table__.columns}


def test_looking_for_the_first_time_at_once_makes_it_once(bench: Bench) -> None:
    assert outcomes(lambda: generations_of(bench.world, EMPLOYER), 8) == ["done"] * 8
    assert len(months(bench)) == 3


def test_a_new_contract_has_received_nothing_until_a_delivery(bench: Bench) -> None:
    open_contract(bench.world, NEW, Edition.EMPLOYER, "届出商事", "Abcd#123")
    assert months(bench, NEW) == []
    assert look_up_statements(bench.world, NEW, Criteria(), Order()).generation is None
    deliver_generation(bench.world, NEW, 30)
    assert months(bench, NEW) == ["2026-11"]


def test_a_delivery_is_the_next_month_and_the_oldest_generation_goes(bench: Bench) -> None:
    delivered = deliver_generation(bench.world, EMPLOYER, 20)
    assert (delivered.month, delivered.received_at, delivered.workers) == (date(2026, 12, 1), START, 20)
    assert months(bench) == ["2026-12", "2026-11", "2026-10"]
    for table in (StatementLine, AlarmLine):
        with bench.world.store.transaction() as session:
            kept = set(session.scalars(select(table.generation)))
        assert kept == {generation.id for generation in generations_of(bench.world, EMPLOYER)}
    move_to(bench.world, START + timedelta(days=200))
    deliver_generation(bench.world, EMPLOYER, 20)
    assert months(bench) == ["2027-06", "2026-12", "2026-11"]


def test_the_same_seed_goes_on_with_the_same_people_and_another_one_with_others(bench: Bench) -> None:
    before = all_lines(bench, generations_of(bench.world, EMPLOYER)[0])
    same = all_lines(bench, deliver_generation(bench.world, EMPLOYER, 12, SEED))
    other = all_lines(bench, deliver_generation(bench.world, EMPLOYER, 12, SEED + 1))
    assert {line.worker for line in same} == {line.worker for line in before}
    # December is a bonus month.
    principals = {line.account: line.principal + line.monthly + line.bonus for line in before}
    unchanged = [line for line in same if (line.account, line.monthly, line.bonus) in amounts(before)]
    assert len(unchanged) > len(same) - 5
    assert [line.principal for line in unchanged] == [principals[line.account] for line in unchanged]
    assert {line.account for line in other}.isdisjoint(line.account for line in same)


def amounts(lines: list[StatementLine]) -> set[tuple[str, int, int]]:
    return {(line.account, line.monthly, line.bonus) for line in lines}


def test_no_two_contracts_have_the_same_people(bench: Bench) -> None:
    ours, theirs = ({line.account for line in all_lines(bench, generations_of(bench.world, number)[0])}
                    for number in (EMPLOYER, MEMBER))  # fmt: skip
    assert ours.isdisjoint(theirs)


def test_the_totals_kept_are_the_sums_of_the_lines(bench: Bench) -> None:
    deliver_generation(bench.world, EMPLOYER, 200)
    for generation in generations_of(bench.world, EMPLOYER):
        lines = all_lines(bench, generation)
        for name in ("monthly", "bonus", "principal", "balance", "subsidy"):
            assert getattr(generation, name) == sum(getattr(line, name) for line in lines)
        in_bonus_month = generation.month.month == 12
        assert generation.deposited == sum(line.monthly + line.bonus * in_bonus_month for line in lines)
        assert generation.lines == len(lines)
        assert generation.subsidies == sum(line.subsidy > 0 for line in lines)
        with bench.world.store.transaction() as session:
            alarms = select(func.count()).where(AlarmLine.generation == generation.id)
            assert generation.alarms == session.scalar(alarms)


def test_every_delivery_is_in_the_trail(bench: Bench) -> None:
    deliver_generation(bench.world, EMPLOYER, 5)
    newest = events(bench.world)[-1]
    assert (newest.kind, newest.contract_number) == ("generation_delivered", EMPLOYER)
    assert newest.detail == {"month": "2026-12", "workers": 5}


def test_a_contract_nobody_knows_gets_nothing(bench: Bench) -> None:
    assert refusal_of(lambda: deliver_generation(bench.world, "99999999", 5)) == "E5001"
    assert generations_of(bench.world, "99999999") == []


# ---- Looking it up ----


def expected_for(lines: list[StatementLine], **criteria: str) -> list[StatementLine]:
    """The same search, done by hand."""
    name = criteria.get("name", "").replace("　", "")
    return [
        line
        for line in lines
        if line.worker.startswith(criteria.get("worker", ""))
        and (name in line.name.replace("　", "") or name in line.kana.replace("　", ""))
        and criteria.get("kind", line.kind) == line.kind
        and criteria.get("branch", "") in line.branch
    ]


SEARCHES: list[dict[str, str]] = [
    {},
    {"worker": "1001"},
    {"name": "サトウ"},
    {"name": "佐藤"},
    {"name": "田　一"},
    {"kind": "housing"},
    {"branch": "港"},
    {"name": "ヤマ", "kind": "general", "branch": "中央"},
    {"worker": "9"},
]


@pytest.mark.parametrize("criteria", SEARCHES, ids=str)
def test_a_search_finds_what_a_search_by_hand_finds(bench: Bench, criteria: dict[str, str]) -> None:
    expected = expected_for(all_lines(bench, deliver_generation(bench.world, EMPLOYER, 200)), **criteria)
    first = find(bench, criteria)
    found = [line for page in range(1, first.pages + 1) for line in find(bench, criteria, page=page).lines]
    assert [line.id for line in found] == [line.id for line in expected]
    assert first.hits == len(expected)
    assert first.totals == {
        name: sum(getattr(line, name) for line in expected) for name in ("monthly", "bonus", "balance")
    }


@pytest.mark.parametrize("name", ["さとう", "サトウ", "さトう"])
def test_hiragana_finds_katakana(bench: Bench, name: str) -> None:
    deliver_generation(bench.world, EMPLOYER, 200)
    assert {line.kana.split("　")[0] for line in find(bench, {"name": name}).lines} == {"サトウ"}


def test_a_name_written_in_hiragana_is_found_as_it_is_written(bench: Bench) -> None:
    deliver_generation(bench.world, EMPLOYER, 200)
    found = find(bench, {"name": "さくら"}).lines
    assert found
    assert {line.name.split("　")[1] for line in found} == {"さくら"}


@pytest.mark.parametrize("wild", ["%", "_", "/", "\\", "'", "％"])
def test_nothing_that_is_searched_for_is_a_pattern(bench: Bench, wild: str) -> None:
    for key in ("worker", "name", "branch"):
        assert find(bench, {key: wild}).hits == 0


@pytest.mark.parametrize("order", [Order(c, d) for c in STATEMENT_SORTS for d in (False, True)], ids=str)
def test_every_column_sorts_all_pages_whether_hits_are_few_or_many(bench: Bench, order: Order) -> None:
    deliver_generation(bench.world, EMPLOYER, 1500)
    searches: list[dict[str, str]] = [{}, {"kind": "general"}, {"name": "サトウ"}]
    for criteria in searches:
        pages = find(bench, criteria, order).pages
        shown = [line for page in range(1, pages + 1) for line in find(bench, criteria, order, page).lines]
        keys = [(getattr(line, order.column), line.id) for line in shown]
        assert keys == sorted(keys, reverse=order.descending)
        assert len({line.id for line in shown}) == find(bench, criteria).hits


@pytest.mark.parametrize("column", ALARM_SORTS)
def test_alarms_are_searched_and_sorted_likewise(bench: Bench, column: str) -> None:
    deliver_generation(bench.world, EMPLOYER, 2000)
    found = look_up_alarms(bench.world, EMPLOYER, Criteria(kind="change"), Order(column, descending=True))
    keys = [(getattr(line, column), line.id) for line in found.lines]
    assert keys == sorted(keys, reverse=True)
    assert {line.kind for line in found.lines} == {"change"}
    assert found.totals == {}


def test_another_month_is_looked_up_in_its_own_generation(bench: Bench) -> None:
    october = look_up_statements(bench.world, EMPLOYER, Criteria(date(2026, 10, 1)), Order())
    assert october.generation is not None
    assert {line.generation for line in october.lines} == {october.generation.id}
    assert look_up_statements(bench.world, EMPLOYER, Criteria(date(2025, 1, 1)), Order()).generation is None


@pytest.mark.parametrize(("page", "shown"), [(-5, 1), (0, 1), (1, 1), (7, 7), (8, 7), (10**9, 7)])
def test_a_page_beyond_the_ends_is_the_one_at_the_end(bench: Bench, page: int, shown: int) -> None:
    deliver_generation(bench.world, EMPLOYER, 200)
    found = find(bench, {}, page=page)
    assert found.pages == -(-found.hits // 50) == 7
    assert found.page == shown
    assert len(found.lines) == (50 if shown < 7 else found.hits - 300)


def test_a_worker_s_detail_has_every_contract_in_every_generation_and_nobody_else_s(bench: Bench) -> None:
    newest = generations_of(bench.world, EMPLOYER)[0]
    for worker in {line.worker for line in all_lines(bench, newest)}:
        own = [line for line in all_lines(bench, newest) if line.worker == worker]
        found = statements_of(bench.world, EMPLOYER, worker)
        in_all = [line.id for kept in generations_of(bench.world, EMPLOYER) for line in all_lines(bench, kept)
                  if line.worker == worker]  # fmt: skip
        assert [line.id for _, line in found.lines] == in_all
        assert [line.id for generation, line in found.lines if generation.id == newest.id] == [line.id for line in own]
        assert {line.worker for _, line in found.lines} == {worker}
        assert {alarm.worker for alarm in found.alarms} <= {worker}
    assert refusal_of(lambda: statements_of(bench.world, EMPLOYER, "1")) == "E4201"


@pytest.mark.long
def test_twenty_thousand_workers_are_delivered_and_found(bench: Bench) -> None:
    generation = deliver_generation(bench.world, EMPLOYER, MOST_WORKERS)
    lines = all_lines(bench, generation)
    assert len({line.worker for line in lines}) == MOST_WORKERS
    assert generation.balance == sum(line.balance for line in lines)
    expected = expected_for(lines, name="スズキ")
    found = find(bench, {"name": "スズキ"})
    assert (found.hits, found.totals["balance"]) == (len(expected), sum(line.balance for line in expected))
    assert [line.id for line in found.lines] == [line.id for line in expected[:50]]
    last = find(bench, {}, Order("balance", descending=True), 10**6)
    assert last.lines[-1].balance == min(line.balance for line in lines)
