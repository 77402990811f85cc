"""What a union is asked to deduct, and its requests: verbs, refusals, races, what is kept (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from simulator.rules import DeductionKind, ShortReason
from simulator.services.deductions import draft_sheet, sent_requests, sent_sheet, sheet_of, sheets_of
from simulator.services.deductions_lines import member_lines, request_lines, request_months
from simulator.services.deductions_requests import omit_member, restore, save_request, send_request, shorten
from simulator.services.savings import deliver_generation, generations_of
from simulator.services.savings_data import MOST_WORKERS
from simulator.services.savings_lookup import DEDUCTION_SORTS, Criteria, Order, look_up_deductions
from simulator.services.timeline import move_to
from simulator.services.trail import events
from simulator.store import DeductionLine, DeductionTotal, ShortDeduction, TransferRequest, WorkerName
from tests.unit.services.worlds import EMPLOYER, MEMBER, START, USER_ID, Bench, outcomes, refusal_of

UNION_USER = "member01"
MONTH, OLDER = date(2026, 11, 1), date(2026, 10, 1)
GOOD_DAY, PAYER = "20261130", "シミュレータロウドウクミアイ"


@pytest.fixture
def union(bench: Bench) -> Bench:
    """The seeded world with a user of the union and one of the employer."""
    bench.register(UNION_USER, MEMBER)
    bench.register(USER_ID, EMPLOYER)
    return bench


def lines_of(bench: Bench, month: date = MONTH) -> list[DeductionLine]:
    """Every line of a month's list, read without the look-up."""
    (generation,) = [g for g in request_months(bench.world, MEMBER) if g.month == month]
    with bench.world.store.transaction() as session:
        query = select(DeductionLine).where(DeductionLine.generation == generation.id).order_by(DeductionLine.id)
        return list(session.scalars(query))


def a_line(bench: Bench, month: date = MONTH) -> DeductionLine:
    return lines_of(bench, month)[3]


def cut(bench: Bench, line: DeductionLine, amount: int = 0, month: date = MONTH) -> ShortDeduction:
    kind = DeductionKind(line.kind)
    return shorten(bench.world, UNION_USER, month, line.worker, kind, amount, ShortReason.LEAVE)


def draft(bench: Bench, month: date = MONTH) -> TransferRequest:
    return save_request(bench.world, UNION_USER, month, GOOD_DAY, PAYER)


def send(bench: Bench, month: date = MONTH) -> TransferRequest:
    return send_request(bench.world, UNION_USER, month, draft(bench, month).revision)


# ---- The list ----


def test_a_union_s_list_comes_with_its_savings_and_an_employer_gets_none(union: Bench) -> None:
    assert [g.month for g in request_months(union.world, MEMBER)] == [
        g.month for g in generations_of(union.world, MEMBER)
    ]
    deliver_generation(union.world, EMPLOYER, 20)
    assert {g.deductions for g in generations_of(union.world, EMPLOYER)} == {0}
    assert look_up_deductions(union.world, EMPLOYER, Criteria(), Order()).hits == 0
    assert sheets_of(union.world, EMPLOYER) == []


def test_the_totals_kept_are_the_sums_of_the_lines(union: Bench) -> None:
    deliver_generation(union.world, MEMBER, 200)
    for sheet in sheets_of(union.world, MEMBER):
        lines = lines_of(union, sheet.generation.month)
        generation = sheet.generation
        assert (generation.deductions, generation.deducted) == (len(lines), sum(line.amount for line in lines))
        for item in sheet.items:
            of_kind = [line.amount for line in lines if line.kind == item.kind]
            assert (item.lines, item.asked) == (len(of_kind), sum(of_kind))
        assert sheet.total.asked == sheet.total.paid == sheet.generation.deducted


