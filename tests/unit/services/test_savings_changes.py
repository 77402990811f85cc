"""In what a generation differs from the one before (MNU-06)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from simulator.catalogue import Edition
from simulator.services.contracts import open_contract
from simulator.services.savings import SEED, deliver_generation, generations_of
from simulator.services.savings_changes import note_changes
from simulator.store import ChangeLine, Generation, StatementLine
from tests.unit.services.worlds import EMPLOYER, START, Bench

NEW = "30000001"
Told = tuple[str, str, str, str, int, int, int, int]


def lines_of(bench: Bench, generation: Generation) -> dict[tuple[str, str, str], tuple[int, int]]:
    query = select(StatementLine).where(StatementLine.generation == generation.id)
    with bench.world.store.transaction() as session:
        return {(each.worker, each.kind, each.account): (each.monthly, each.bonus) for each in session.scalars(query)}


def kept(bench: Bench, generation: Generation) -> list[Told]:
    query = select(ChangeLine).where(ChangeLine.generation == generation.id).order_by(ChangeLine.id)
    with bench.world.store.transaction() as session:
        return [told(each) for each in session.scalars(query)]


def told(line: ChangeLine) -> Told:
    before, now = (line.monthly_before, line.bonus_before), (line.monthly, line.bonus)
    return (line.worker, line.kind, line.account, line.change, *before, *now)


def compared(bench: Bench, before: Generation, now: Generation) -> list[Told]:
    """The differences, found by hand."""
    old, new = lines_of(bench, before), lines_of(bench, now)
    found: list[Told] = []
    for key in sorted(old.keys() | new.keys()):
        amounts = old.get(key, (0, 0)), new.get(key, (0, 0))
        change = "new" if key not in old else "stopped" if key not in new else "changed"
        if amounts[0] != amounts[1]:
            found.append((*key, change, *amounts[0], *amounts[1]))
    return found


@pytest.mark.parametrize(("workers", "seed"), [(5, SEED), (12, SEED), (300, SEED), (12, SEED + 1)])
def test_what_is_kept_is_what_a_comparison_by_hand_finds(bench: Bench, workers: int, seed: int) -> None:
    for _ in range(2):
        delivered = deliver_generation(bench.world, EMPLOYER, workers, seed)
        before = generations_of(bench.world, EMPLOYER)[1]
        expected = compared(bench, before, delivered)
        assert kept(bench, delivered) == expected
        assert {line[3] for line in expected} == {"new", "changed", "stopped"} or seed != SEED or workers == 300
        assert (delivered.changes, delivered.previous) == (len(expected), before.month)


def test_the_seeded_months_differ_and_the_first_has_nothing_to_be_compared_with(bench: Bench) -> None:
    newest, middle, oldest = generations_of(bench.world, EMPLOYER)
    assert [len(kept(bench, each)) for each in (newest, middle, oldest)] == [newest.changes, middle.changes, 0]
    assert [each.previous for each in (newest, middle, oldest)] == [date(2026, 10, 1), date(2026, 9, 1), None]
    for generation in (newest, middle):
        assert {line[3] for line in kept(bench, generation)} == {"new", "changed", "stopped"}


def test_the_first_generation_of_a_new_contract_is_not_all_new(bench: Bench) -> None:
    open_contract(bench.world, NEW, Edition.EMPLOYER, "届出商事", "Abcd#123")
    first = deliver_generation(bench.world, NEW, 5)
    assert (kept(bench, first), first.changes, first.previous) == ([], 0, None)


def test_a_contract_of_which_nothing_is_deducted_counts_as_none(bench: Bench) -> None:
    older, newer = (generation(bench, number, date(2026, month, 1)) for number, month in ((1, 7), (2, 8)))
    amounts = {"1": ((0, 0), (0, 0)), "2": ((0, 0), (1000, 0)), "3": ((0, 500), (0, 0)), "4": ((1000, 0), (1000, 500))}
    with bench.world.store.transaction() as session:
        for worker, both in amounts.items():
            session.add_all(line(each, worker, *paid) for each, paid in zip((older, newer), both, strict=True))
        session.add_all([line(older, "5", 0, 0), line(newer, "6", 0, 0)])
        session.flush()
        note_changes(session, session.merge(newer), session.merge(older))
    assert [each[0::3] for each in [(*each, 0) for each in kept(bench, newer)]] == [
        ("2", "new", 1000),
        ("3", "stopped", 0),
        ("4", "changed", 1000),
    ]


def generation(bench: Bench, number: int, month: date) -> Generation:
    generations_of(bench.world, EMPLOYER)
    made = Generation(
        id=100 + number, contract_number=EMPLOYER, month=month, received_at=START, seed=1, base_month=month, workers=4
    )  # fmt: skip
    with bench.world.store.transaction() as session:
        session.add(made)
    return made


def line(generation: Generation, worker: str, monthly: int, bonus: int) -> StatementLine:
    who = {"worker": worker, "name": "山田", "kana": "ヤマダ", "branch": "架空本店", "search": "山田ヤマダ"}
    saved = {"kind": "general", "account": "1", "opened": date(2026, 1, 1), "tax": "taxed", "declared": 0}
    return StatementLine(
        generation=generation.id, monthly=monthly, bonus=bonus, principal=0, balance=0, subsidy=0, **who, **saved
    )


def test_changes_go_with_their_generation(bench: Bench) -> None:
    for _ in range(4):
        deliver_generation(bench.world, EMPLOYER, 5)
    with bench.world.store.transaction() as session:
        left = set(session.scalars(select(ChangeLine.generation)))
    assert left == {each.id for each in generations_of(bench.world, EMPLOYER)}


def test_what_was_told_of_a_generation_stays_when_the_one_before_is_changed_or_gone(bench: Bench) -> None:
    delivered = deliver_generation(bench.world, EMPLOYER, 12)
    before = kept(bench, delivered)
    with bench.world.store.transaction() as session:
        session.execute(update(StatementLine).values(monthly=1))
    assert kept(bench, delivered) == before


def test_comparing_four_times_as_many_lines_takes_about_four_times_the_work(bench: Bench) -> None:
    deliver_generation(bench.world, EMPLOYER, 300)
    few = work_of(bench, 300)
    deliver_generation(bench.world, EMPLOYER, 1200)
    assert work_of(bench, 1200) < 8 * few


def work_of(bench: Bench, workers: int) -> int:
    """How many thousand steps the database takes for a delivery, as it counts them itself."""
    steps: list[int] = []
    connection = bench.world.store._memory  # noqa: SLF001 - nothing else counts them
    connection.set_progress_handler(lambda: steps.append(1), 1000)
    deliver_generation(bench.world, EMPLOYER, workers)
    connection.set_progress_handler(None, 0)
    return len(steps)
