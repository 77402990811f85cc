"""Sending detail changes, and how they go on into the generations after (MNU-11)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from simulator.rules import ChangeKind, SavingsKind
from simulator.services.change_history import HistoryQuery, look_up_history
from simulator.services.detail_changes import enter_change, enter_stop, newest_set, withdraw
from simulator.services.detail_sending import (
    Tally,
    all_entries_of,
    entries_of,
    send_changes,
    sent_set,
    sent_sets,
    tallies_of,
    total_of,
)
from simulator.services.new_contracts import enter_contract
from simulator.services.refusal import Refused
from simulator.services.savings import SEED, deliver_generation, generations_of
from simulator.services.timeline import move_to
from simulator.services.trail import events
from simulator.store import AlarmLine, ChangeSet, Generation, StatementLine
from tests.unit.services.test_detail_changes import GENERAL_USER, NEW, change, details, prepare
from tests.unit.services.worlds import EMPLOYER, MEMBER, START, USER_ID, Bench, make_bench, outcomes, refusal_of

Key = tuple[str, str]


@pytest.fixture
def desk(bench: Bench) -> Bench:
    """A contract with the functions, its master and a general user."""
    prepare(bench)
    return bench


def revision(bench: Bench) -> int:
    return the_set(bench).revision


def the_set(bench: Bench) -> ChangeSet:
    newest = newest_set(bench.world, EMPLOYER)
    assert newest
    assert newest[1]
    return newest[1]


def send(bench: Bench, by: str = USER_ID) -> ChangeSet:
    return send_changes(bench.world, by, seen=revision(bench))


def lines_of(bench: Bench, generation: Generation | None = None) -> dict[Key, StatementLine]:
    """The details of a generation, the newest by default, by worker and kind."""
    if generation is None:
        newest = newest_set(bench.world, EMPLOYER)
        assert newest
        generation = newest[0]
    query = select(StatementLine).where(StatementLine.generation == generation.id).order_by(StatementLine.id)
    with bench.world.store.transaction() as session:
        return {(line.worker, line.kind): line for line in session.scalars(query)}


# ---- Sending ----


def test_sending_gives_a_receipt_and_closes_the_set(desk: Bench) -> None:
    first, second = details(desk)[:2]
    change(desk, first)
    enter_stop(desk.world, USER_ID, second.worker, second.kind, seen=0)
    enter_contract(desk.world, USER_ID, NEW)
    move_to(desk.world, START + timedelta(hours=2))
    sent = send(desk, GENERAL_USER)
    assert (sent.receipt, sent.sent_by, sent.sender_name) == ("20261120-000001", GENERAL_USER, "労金　次郎")
    assert sent.sent_at == START + timedelta(hours=2)
    verbs: list[Callable[[], object]] = [
        lambda: change(desk, first, 40_000),
        lambda: withdraw(desk.world, USER_ID, first.worker, first.kind, seen=0),
        lambda: enter_contract(desk.world, USER_ID, NEW),
    ]
    for verb in verbs:
        with pytest.raises(Refused) as caught:
            verb()
        assert caught.value.message.code == "E4304"
        assert "2026年11月分の変更は送信済み" in caught.value.message.text
        assert sent.receipt in caught.value.message.text


def test_what_is_about_to_be_sent_is_counted_and_summed_up_by_kind(desk: Bench) -> None:
    one, two, three = details(desk)[:3]
    change(desk, one, 30_000, 10_000)
    change(desk, two, 40_000, 0)
    enter_stop(desk.world, USER_ID, three.worker, three.kind, seen=0)
    enter_contract(desk.world, USER_ID, NEW)
    tallies = tallies_of(desk.world, the_set(desk))
    assert tallies[ChangeKind.CHANGED] == Tally(2, one.monthly + two.monthly, one.bonus + two.bonus, 70_000, 10_000)
    assert tallies[ChangeKind.NEW] == Tally(1, 0, 0, 15_000, 0)
    assert tallies[ChangeKind.STOPPED] == Tally(1, three.monthly, three.bonus, 0, 0)
    assert total_of(tallies) == Tally(
        4,
        sum(line.monthly for line in (one, two, three)),
        sum(line.bonus for line in (one, two, three)),
        85_000,
        10_000,
    )
    found = entries_of(desk.world, the_set(desk), "change", descending=True)
    assert [entry.change for entry in found.lines] == ["stopped", "new", "changed", "changed"]


def test_nothing_to_send_is_told_also_after_everything_was_withdrawn(desk: Bench) -> None:
    assert refusal_of(lambda: send_changes(desk.world, USER_ID, seen=0)) == "E4314"
    line = details(desk)[0]
    entered = change(desk, line)
    withdraw(desk.world, USER_ID, line.worker, line.kind, seen=entered.revision)
    assert refusal_of(lambda: send(desk)) == "E4314"
    assert sent_sets(desk.world) == []


def test_what_was_entered_after_the_confirmation_is_not_sent_unseen(desk: Bench) -> None:
    one, two = details(desk)[:2]
    change(desk, one)
    confirmed = revision(desk)
    entered = change(desk, two, by=GENERAL_USER)
    assert refusal_of(lambda: send_changes(desk.world, USER_ID, seen=confirmed)) == "E4315"
    withdraw(desk.world, GENERAL_USER, two.worker, two.kind, seen=entered.revision)
    assert refusal_of(lambda: send_changes(desk.world, USER_ID, seen=confirmed)) == "E4315"
    assert sent_sets(desk.world) == []
    assert send(desk).receipt


def test_eight_presses_at_once_send_once_with_one_receipt(desk: Bench) -> None:
    change(desk, details(desk)[0])
    seen, receipts = revision(desk), set()

    def press() -> None:
        receipts.add(send_changes(desk.world, USER_ID, seen=seen).receipt)

    assert outcomes(press, 8) == ["done"] * 8
    assert receipts == {"20261120-000001"}
    assert [event.kind for event in events(desk.world)].count("detail_sent") == 1
    assert look_up_history(desk.world, EMPLOYER, HistoryQuery(action="sent")).hits == 1


def test_presses_at_once_send_once_in_a_file_as_well(tmp_path: Path) -> None:
    bench = make_bench(f"sqlite:///{tmp_path}/koujyo.db")
    prepare(bench)
    change(bench, details(bench)[0])
    seen = revision(bench)
    assert outcomes(lambda: send_changes(bench.world, USER_ID, seen=seen), 4) == ["done"] * 4
    assert [event.kind for event in events(bench.world)].count("detail_sent") == 1
    bench.world.store.close()


def test_a_page_confirmed_before_does_not_pass_for_what_was_sent(desk: Bench) -> None:
    one, two = details(desk)[:2]
    change(desk, one)
    confirmed = revision(desk)
    change(desk, two)
    send(desk)
    assert refusal_of(lambda: send_changes(desk.world, USER_ID, seen=confirmed)) == "E4304"


@pytest.mark.parametrize("_", range(5))
def test_a_change_during_a_send_is_in_it_or_refused_but_never_lost(desk: Bench, _: int) -> None:
    one, two = details(desk)[:2]
    change(desk, one)
    seen, together = revision(desk), Barrier(2)

    def told(verb: str) -> str:
        together.wait(10)
        try:
            if verb == "send":
                send_changes(desk.world, USER_ID, seen=seen)
            else:
                change(desk, two, by=GENERAL_USER)
        except Refused as refusal:
            return refusal.message.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        result = tuple(pool.map(told, ["send", "change"]))
    assert result in {("done", "E4304"), ("E4315", "done")}
    assert len(all_entries_of(desk.world, the_set(desk))) == (1 if result[0] == "done" else 2)


def test_the_labour_bank_sees_what_arrived_and_no_draft(desk: Bench) -> None:
    change(desk, details(desk)[0])
    assert sent_sets(desk.world, EMPLOYER) == []
    sent = send(desk)
    (found,) = sent_sets(desk.world)
    assert (found.contract.number, found.change_set.receipt) == (EMPLOYER, sent.receipt)
    assert total_of(found.tallies).entries == 1
    assert sent_sets(desk.world, MEMBER) == []
    assert sent_set(desk.world, sent.receipt, EMPLOYER).change_set.id == sent.id
    assert refusal_of(lambda: sent_set(desk.world, sent.receipt, MEMBER)) == "E4316"
    assert refusal_of(lambda: sent_set(desk.world, "")) == "E4316"
    assert refusal_of(lambda: sent_sets(desk.world, "99999999")) == "E5001"


def test_the_receipt_is_in_history_and_trail(desk: Bench) -> None:
    change(desk, details(desk)[0])
    sent = send(desk)
    (record,) = look_up_history(desk.world, EMPLOYER, HistoryQuery(action="sent")).lines
    assert (record.receipt, record.entries, record.by) == (sent.receipt, 1, USER_ID)
    newest = events(desk.world)[-1]
    assert (newest.kind, newest.user_id, newest.actor) == ("detail_sent", USER_ID, USER_ID)
    assert newest.detail == {"month": "2026-11", "entries": 1, "receipt": sent.receipt}


# ---- The generations after ----


def test_the_next_generation_carries_changed_new_and_stopped_contracts(desk: Bench) -> None:
    changed, stopped = details(desk)[1], details(desk)[3]
    untouched = make_bench()
    others = lines_of(untouched, deliver_generation(untouched.world, EMPLOYER, 12))
    untouched.world.store.close()
    change(desk, changed, 25_000, 70_000)
    enter_stop(desk.world, USER_ID, stopped.worker, stopped.kind, seen=0)
    enter_contract(desk.world, USER_ID, NEW)
    send(desk)
    after = lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12))
    touched = {(changed.worker, changed.kind), (stopped.worker, stopped.kind), ("900001", "pension")}
    assert set(after) & touched == touched - {(stopped.worker, stopped.kind)}
    line = after[changed.worker, changed.kind]
    # December is a bonus month.
    assert (line.monthly, line.bonus, line.principal) == (25_000, 70_000, changed.principal + 25_000 + 70_000)
    assert (line.account, line.opened, line.tax, line.declared) == (
        changed.account,
        changed.opened,
        changed.tax,
        changed.declared,
    )
    new = after["900001", "pension"]
    assert (new.name, new.kana, new.branch, new.tax) == ("新規　花子", "シンキ　ハナコ", "架空中央支店", "exempt")
    assert (new.principal, new.opened, new.declared, new.subsidy) == (15_000, date(2026, 12, 1), 3_000_000, 450)
    assert len(new.account) == 7
    told = ("account", "monthly", "bonus", "principal", "balance")
    assert {key: [getattr(each, name) for name in told] for key, each in after.items() if key not in touched} == {
        key: [getattr(each, name) for name in told] for key, each in others.items() if key not in touched
    }
    generation = generations_of(desk.world, EMPLOYER)[0]
    assert (generation.lines, generation.monthly) == (len(after), sum(each.monthly for each in after.values()))


def test_all_contracts_may_stop_at_once(desk: Bench) -> None:
    there = details(desk)
    for line in there:
        enter_stop(desk.world, USER_ID, line.worker, line.kind, seen=0)
    send(desk)
    after = lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12))
    assert set(after).isdisjoint({(line.worker, line.kind) for line in there})


def test_changes_go_on_through_all_generations_after_and_can_be_changed_again(desk: Bench) -> None:
    line = next(each for each in details(desk) if each.kind == "general")
    change(desk, line, 25_000, 0)
    enter_contract(desk.world, USER_ID, NEW)
    send(desk)
    principal, new, account = line.principal, 0, ""
    for month in range(12, 17):  # December to April; the set's own generation is long gone at the end
        after = lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12))
        amount = 25_000
        if month == 14:
            entered = enter_change(desk.world, USER_ID, "900001", "pension", monthly=16_000, bonus=0, seen=0)
            assert entered.account
            send(desk)
        principal, new = principal + amount, new + (15_000 if month < 15 else 16_000)
        assert after[line.worker, line.kind].principal == principal
        pension = after["900001", "pension"]
        assert pension.principal == new
        assert account in {"", pension.account}
        account = pension.account
    enter_stop(desk.world, USER_ID, "900001", "pension", seen=0)
    send(desk)
    assert ("900001", "pension") not in lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12))


def test_months_without_a_delivery_are_deposited_all_the_same(desk: Bench) -> None:
    line = details(desk)[1]
    change(desk, line, 25_000, 10_000)
    send(desk)
    move_to(desk.world, START + timedelta(days=100))  # the end of February
    after = lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12))
    assert after[line.worker, line.kind].principal == line.principal + 3 * 25_000 + 10_000


def test_alarms_follow_the_changed_deposits(desk: Bench) -> None:
    near = next(each for each in details(desk) if each.worker == "100022" and each.kind != "general")
    change(desk, near, 300_000, 0)
    send(desk)
    generation = deliver_generation(desk.world, EMPLOYER, 12)
    with desk.world.store.transaction() as session:
        query = select(AlarmLine).where(AlarmLine.generation == generation.id, AlarmLine.worker == "100022")
        (alarm,) = [each for each in session.scalars(query) if each.kind in {"near", "exceeded"}]
    assert (alarm.kind, alarm.principal) == ("exceeded", near.principal + 300_000)


def test_what_was_not_sent_lapses_and_changes_nothing(desk: Bench) -> None:
    line = details(desk)[0]
    change(desk, line)
    old = the_set(desk)
    after = lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12))
    assert after[line.worker, line.kind].monthly == line.monthly
    (record,) = look_up_history(desk.world, EMPLOYER, HistoryQuery(action="lapsed")).lines
    assert (record.by, record.entries, record.month) == ("", 1, date(2026, 11, 1))
    assert [event.kind for event in events(desk.world)].count("detail_lapsed") == 1
    newest = newest_set(desk.world, EMPLOYER)
    assert newest
    assert newest[1] is None
    change(desk, line)
    assert the_set(desk).id != old.id
    # A set that was emptied lapses without a word.
    withdraw(desk.world, USER_ID, line.worker, line.kind, seen=the_set(desk).revision)
    deliver_generation(desk.world, EMPLOYER, 12)
    assert look_up_history(desk.world, EMPLOYER, HistoryQuery(action="lapsed")).hits == 1


def test_the_next_generation_opens_a_new_set_after_a_sent_one(desk: Bench) -> None:
    line = details(desk)[0]
    change(desk, line)
    send(desk)
    deliver_generation(desk.world, EMPLOYER, 12)
    assert change(desk, line, 45_000).monthly == 45_000
    assert send(desk).receipt == "20261120-000002"


def test_other_people_carry_nothing_of_it(desk: Bench) -> None:
    enter_contract(desk.world, USER_ID, NEW)
    send(desk)
    assert ("900001", "pension") not in lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12, SEED + 1))


def test_another_contract_carries_nothing_of_it(desk: Bench) -> None:
    enter_contract(desk.world, USER_ID, NEW)
    send(desk)
    theirs = lines_of(desk, deliver_generation(desk.world, MEMBER, 12))
    assert ("900001", "pension") not in theirs


def test_who_is_not_among_fewer_people_does_not_come_back_by_a_change(desk: Bench) -> None:
    last = details(desk)[-1]
    change(desk, last)
    enter_contract(desk.world, USER_ID, NEW)
    send(desk)
    after = lines_of(desk, deliver_generation(desk.world, EMPLOYER, 5))
    assert last.worker not in {worker for worker, _ in after}
    assert ("900001", "pension") in after


def test_a_worker_s_kinds_stay_in_their_order(desk: Bench) -> None:
    line = next(each for each in details(desk) if each.kind == "housing" and not has_general(desk, each.worker))
    enter_contract(
        desk.world,
        USER_ID,
        NEW.__class__(line.worker, line.name, line.kana, "001", SavingsKind.GENERAL.value, 5_000, 0),
    )
    send(desk)
    kinds = [
        kind for worker, kind in lines_of(desk, deliver_generation(desk.world, EMPLOYER, 12)) if worker == line.worker
    ]
    assert kinds == sorted(kinds, key=[kind.value for kind in SavingsKind].index)
    assert kinds[0] == "general"


def has_general(bench: Bench, worker: str) -> bool:
    return any(each.worker == worker and each.kind == "general" for each in details(bench))