@pytest.mark.parametrize("order", [Order(c, d) for c in DEDUCTION_SORTS for d in (False, True)], ids=str)
def test_every_column_sorts_all_pages_whether_hits_are_few_or_many(union: Bench, order: Order) -> None:
    deliver_generation(union.world, MEMBER, 1000)
    for criteria in (Criteria(), Criteria(kind="deposit"), Criteria(name="サトウ")):
        pages = look_up_deductions(union.world, MEMBER, criteria, order).pages
        found = [look_up_deductions(union.world, MEMBER, criteria, order, page + 1) for page in range(pages)]
        shown = [line for each in found for line in each.lines]
        keys = [(getattr(line, order.column), line.id) for line in shown]
        assert keys == sorted(keys, reverse=order.descending)
        assert len({line.id for line in shown}) == found[0].hits
        assert found[0].totals == {"amount": sum(line.amount for line in shown)}


# ---- The draft ----


def test_a_draft_may_be_open_and_is_completed_later(union: Bench) -> None:
    save_request(union.world, UNION_USER, MONTH, "", "")
    first = draft_sheet(union.world, MEMBER, MONTH).request
    assert first is not None
    assert (first.transfer_on, first.payer_name) == (None, "")
    draft(union)
    kept = draft_sheet(union.world, MEMBER, MONTH).request
    assert kept is not None
    assert (kept.id, kept.transfer_on, kept.payer_name) == (first.id, date(2026, 11, 30), PAYER)
    assert (kept.changed_by, kept.changed_by_name) == (UNION_USER, "労金　太郎")
    assert kept.revision > first.revision


@pytest.mark.parametrize(
    ("day", "code"),
    [("20261119", "E4406"), ("20270120", "E4406"), ("20261121", "E4407"), ("20261123", "E4407"), ("20261131", "E1008")],
)
def test_a_day_on_which_nothing_can_be_paid_in_is_refused_and_nothing_kept(union: Bench, day: str, code: str) -> None:
    assert refusal_of(lambda: save_request(union.world, UNION_USER, MONTH, day, PAYER)) == code
    assert draft_sheet(union.world, MEMBER, MONTH).request is None


def test_what_falls_short_lowers_what_is_paid_in_of_its_kind_only(union: Bench) -> None:
    line = a_line(union)
    before = {item.kind: item for item in sheet_of(union.world, MEMBER, MONTH).items}
    cut(union, line, line.amount - 700)
    after = {item.kind: item for item in sheet_of(union.world, MEMBER, MONTH).items}
    assert {kind for kind in before if before[kind] != after[kind]} == {line.kind}
    changed = after[line.kind]
    assert (changed.short_lines, changed.short, changed.omitted) == (1, 700, 0)
    assert changed.paid == changed.asked - 700
    assert changed.paid_lines == changed.lines


def test_the_same_line_again_replaces_what_was_said_of_it(union: Bench) -> None:
    line = a_line(union)
    cut(union, line, 100)
    cut(union, line, 0)
    total = sheet_of(union.world, MEMBER, MONTH).total
    assert (total.short_lines, total.short, total.omitted) == (1, line.amount, 1)
    assert total.paid_lines == total.lines - 1


@pytest.mark.parametrize("more", [0, 1, 10**6])
def test_an_amount_that_is_not_less_than_what_was_asked_is_refused(union: Bench, more: int) -> None:
    line = a_line(union)
    assert refusal_of(lambda: cut(union, line, line.amount + more)) == "E4408"
    assert refusal_of(lambda: cut(union, line, -1)) == "E4408"
    assert sheet_of(union.world, MEMBER, MONTH).total.short_lines == 0


def test_a_member_is_left_out_with_every_line_and_taken_back_line_by_line(union: Bench) -> None:
    worker = a_line(union).worker
    own = [line for line in lines_of(union) if line.worker == worker]
    assert len(own) > 1
    omit_member(union.world, UNION_USER, MONTH, worker, ShortReason.LEFT)
    assert sheet_of(union.world, MEMBER, MONTH).total.short == sum(line.amount for line in own)
    restore(union.world, UNION_USER, MONTH, worker, DeductionKind(own[0].kind))
    restore(union.world, UNION_USER, MONTH, worker, DeductionKind(own[0].kind))
    answered = member_lines(union.world, MEMBER, MONTH, worker)
    assert [each.paid for each in answered] == [own[0].amount, *[0] * (len(own) - 1)]
    assert {each.short.reason for each in answered if each.short} == {"left"}


