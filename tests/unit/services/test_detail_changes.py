"""Entering detail changes: what is accepted, what is refused, and two users at the same detail (MNU-10, MNU-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from simulator.catalogue import Edition
from simulator.services.bank import set_detail_change
from simulator.services.change_history import HISTORY_SORTS, HistoryQuery, look_up_history
from simulator.services.contracts import open_contract
from simulator.services.detail_changes import (
    changeable,
    enter_change,
    enter_stop,
    entries_for,
    newest_set,
    withdraw,
)
from simulator.services.detail_sending import all_entries_of, tallies_of
from simulator.services.new_contracts import NewContract, enter_contract
from simulator.services.refusal import Refused, Unacceptable
from simulator.services.registration import register_master
from simulator.services.savings_lookup import Criteria, Order, look_up_statements
from simulator.services.timeline import move_to
from simulator.services.trail import events
from simulator.services.users import GeneralUserEntry, register_general_user
from simulator.store import ChangeEntry, StatementLine
from tests.unit.services.worlds import (
    EMPLOYER,
    MEMBER,
    START,
    USER_ID,
    Bench,
    entry,
    make_bench,
    outcomes,
    refusal_of,
)

GENERAL_USER = "general01"
NEW = NewContract("900001", "新規　花子", "シンキ　ハナコ", "002", "pension", 15_000, 0, 3_000_000)


@pytest.fixture
def desk(bench: Bench) -> Bench:
    """A contract with the functions, its master and a general user."""
    prepare(bench)
    return bench


def prepare(bench: Bench) -> None:
    bench.register()
    register_general_user(
        bench.world, USER_ID, GeneralUserEntry(GENERAL_USER, "Kari#123", "労金　次郎", "general01@sample.co.jp")
    )
    set_detail_change(bench.world, EMPLOYER, enabled=True)


def details(bench: Bench, number: str = EMPLOYER) -> list[StatementLine]:
    return list(look_up_statements(bench.world, number, Criteria(), Order()).lines)


def drafts(bench: Bench) -> list[ChangeEntry]:
    newest = newest_set(bench.world, EMPLOYER)
    assert newest
    return list(all_entries_of(bench.world, newest[1])) if newest[1] else []


def change(bench: Bench, line: StatementLine, monthly: int = 30_000, bonus: int = 0, seen: int = 0, by: str = USER_ID,
) -> ChangeEntry:  # fmt: skip
    return enter_change(bench.world, by, line.worker, line.kind, monthly=monthly, bonus=bonus, seen=seen)


def problems_of(bench: Bench, wanted: NewContract) -> list[tuple[str, str]]:
    with pytest.raises(Unacceptable) as caught:
        enter_contract(bench.world, USER_ID, wanted)
    return [(key, problem.code) for key, problem in caught.value.problems]


# ---- Who may ----


def test_only_contracts_with_the_functions_have_them_and_at_once(desk: Bench) -> None:
    line = details(desk)[0]
    set_detail_change(desk.world, EMPLOYER, enabled=False)
    assert refusal_of(lambda: change(desk, line)) == "E4301"
    assert refusal_of(lambda: enter_contract(desk.world, USER_ID, NEW)) == "E4301"
    set_detail_change(desk.world, EMPLOYER, enabled=True)
    assert change(desk, line).monthly == 30_000


def test_a_general_user_may_as_well_as_the_master(desk: Bench) -> None:
    entered = change(desk, details(desk)[0], by=GENERAL_USER)
    assert (entered.entered_by, entered.entered_name, entered.entered_at) == (GENERAL_USER, "労金　次郎", START)


def test_another_contract_s_details_are_out_of_reach(desk: Bench) -> None:
    register_master(desk.world, MEMBER, entry("master02"))
    set_detail_change(desk.world, MEMBER, enabled=True)
    own = {(line.worker, line.kind) for line in details(desk)}
    stranger = next(line for line in details(desk, MEMBER) if (line.worker, line.kind) not in own)
    assert refusal_of(lambda: change(desk, stranger)) == "E4303"
    theirs = enter_contract(desk.world, "master02", NEW)
    change(desk, details(desk)[0])
    assert refusal_of(lambda: enter_contract(desk.world, USER_ID, NEW, replaces=theirs.id)) == "E4303"
    assert refusal_of(lambda: withdraw(desk.world, USER_ID, NEW.worker, NEW.kind, seen=theirs.revision)) == "E4313"
    assert [each.change for each in drafts(desk)] == ["changed"]
    assert look_up_history(desk.world, EMPLOYER, HistoryQuery()).hits == 1


def test_a_contract_that_received_nothing_has_nothing_to_change(bench: Bench) -> None:
    open_contract(bench.world, "30000001", Edition.EMPLOYER, "届出商事", "Abcd#123")
    register_master(bench.world, "30000001", entry())
    set_detail_change(bench.world, "30000001", enabled=True)
    assert refusal_of(lambda: enter_contract(bench.world, USER_ID, NEW)) == "E4302"


def test_a_user_who_was_deleted_meanwhile_can_do_nothing(desk: Bench) -> None:
    assert refusal_of(lambda: change(desk, details(desk)[0], by="nobody99")) == "E9009"


# ---- Changing and stopping ----


def test_a_change_is_a_draft_beside_the_detail_which_stays_as_it_is(desk: Bench) -> None:
    line = details(desk)[0]
    entered = change(desk, line, 30_000, 60_000)
    found = changeable(desk.world, GENERAL_USER, line.worker, line.kind)
    assert found.entry
    assert (found.entry.monthly, found.entry.bonus, found.entry.revision) == (30_000, 60_000, entered.revision)
    assert (found.line.monthly, found.line.bonus) == (line.monthly, line.bonus)
    newest = newest_set(desk.world, EMPLOYER)
    assert newest
    assert list(entries_for(desk.world, newest[1], details(desk))) == [(line.worker, line.kind)]
    assert {kind.value: tally.entries for kind, tally in tallies_of(desk.world, newest[1]).items()} == {
        "new": 0,
        "changed": 1,
        "stopped": 0,
    }


@pytest.mark.parametrize(
    ("monthly", "bonus", "told"),
    [
        (0, 0, [("monthly", "E4308")]),
        (1_500, 0, [("monthly", "E4307")]),
        (1_500, 500, [("monthly", "E4307"), ("bonus", "E4307")]),
        (9_999_999, 9_999_999, [("monthly", "E4308"), ("bonus", "E4308")]),
    ],
)
def test_amounts_that_break_the_rules_are_told_all_at_once(
    desk: Bench, monthly: int, bonus: int, told: list[tuple[str, str]]
) -> None:
    with pytest.raises(Unacceptable) as caught:
        change(desk, details(desk)[0], monthly, bonus)
    assert [(key, problem.code) for key, problem in caught.value.problems] == told
    assert drafts(desk) == []


def test_what_changes_nothing_is_told(desk: Bench) -> None:
    line = details(desk)[0]
    assert refusal_of(lambda: change(desk, line, line.monthly, line.bonus)) == "E4306"
    entered = change(desk, line)
    assert refusal_of(lambda: change(desk, line, seen=entered.revision)) == "E4306"
    assert refusal_of(lambda: change(desk, line, line.monthly, line.bonus, seen=entered.revision)) == "E4306"
    stopped = enter_stop(desk.world, USER_ID, line.worker, line.kind, seen=entered.revision)
    assert refusal_of(lambda: enter_stop(desk.world, USER_ID, line.worker, line.kind, seen=stopped.revision)) == "E4306"


def test_there_is_one_entry_for_a_detail_whatever_is_entered(desk: Bench) -> None:
    line = details(desk)[0]
    first = change(desk, line)
    second = enter_stop(desk.world, USER_ID, line.worker, line.kind, seen=first.revision)
    third = change(desk, line, 40_000, seen=second.revision)
    assert [(each.change, each.monthly) for each in drafts(desk)] == [("changed", 40_000)]
    withdraw(desk.world, USER_ID, line.worker, line.kind, seen=third.revision)
    assert drafts(desk) == []
    assert refusal_of(lambda: withdraw(desk.world, USER_ID, line.worker, line.kind, seen=0)) == "E4313"


@pytest.mark.parametrize(("worker", "kind"), [("999999", "general"), ("", ""), ("100008", "housing"), ("100008", "x")])
def test_a_detail_that_there_is_not_is_told(desk: Bench, worker: str, kind: str) -> None:
    assert refusal_of(lambda: enter_stop(desk.world, USER_ID, worker, kind, seen=0)) == "E4303"


# ---- Two at a time ----


def test_an_older_page_does_not_overwrite_what_somebody_else_entered_and_learns_of_it(desk: Bench) -> None:
    line = details(desk)[0]
    change(desk, line, 30_000, by=GENERAL_USER)
    with pytest.raises(Refused) as caught:
        change(desk, line, 50_000)
    assert caught.value.message.code == "E4305"
    assert "労金　次郎さん" in caught.value.message.text
    assert "変更　月例 30,000円　賞与 0円" in caught.value.message.text
    assert [each.monthly for each in drafts(desk)] == [30_000]


def test_a_page_made_before_a_withdrawal_is_older_too(desk: Bench) -> None:
    line = details(desk)[0]
    entered = change(desk, line)
    withdraw(desk.world, GENERAL_USER, line.worker, line.kind, seen=entered.revision)
    with pytest.raises(Refused) as caught:
        change(desk, line, 50_000, seen=entered.revision)
    assert caught.value.message.code == "E4305"
    assert "労金　次郎さん" in caught.value.message.text
    assert "変更なし" in caught.value.message.text


def test_of_eight_who_enter_for_one_detail_at_once_one_is_taken_and_none_lost_unawares(desk: Bench) -> None:
    line = details(desk)[0]
    assert outcomes(lambda: change(desk, line), 8) == ["E4305"] * 7 + ["done"]
    assert look_up_history(desk.world, EMPLOYER, HistoryQuery()).hits == 1


def test_entries_for_different_details_at_once_are_all_kept(desk: Bench) -> None:
    lines = iter(details(desk)[:8])
    assert outcomes(lambda: change(desk, next(lines)), 8) == ["done"] * 8
    assert len(drafts(desk)) == 8


def test_drafts_outlive_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/koujyo.db"
    first = make_bench(url)
    prepare(first)
    line = details(first)[0]
    change(first, line)
    first.world.store.close()
    second = make_bench(url)
    assert [(each.worker, each.monthly) for each in drafts(second)] == [(line.worker, 30_000)]
    second.world.store.close()


# ---- New contracts ----


def test_a_new_contract_is_entered_corrected_and_withdrawn(desk: Bench) -> None:
    entered = enter_contract(desk.world, USER_ID, NEW)
    assert (entered.branch, entered.tax, entered.declared, entered.account) == ("架空中央支店", "exempt", 3_000_000, "")
    corrected = enter_contract(
        desk.world, GENERAL_USER, replace(NEW, name="新木　花子"), replaces=entered.id, seen=entered.revision
    )
    assert [(each.name, each.entered_by) for each in drafts(desk)] == [("新木　花子", GENERAL_USER)]
    withdraw(desk.world, USER_ID, NEW.worker, NEW.kind, seen=corrected.revision)
    assert drafts(desk) == []


def test_a_correction_is_refused_when_it_is_old_or_changes_nothing(desk: Bench) -> None:
    entered = enter_contract(desk.world, USER_ID, NEW)
    other = replace(NEW, monthly=20_000)
    verbs = {
        "E4305": lambda: enter_contract(desk.world, USER_ID, other, replaces=entered.id, seen=entered.revision - 1),
        "E4306": lambda: enter_contract(desk.world, USER_ID, NEW, replaces=entered.id, seen=entered.revision),
        "E4303": lambda: enter_contract(desk.world, USER_ID, other, replaces=999, seen=0),
    }
    assert {code: refusal_of(verb) for code, verb in verbs.items()} == {code: code for code in verbs}
    line = details(desk)[0]
    a_change = change(desk, line)
    assert refusal_of(lambda: enter_contract(desk.world, USER_ID, other, replaces=a_change.id, seen=0)) == "E4303"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": ""}, [("kind", "E5007")]),
        ({"kind": "gold"}, [("kind", "E5007")]),
        ({"branch": "999"}, [("branch", "E5007")]),
        ({"name": "　"}, [("name", "E1001")]),
        ({"kana": "　　"}, [("kana", "E1001")]),
        ({"monthly": 0}, [("monthly", "E4308")]),
        ({"bonus": 1_001_000}, [("bonus", "E4308")]),
        ({"declared": None}, [("declared", "E1001")]),
        ({"declared": 5_510_000}, [("declared", "E4311")]),
        ({"kind": "general"}, [("declared", "E4312")]),
        (
            {"branch": "", "monthly": 1, "bonus": 1, "declared": 1},
            [("branch", "E5007"), ("monthly", "E4308"), ("bonus", "E4307"), ("declared", "E4308")],
        ),
    ],
)
def test_a_new_contract_that_breaks_the_rules_is_refused_at_every_input(
    desk: Bench, changes: dict[str, str | int | None], told: list[tuple[str, str]]
) -> None:
    assert problems_of(desk, replace(NEW, **changes)) == told  # type: ignore[arg-type]
    assert drafts(desk) == []


def test_a_worker_has_one_contract_of_a_kind(desk: Bench) -> None:
    line = next(line for line in details(desk) if line.kind == "general")
    same = NewContract(line.worker, line.name, line.kana, "001", "general", 5_000, 0)
    assert problems_of(desk, same) == [("worker", "E4309")]
    # One that is to stop is still there.
    enter_stop(desk.world, USER_ID, line.worker, "general", seen=0)
    assert problems_of(desk, same) == [("worker", "E4309")]
    enter_contract(desk.world, USER_ID, NEW)
    assert problems_of(desk, NEW) == [("worker", "E4309")]
    assert enter_contract(desk.world, USER_ID, replace(NEW, kind="general", declared=None)).declared == 0


def test_of_two_who_enter_the_same_new_contract_at_once_one_is_told(desk: Bench) -> None:
    assert outcomes(lambda: enter_contract(desk.world, USER_ID, NEW), 4) == ["E4309"] * 3 + ["done"]


def test_a_number_means_one_person(desk: Bench) -> None:
    line = next(line for line in details(desk) if line.kind == "general")
    wanted = NewContract(line.worker, "別　人", "ベツ　ジン", "001", "pension", 5_000, 0, 10_000)
    assert problems_of(desk, wanted)[0] == ("worker", "E4310" if not has(desk, line, "pension") else "E4309")
    enter_contract(desk.world, USER_ID, NEW)
    other = replace(NEW, kind="housing", declared=10_000, kana="シンギ　ハナコ")
    assert problems_of(desk, other) == [("worker", "E4310")]


def has(bench: Bench, line: StatementLine, kind: str) -> bool:
    return any(each.worker == line.worker and each.kind == kind for each in details(bench))


def test_declarations_of_both_exempt_kinds_share_the_limit(desk: Bench) -> None:
    enter_contract(desk.world, USER_ID, NEW)
    housing = replace(NEW, kind="housing")
    assert problems_of(desk, replace(housing, declared=2_510_000)) == [("declared", "E4311")]
    entered = enter_contract(desk.world, USER_ID, replace(housing, declared=2_500_000))
    # What is corrected does not count twice.
    enter_contract(
        desk.world, USER_ID, replace(housing, declared=2_400_000), replaces=entered.id, seen=entered.revision
    )
    assert sum(each.declared for each in drafts(desk)) == 5_400_000


def test_what_a_worker_declared_before_counts(desk: Bench) -> None:
    (line,) = [
        each
        for each in details(desk)
        if each.kind == "housing" and not has(desk, each, "pension") and each.declared == 5_500_000
    ][:1]
    wanted = NewContract(line.worker, line.name, line.kana, "001", "pension", 5_000, 0, 10_000)
    assert problems_of(desk, wanted) == [("declared", "E4311")]


# ---- History and trail ----


def test_the_history_tells_every_step_with_before_and_after_who_and_when(desk: Bench) -> None:
    line = details(desk)[0]
    first = change(desk, line, 30_000, 10_000)
    move_to(desk.world, START + timedelta(hours=1))
    second = change(desk, line, 31_000, 0, seen=first.revision, by=GENERAL_USER)
    third = enter_stop(desk.world, USER_ID, line.worker, line.kind, seen=second.revision)
    withdraw(desk.world, USER_ID, line.worker, line.kind, seen=third.revision)
    new = enter_contract(desk.world, USER_ID, NEW)
    withdraw(desk.world, USER_ID, NEW.worker, NEW.kind, seen=new.revision)
    told = [
        (r.action, r.change, r.by, r.monthly_before, r.bonus_before, r.monthly, r.bonus)
        for r in reversed(look_up_history(desk.world, EMPLOYER, HistoryQuery()).lines)
    ]
    assert told == [
        ("entered", "changed", USER_ID, line.monthly, line.bonus, 30_000, 10_000),
        ("corrected", "changed", GENERAL_USER, 30_000, 10_000, 31_000, 0),
        ("corrected", "stopped", USER_ID, 31_000, 0, 0, 0),
        ("withdrawn", "stopped", USER_ID, 0, 0, line.monthly, line.bonus),
        ("entered", "new", USER_ID, None, None, 15_000, 0),
        ("withdrawn", "new", USER_ID, 15_000, 0, None, None),
    ]
    kinds = [(event.kind, event.user_id, event.actor) for event in events(desk.world)[-6:]]
    assert kinds[:2] == [("detail_entered", USER_ID, USER_ID), ("detail_corrected", GENERAL_USER, GENERAL_USER)]
    assert events(desk.world)[-1].detail == {"worker": "900001", "savings": "pension", "change": "new"}


@pytest.mark.parametrize(
    ("wanted", "hits"),
    [
        (HistoryQuery(), 3),
        (HistoryQuery(first=date(2026, 11, 20), last=date(2026, 11, 20)), 2),
        (HistoryQuery(first=date(2026, 11, 21)), 1),
        (HistoryQuery(last=date(2026, 11, 19)), 0),
        (HistoryQuery(worker="90"), 1),
        (HistoryQuery(worker="%"), 0),
        (HistoryQuery(user_id=GENERAL_USER), 1),
        (HistoryQuery(user_id=GENERAL_USER.upper()), 0),
        (HistoryQuery(action="withdrawn"), 1),
        (HistoryQuery(action="sent"), 0),
    ],
)
def test_the_history_is_searched(desk: Bench, wanted: HistoryQuery, hits: int) -> None:
    enter_contract(desk.world, USER_ID, NEW)
    line = details(desk)[0]
    entered = change(desk, line, by=GENERAL_USER)
    move_to(desk.world, START + timedelta(days=3))
    withdraw(desk.world, USER_ID, line.worker, line.kind, seen=entered.revision)
    assert look_up_history(desk.world, EMPLOYER, wanted).hits == hits


@pytest.mark.parametrize("sort", HISTORY_SORTS)
def test_the_history_is_sorted_and_paged(desk: Bench, sort: str) -> None:
    seen = 0
    line = details(desk)[0]
    for step in range(60):
        seen = change(desk, line, 30_000 + step * 1000, seen=seen).revision
    pages = [look_up_history(desk.world, EMPLOYER, HistoryQuery(), sort, descending=True, page=n) for n in (1, 2, 99)]
    assert [(page.page, page.pages, len(page.lines), page.hits) for page in pages] == [
        (1, 2, 50, 60),
        (2, 2, 10, 60),
        (2, 2, 10, 60),
    ]
    ids = [record.id for page in pages[:2] for record in page.lines]
    assert len(set(ids)) == 60
    keys = [(getattr(record, sort), record.id) for page in pages[:2] for record in page.lines]
    assert keys == sorted(keys, reverse=True)
