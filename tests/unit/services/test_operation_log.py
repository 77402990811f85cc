"""Reading and writing the operation log: whose lines, in which order, by which criteria (MNU-19)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from simulator.rules import load_profile
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import judge_certificate
from simulator.services.gate import LOGIN, PASSWORD_CHANGE, pass_user_gate
from simulator.services.login import log_in, log_out
from simulator.services.operation_log import (
    LogCriteria,
    actors_of,
    every_operation,
    look_up_operations,
)
from simulator.services.operations import note_operation, note_refusal
from simulator.services.trail import events
from simulator.services.users import GeneralUserEntry, delete_general_user, register_general_user
from simulator.store import Event
from tests.unit.services.test_certificate_issue import presented
from tests.unit.services.worlds import EMPLOYER, MEMBER, PASSWORD, START, USER_ID, WRONG, Bench, refusal_of

GENERAL, THEIRS = "general01", "theirs01"
SIZE = load_profile().list_page_lines
LINES = 3 * SIZE + 1
ALL = LogCriteria()


def add_general(bench: Bench) -> None:
    entry = GeneralUserEntry(GENERAL, "Kari#123", "労金　次郎", f"{GENERAL}@sample.co.jp")
    register_general_user(bench.world, USER_ID, entry)


def kinds(bench: Bench, criteria: LogCriteria = ALL, number: str = EMPLOYER) -> list[str]:
    return [line.kind for line in look_up_operations(bench.world, number, criteria).lines]


@pytest.fixture
def filled(bench: Bench) -> Bench:
    """A contract whose master looked at something once a minute, and another contract's who did it once."""
    master, other = bench.register(), bench.register(THEIRS, MEMBER)
    note_operation(bench.world, other, "alarms_looked_up")
    for number in range(LINES - 1):
        bench.clock.advance(timedelta(minutes=1))
        note_operation(bench.world, master, "statements_looked_up", page=number)
    return bench


def test_everything_a_user_does_is_there_with_who_did_it_and_nothing_the_system_does(bench: Bench) -> None:
    bench.register()
    holder = judge_certificate(bench.world, presented(bench.issue()))
    log_in(bench.world, holder, PASSWORD)
    add_general(bench)
    delete_general_user(bench.world, USER_ID, GENERAL)
    log_out(bench.world, USER_ID)
    lines = look_up_operations(bench.world, EMPLOYER, LogCriteria(descending=False)).lines
    assert [(line.kind, line.actor, line.user_id) for line in lines] == [
        ("master_registered", USER_ID, USER_ID),
        ("code_issued", USER_ID, USER_ID),
        ("code_accepted", USER_ID, USER_ID),
        ("certificate_issued", USER_ID, USER_ID),
        ("logged_in", USER_ID, USER_ID),
        ("general_user_registered", USER_ID, GENERAL),
        ("user_deleted", USER_ID, GENERAL),
        ("logged_out", USER_ID, USER_ID),
    ]
    assert {line.refusal for line in lines} == {None}
    assert "mail_sent" in {line.kind for line in events(bench.world)}


def test_a_deletion_that_revokes_tells_who_caused_it_and_the_lines_of_who_is_gone_stay(bench: Bench) -> None:
    bench.register()
    add_general(bench)
    authenticate(bench.world, GENERAL, "Kari#123")
    delete_general_user(bench.world, USER_ID, GENERAL)
    assert kinds(bench, LogCriteria(actor=GENERAL)) == ["code_issued"]
    assert actors_of(bench.world, EMPLOYER) == {USER_ID: "労金　太郎", GENERAL: ""}


def test_what_a_gate_refuses_is_told_with_its_code_also_while_it_is_locked(bench: Bench) -> None:
    bench.register()
    for _ in range(6):
        refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, WRONG))
    refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, PASSWORD))
    refusal_of(lambda: pass_user_gate(bench.world, PASSWORD_CHANGE, USER_ID, PASSWORD))
    lines = look_up_operations(bench.world, EMPLOYER, LogCriteria(descending=False)).lines[1:]
    assert [(line.kind, line.refusal, line.detail["gate"]) for line in lines] == [
        *[("wrong_secret", "E3101", "login")] * 5,
        ("locked", "E3102", "login"),
        ("closed_attempt", "E3102", "login"),
        ("closed_attempt", "E3102", "password_change"),
    ]