def test_the_lines_of_a_request_are_searched_with_what_falls_short(union: Bench) -> None:
    deliver_generation(union.world, MEMBER, 300)
    month = date(2026, 12, 1)
    chosen = lines_of(union, month)[::7]
    for line in chosen:
        cut(union, line, 1, month)
    criteria = Criteria(month=month)
    every = request_lines(union.world, MEMBER, criteria, Order())
    assert every.totals["amount"] - every.totals["paid"] == sum(line.amount - 1 for line in chosen)
    shorts = [
        each
        for page in range(1, 4)
        for each in request_lines(union.world, MEMBER, criteria, Order(), page, only_short=True).lines
    ]
    assert [each.line.id for each in shorts] == [line.id for line in chosen]
    assert {each.paid for each in shorts} == {1}
    narrowed = Criteria(month=month, kind="deposit")
    found = request_lines(union.world, MEMBER, narrowed, Order(), only_short=True)
    expected = [line for line in chosen if line.kind == "deposit"]
    assert found.found.hits == len(expected)
    assert found.totals == {"amount": sum(line.amount for line in expected), "paid": len(expected)}


# ---- Sending ----


def test_what_is_sent_is_closed_with_its_receipt_sums_and_sender(union: Bench) -> None:
    line = a_line(union)
    cut(union, line)
    sent = send(union)
    assert sent.receipt == f"20261120-{sent.id:06}"
    assert (sent.sent_at, sent.sent_by, sent.sent_by_name) == (START, UNION_USER, "労金　太郎")
    sheet = sent_sheet(union.world, sent.receipt, MEMBER)
    assert (sent.lines, sent.amount) == (sheet.total.paid_lines, sheet.total.asked - line.amount)
    assert sheet.is_sent
    for verb in (
        lambda: draft(union),
        lambda: cut(union, line),
        lambda: omit_member(union.world, UNION_USER, MONTH, line.worker, ShortReason.LEFT),
        lambda: restore(union.world, UNION_USER, MONTH, line.worker, DeductionKind(line.kind)),
        lambda: send_request(union.world, UNION_USER, MONTH, sent.revision),
        lambda: draft_sheet(union.world, MEMBER, MONTH),
    ):
        assert refusal_of(verb) == "E4403"
    assert sent_sheet(union.world, sent.receipt, MEMBER).items == sheet.items


def test_one_draft_is_sent_once_however_many_send_it(union: Bench) -> None:
    revision = draft(union).revision
    came = outcomes(lambda: send_request(union.world, UNION_USER, MONTH, revision), 8)
    assert came == ["E4403"] * 7 + ["done"]
    assert sent_requests(union.world, MEMBER).hits == 1
    assert [event.kind for event in events(union.world)].count("transfer_request_sent") == 1


def test_a_month_that_many_begin_at_once_has_one_request(union: Bench) -> None:
    assert outcomes(lambda: draft(union), 8) == ["done"] * 8
    with union.world.store.transaction() as session:
        assert session.scalar(select(func.count()).select_from(TransferRequest)) == 1
        assert session.scalars(select(TransferRequest)).one().revision == 8


def test_what_was_not_confirmed_is_not_sent(union: Bench) -> None:
    confirmed = draft(union).revision
    cut(union, a_line(union))
    assert refusal_of(lambda: send_request(union.world, UNION_USER, MONTH, confirmed)) == "E4405"
    assert not sheet_of(union.world, MEMBER, MONTH).is_sent


@pytest.mark.parametrize(("day", "payer", "code"), [("", PAYER, "E1001"), (GOOD_DAY, "", "E1001")])
def test_a_draft_that_is_still_open_is_not_sent(union: Bench, day: str, payer: str, code: str) -> None:
    revision = save_request(union.world, UNION_USER, MONTH, day, payer).revision
    assert refusal_of(lambda: send_request(union.world, UNION_USER, MONTH, revision)) == code


def test_nothing_at_all_is_not_sent_even_by_guessing_the_revision(union: Bench) -> None:
    assert refusal_of(lambda: send_request(union.world, UNION_USER, MONTH, 0)) == "E1001"
    assert sheet_of(union.world, MEMBER, MONTH).request is None


def test_a_day_that_has_passed_since_is_told_before_sending(union: Bench) -> None:
    request = save_request(union.world, UNION_USER, MONTH, "20261120", PAYER)
    move_to(union.world, START + timedelta(days=4))
    assert refusal_of(lambda: send_request(union.world, UNION_USER, MONTH, request.revision)) == "E4406"


def test_a_request_without_anything_to_pay_in_is_not_sent(union: Bench) -> None:
    for worker in {line.worker for line in lines_of(union)}:
        omit_member(union.world, UNION_USER, MONTH, worker, ShortReason.OTHER)
    assert refusal_of(lambda: send(union)) == "E4409"


def test_every_month_is_answered_by_itself(union: Bench) -> None:
    cut(union, a_line(union))
    newer, older = send(union), send(union, OLDER)
    assert newer.receipt != older.receipt
    assert older.amount == sent_sheet(union.world, str(older.receipt), MEMBER).total.asked
    assert [request.month for request in sent_requests(union.world, MEMBER).requests] == [OLDER, MONTH]


# ---- What is kept ----


def test_what_was_sent_stays_when_its_generation_goes_and_a_draft_goes_with_it(union: Bench) -> None:
    line = a_line(union)
    cut(union, line)
    sent = send(union)
    cut(union, a_line(union, OLDER), month=OLDER)
    before = sent_sheet(union.world, str(sent.receipt), MEMBER)
    for _ in range(4):
        deliver_generation(union.world, MEMBER, 12)
    assert [g.month.month for g in generations_of(union.world, MEMBER)] == [3, 2, 1]
    assert sent_sheet(union.world, str(sent.receipt), MEMBER).items == before.items
    kept = request_lines(union.world, MEMBER, Criteria(month=MONTH, name="佐"), Order())
    assert kept.found.generation is not None
    short = request_lines(union.world, MEMBER, Criteria(month=MONTH), Order(), only_short=True)
    assert [each.line.id for each in short.lines] == [line.id]
    assert refusal_of(lambda: sheet_of(union.world, MEMBER, OLDER)) == "E4402"
    with union.world.store.transaction() as session:
        held = set(session.scalars(select(DeductionLine.generation)))
        for table in (DeductionTotal, WorkerName):
            of_union = select(table.generation).where(table.generation.in_(held))
            assert set(session.scalars(of_union)) == held
        assert session.scalar(select(func.count()).select_from(TransferRequest)) == 1
        assert session.scalar(select(func.count()).select_from(ShortDeduction)) == 1


def test_the_history_has_pages_and_the_newest_month_first(union: Bench) -> None:
    size = union.world.profile.list_page_lines
    months = [date(2026, 11, 1)]
    send(union)
    for _ in range(size):
        month = deliver_generation(union.world, MEMBER, 5).month
        send(union, month)
        months.insert(0, month)
    first, second = sent_requests(union.world, MEMBER), sent_requests(union.world, MEMBER, 99)
    assert (first.hits, first.pages, second.page) == (size + 1, 2, 2)
    assert [request.month for page in (first, second) for request in page.requests] == months


# ---- Who may ----