def test_a_second_certificate_and_a_code_that_is_void_are_told_as_refused(bench: Bench) -> None:
    bench.register()
    first = bench.verified_code()
    bench.issue()
    assert refusal_of(lambda: authenticate(bench.world, USER_ID, PASSWORD)) == "E2104"
    assert refusal_of(lambda: verify_code(bench.world, first.id, "000000")) == "E2203"
    refused = look_up_operations(bench.world, EMPLOYER, LogCriteria(kind="operation_refused")).lines
    assert [(line.refusal, line.actor, line.detail["screen"]) for line in refused] == [
        ("E2203", USER_ID, "code_entry"),
        ("E2104", USER_ID, "user_authentication"),
    ]


def test_another_contract_s_lines_never_show(filled: Bench) -> None:
    assert {line.contract_number for line in every_operation(filled.world, EMPLOYER, ALL)} == {EMPLOYER}
    assert kinds(filled, number=MEMBER) == ["alarms_looked_up", "master_registered"]
    assert kinds(filled, LogCriteria(actor=USER_ID), MEMBER) == []
    assert actors_of(filled.world, MEMBER) == {THEIRS: "労金　太郎"}


def test_pages_hold_every_line_once_newest_first_or_oldest_first(filled: Bench) -> None:
    for criteria in (ALL, LogCriteria(descending=False)):
        pages = [look_up_operations(filled.world, EMPLOYER, criteria, page) for page in range(1, 5)]
        lines = [line for page in pages for line in page.lines]
        assert [(page.hits, page.pages, len(page.lines)) for page in pages] == [(LINES, 4, SIZE)] * 3 + [(LINES, 4, 1)]
        moments = [line.at for line in lines]
        assert moments == sorted(moments, reverse=criteria.descending)
        assert len({line.id for line in lines}) == LINES


def test_a_page_beyond_the_last_is_the_last(filled: Bench) -> None:
    assert look_up_operations(filled.world, EMPLOYER, ALL, 999).page == 4
    assert look_up_operations(filled.world, EMPLOYER, LogCriteria(kind="blocked"), 3).page == 1


@pytest.mark.parametrize("descending", [True, False])
def test_a_file_has_the_same_lines_in_the_same_order_over_all_portions(
    filled: Bench,
    monkeypatch: pytest.MonkeyPatch,
    descending: bool,  # noqa: FBT001
) -> None:
    criteria = LogCriteria(descending=descending)
    expected = [
        line.id for page in range(1, 5) for line in look_up_operations(filled.world, EMPLOYER, criteria, page).lines
    ]
    for portion in (1, 7, LINES, LINES + 1):
        monkeypatch.setattr("simulator.services.operation_log.PORTION", portion)
        assert [line.id for line in every_operation(filled.world, EMPLOYER, criteria)] == expected


def test_lines_of_one_moment_stand_in_the_order_they_were_written(bench: Bench) -> None:
    master = bench.register()
    for screen in ("user_list", "information"):
        note_refusal(bench.world, master, "E4004", screen)
    newest_first = look_up_operations(bench.world, EMPLOYER, LogCriteria(kind="operation_refused")).lines
    assert [line.detail["screen"] for line in newest_first] == ["information", "user_list"]


def test_a_day_lasts_from_midnight_to_midnight_in_japan(bench: Bench) -> None:
    master = bench.register()
    for moment in ("2026-11-20T23:59:59.999999", "2026-11-21T00:00:00"):
        bench.clock.set(START.fromisoformat(f"{moment}+09:00"))
        note_operation(bench.world, master, "alarms_looked_up")
    day, next_day = date(2026, 11, 20), date(2026, 11, 21)
    hits = [
        look_up_operations(bench.world, EMPLOYER, LogCriteria(first, last, kind="alarms_looked_up")).hits
        for first, last in ((day, day), (next_day, next_day), (day, next_day), (None, day), (next_day, None))
    ]
    assert hits == [1, 1, 2, 1, 1]


def test_pages_are_turned_inside_the_index(filled: Bench) -> None:
    plan = "EXPLAIN QUERY PLAN SELECT id FROM events WHERE contract_number = 'x' AND actor IS NOT NULL"
    with filled.world.store.transaction() as session:
        for more in ("", " AND kind = 'x'", " AND at >= '2026'"):
            steps = session.execute(text(f"{plan}{more} ORDER BY at DESC, id DESC LIMIT 50 OFFSET 99")).all()
            assert [step[3].split(" (")[0] for step in steps] == [
                "SEARCH events USING COVERING INDEX events_of_contract"
            ]
        steps = session.execute(text(f"{plan} AND actor = 'x' ORDER BY at, id LIMIT 50")).all()
        assert "COVERING INDEX events_by_actor" in steps[0][3]
    assert {index.name for index in Event.__table__.indexes} == {"events_of_contract", "events_by_actor"}  # type: ignore[attr-defined]