@pytest.mark.parametrize(
    "verb",
    [
        lambda b, by: save_request(b.world, by, MONTH, GOOD_DAY, PAYER),
        lambda b, by: shorten(b.world, by, MONTH, "100006", DeductionKind.LOAN, 0, ShortReason.WAGE),
        lambda b, by: omit_member(b.world, by, MONTH, "100006", ShortReason.WAGE),
        lambda b, by: restore(b.world, by, MONTH, "100006", DeductionKind.LOAN),
        lambda b, by: send_request(b.world, by, MONTH, 0),
    ],
)
def test_an_employer_s_user_can_do_none_of_this(union: Bench, verb: Callable[[Bench, str], object]) -> None:
    assert refusal_of(lambda: verb(union, USER_ID)) == "E4401"
    assert refusal_of(lambda: verb(union, "nobody99")) == "E5002"


def test_what_another_contract_sent_is_not_shown(union: Bench) -> None:
    receipt = str(send(union).receipt)
    assert refusal_of(lambda: sent_sheet(union.world, receipt, EMPLOYER)) == "E4410"
    assert refusal_of(lambda: sent_sheet(union.world, "20261120-999999", MEMBER)) == "E4410"
    assert sent_requests(union.world, EMPLOYER).hits == 0
    assert sent_requests(union.world).hits == 1
    assert sent_sheet(union.world, receipt).is_sent


@pytest.mark.parametrize("month", [None, date(2026, 1, 1), date(2026, 11, 2), date(2030, 1, 1)])
def test_a_month_without_list_is_refused(union: Bench, month: date | None) -> None:
    for verb in (
        lambda: sheet_of(union.world, MEMBER, month),
        lambda: draft_sheet(union.world, MEMBER, month),
        lambda: save_request(union.world, UNION_USER, month, GOOD_DAY, PAYER),
        lambda: request_lines(union.world, MEMBER, Criteria(month=month), Order()),
    ):
        assert refusal_of(verb) == "E4402"


def test_a_member_or_kind_that_is_not_in_the_list_is_refused(union: Bench) -> None:
    assert refusal_of(lambda: omit_member(union.world, UNION_USER, MONTH, "999999", ShortReason.LEFT)) == "E4404"
    line = a_line(union)
    own = {each.kind for each in lines_of(union) if each.worker == line.worker}
    missing = next(kind for kind in DeductionKind if kind.value not in own)
    assert refusal_of(lambda: restore(union.world, UNION_USER, MONTH, line.worker, missing)) == "E4404"


def test_every_operation_is_in_the_trail_with_what_it_was_about(union: Bench) -> None:
    line = a_line(union)
    before = len(events(union.world))
    cut(union, line, 5)
    restore(union.world, UNION_USER, MONTH, line.worker, DeductionKind(line.kind))
    sent = send(union)
    told = events(union.world)[before:]
    assert [event.kind for event in told] == [
        "deduction_shortened",
        "deduction_restored",
        "transfer_request_saved",
        "transfer_request_sent",
    ]
    assert {(event.user_id, event.contract_number, event.detail["month"]) for event in told} == {
        (UNION_USER, MEMBER, "2026-11")
    }
    detail = told[0].detail
    assert (detail["member"], detail["amount"], detail["reason"]) == (line.worker, 5, "休職・休業")
    assert told[3].detail["receipt"] == sent.receipt


@pytest.mark.long
def test_twenty_thousand_members_are_asked_answered_and_sent(union: Bench) -> None:
    generation = deliver_generation(union.world, MEMBER, MOST_WORKERS)
    lines = lines_of(union, generation.month)
    assert generation.deducted == sum(line.amount for line in lines)
    cut(union, lines[-1], 0, generation.month)
    sent = send(union, generation.month)
    assert (sent.lines, sent.amount) == (len(lines) - 1, generation.deducted - lines[-1].amount)
    found = request_lines(union.world, MEMBER, Criteria(month=generation.month), Order(descending=True))
    assert [each.paid for each in found.lines][:1] == [0]
