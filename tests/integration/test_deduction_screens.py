"""控除事務 over real HTTPS: who gets there, mistakes, two windows, twenty thousand members (ambiguity 22)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

from simulator.catalogue import Edition, load_catalogue
from simulator.clock import parse_moment
from simulator.rules import DeductionKind, ShortReason
from simulator.server import Simulator
from simulator.services.contracts import open_contract
from simulator.services.deductions import sheet_of, sheets_of
from simulator.services.deductions_requests import save_request, send_request, shorten
from simulator.services.registration import MasterEntry, register_master
from simulator.services.savings import deliver_generation
from simulator.services.savings_data import MOST_WORKERS
from simulator.services.savings_lookup import Criteria, Order, look_up_deductions
from simulator.store import DeductionLine
from tests.integration.test_savings_screens import amount, column, lines, link, totals
from tests.integration.visitors import (
    EMPLOYER,
    PASSWORD,
    Visitor,
    at_once,
    certificate_of,
    codes_in,
    screen_of,
    token_in,
    visitor,
)

LIST, REQUESTS = "/deductions/list", "/deductions/requests"
ENTRY, SAVE, CONFIRMATION = f"{REQUESTS}/entry", f"{REQUESTS}/entry/save", f"{REQUESTS}/confirmation"
LINES, SHORT = f"{REQUESTS}/lines", f"{REQUESTS}/short"
HISTORY, VIEW = f"{REQUESTS}/history", f"{REQUESTS}/view"
PAGES = [LIST, REQUESTS, ENTRY, CONFIRMATION, LINES, SHORT, HISTORY, VIEW]
SENT_TO = [ENTRY, SAVE, CONFIRMATION, f"{SHORT}/line", f"{SHORT}/member", f"{SHORT}/full"]
MEMBER, OTHER_UNION = "20000001", "20000002"
USER = "member01"
START = parse_moment("2026-11-20T10:00:00+09:00")
MONTH = "month=2026-11"
FIRST = date(2026, 11, 1)
GOOD = {"transfer_on": "20261130", "payer_name": "シミュレータロウドウクミアイ"}


def window_of(simulator: Simulator, user_id: str, number: str) -> Iterator[Visitor]:
    simulator.clock.set(START)
    entry = MasterEntry(user_id, PASSWORD, "労金　花子", f"{user_id}@sample.co.jp")
    register_master(simulator.world, number, entry)
    with visitor(simulator, certificate_of(simulator, user_id)) as opened:
        opened.log_in()
        yield opened


@pytest.fixture
def union(simulator: Simulator) -> Iterator[Visitor]:
    """The window of a union's master who is logged in, in the seeded world of a known day."""
    yield from window_of(simulator, USER, MEMBER)


@pytest.fixture
def employer(simulator: Simulator) -> Iterator[Visitor]:
    """The window of an employer's master who is logged in."""
    yield from window_of(simulator, "master01", EMPLOYER)


def line_of(simulator: Simulator, kind: str = "loan") -> DeductionLine:
    return look_up_deductions(simulator.world, MEMBER, Criteria(kind=kind), Order()).lines[0]


def about(line: DeductionLine, **more: str) -> str:
    return urlencode({"month": "2026-11", "worker": line.worker, "kind": line.kind, **more})


def send(window: Visitor, page: str, to: str, values: dict[str, str]) -> httpx.Response:
    """Fill in a form on one page that is sent to another address."""
    return window.client.post(to, data={**values, "csrf_token": token_in(window.get(page))})


def revision_in(page: httpx.Response) -> str:
    found = re.search(r'action="[^"]*revision=(\d+)"', page.text)
    assert found, page.text
    return found[1]


# ---- Who gets there ----


@pytest.mark.parametrize("path", PAGES)
def test_nobody_gets_there_without_logging_in(window: Visitor, path: str) -> None:
    page = window.get(path)
    assert (page.status_code, codes_in(page)) == (403, ["E9002"])


def test_an_employer_neither_sees_nor_reaches_any_of_it(employer: Visitor) -> None:
    page = employer.get("/information")
    assert ">控除事務<" not in page.text
    assert "/deductions" not in page.text
    for path in PAGES:
        answer = employer.get(f"{path}?{MONTH}")
        assert (answer.status_code, codes_in(answer)) == (403, ["E4401"]), path
    for path in SENT_TO:
        answer = employer.client.post(f"{path}?{MONTH}", data={**GOOD, "csrf_token": token_in(page)})
        assert (answer.status_code, codes_in(answer)) == (403, ["E4401"]), path


def test_a_union_has_the_employer_s_menu_and_the_group_of_its_own(union: Visitor) -> None:
    bar = union.get("/information").text.partition('class="menu-bar"')[2].partition("</nav>")[0]
    catalogue = load_catalogue()
    expected = [label for item in catalogue.menu_bar for label in (item.label, *(entry.label for entry in item.items))]
    shown = re.findall(r"<button[^>]*>([^<]+)</button>", bar)
    assert [label for label in shown if label in {"控除事務", "控除依頼リスト", "まとめ入金依頼書"}] == [
        "控除事務",
        "控除依頼リスト",
        "まとめ入金依頼書",
    ]
    assert set(shown) <= set(expected)
    for path in (LIST, REQUESTS):
        assert f'action="{path}"' in bar


def test_what_another_union_has_is_neither_shown_nor_changed(simulator: Simulator, union: Visitor) -> None:
    open_contract(simulator.world, OTHER_UNION, Edition.MEMBER, "よその労働組合", "Kumiai#1")
    deliver_generation(simulator.world, OTHER_UNION, 50)
    entry = MasterEntry("member99", PASSWORD, "よそ　太郎", "member99@sample.co.jp")
    register_master(simulator.world, OTHER_UNION, entry)
    request = save_request(simulator.world, "member99", FIRST, GOOD["transfer_on"], GOOD["payer_name"])
    receipt = send_request(simulator.world, "member99", FIRST, request.revision).receipt
    theirs = look_up_deductions(simulator.world, OTHER_UNION, Criteria(), Order()).lines
    own = {line.worker for line in look_up_deductions(simulator.world, MEMBER, Criteria(), Order()).lines}
    stranger = next(line for line in theirs if line.worker not in own)
    for path in (VIEW, f"{VIEW}/confirmation"):
        assert codes_in(union.get(f"{path}?of={receipt}")) == ["E4410"]
    assert str(receipt) not in union.get(HISTORY).text
    assert codes_in(union.get(f"{SHORT}?{about(stranger)}")) == ["E4404"]
    answer = send(union, ENTRY + "?" + MONTH, f"{SHORT}/line?{about(stranger)}", {"amount": "0", "reason": "left"})
    assert (answer.status_code, codes_in(answer)) == (409, ["E4404"])
    assert stranger.account not in union.get(LIST).text


# ---- The list ----


def test_the_list_has_every_line_with_its_total(simulator: Simulator, union: Visitor) -> None:
    page = union.get(LIST)
    found = look_up_deductions(simulator.world, MEMBER, Criteria(), Order())
    assert screen_of(page) == "deduction_list"
    assert column(page, 0) == [line.worker for line in found.lines]
    assert totals(page) == [sum(amount(text) for text in column(page, 6))] == [found.totals["amount"]]
    assert re.findall(r'<option value="(2026-\d\d)"', page.text) == ["2026-11", "2026-10", "2026-09"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("worker=12a", ["E1006"]),
        ("worker=12345678901", ["E1002"]),
        ("name=abc", ["E1006"]),
        ("branch=x", ["E1006"]),
        ("kind=other", ["E5007"]),
        ("month=2026-01", ["E5007"]),
        ("worker=%00&name=a&kind=%27--", ["E1006", "E1006", "E5007"]),
    ],
)
def test_a_criterion_that_breaks_its_rule_is_told_and_nothing_is_listed(
    union: Visitor, query: str, told: list[str]
) -> None:
    for path in (LIST, LINES):
        page = union.get(f"{path}?{query}")
        if path == LINES and "month" in query:
            assert (page.status_code, screen_of(page), codes_in(page)) == (409, "transfer_request", told)
            continue
        assert (page.status_code, codes_in(page)) == (422, told)
        assert '<table class="figures">' not in page.text


# ---- The draft ----


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"transfer_on": ""}, ["E1001"]),
        ({"payer_name": ""}, ["E1001"]),
        ({"transfer_on": "2026-11-30"}, ["E1006"]),
        ({"transfer_on": "2026113"}, ["E1002"]),
        ({"transfer_on": "20261131"}, ["E1008"]),
        ({"transfer_on": "20261119"}, ["E4406"]),
        ({"transfer_on": "20270120"}, ["E4406"]),
        ({"transfer_on": "20261122"}, ["E4407"]),
        ({"payer_name": "労金"}, ["E1006"]),
        ({"payer_name": "ア" * 41}, ["E1002"]),
        ({"transfer_on": "x", "payer_name": "y"}, ["E1006", "E1006"]),
    ],
)
def test_what_is_wrong_is_told_at_the_draft_and_nothing_typed_is_lost(
    simulator: Simulator, union: Visitor, changes: dict[str, str], told: list[str]
) -> None:
    typed = {**GOOD, **changes}
    page = union.submit(f"{ENTRY}?{MONTH}", typed)
    assert (page.status_code, screen_of(page), codes_in(page)) == (422, "request_entry", told)
    for value in typed.values():
        assert f'value="{value}"' in page.text
    assert sheet_of(simulator.world, MEMBER, FIRST).request is None


@pytest.mark.parametrize("changes", [{"transfer_on": ""}, {"payer_name": ""}, {"transfer_on": "", "payer_name": ""}])
def test_a_draft_may_be_kept_while_it_is_open_but_not_while_it_is_wrong(
    simulator: Simulator, union: Visitor, changes: dict[str, str]
) -> None:
    wrong = send(union, f"{ENTRY}?{MONTH}", f"{SAVE}?{MONTH}", {**GOOD, "transfer_on": "20261131"})
    assert codes_in(wrong) == ["E1008"]
    kept = send(union, f"{ENTRY}?{MONTH}", f"{SAVE}?{MONTH}", {**GOOD, **changes})
    assert (screen_of(kept), "I4401" in kept.text) == ("transfer_request", True)
    page = union.get(f"{ENTRY}?{MONTH}")
    for key, value in {**GOOD, **changes}.items():
        assert re.search(rf'<input id="{key}"[^>]* value="{value}"', page.text)
    open_still = union.get(f"{CONFIRMATION}?{MONTH}")
    told = ["E1001"] if "" in {**GOOD, **changes}.values() else []
    assert (screen_of(open_still), codes_in(open_still)) == ("request_entry", told)
    assert not sheet_of(simulator.world, MEMBER, FIRST).is_sent


@pytest.mark.parametrize("month", ["", "month=", "month=2026-01", "month=x", "month=2026-13", "month=9999-12"])
@pytest.mark.parametrize("path", [ENTRY, CONFIRMATION, SHORT])
def test_a_month_that_is_none_is_told_over_the_months(union: Visitor, path: str, month: str) -> None:
    page = union.get(f"{path}?{month}")
    assert (page.status_code, screen_of(page), codes_in(page)) == (409, "transfer_request", ["E4402"])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "", "reason": ""}, ["E1001", "E5007"]),
        ({"amount": "1,000", "reason": "wage"}, ["E1006"]),
        ({"amount": "-1", "reason": "wage"}, ["E1006"]),
        ({"amount": "0", "reason": ""}, ["E5007"]),
        ({"amount": "0", "reason": "holiday"}, ["E5007"]),
        ({"amount": "1234567890", "reason": "wage"}, ["E1002"]),
        ({"amount": "9999999", "reason": "wage"}, ["E4408"]),
    ],
)
def test_a_short_deduction_that_makes_no_sense_is_told_and_nothing_typed_is_lost(
    simulator: Simulator, union: Visitor, typed: dict[str, str], told: list[str]
) -> None:
    line = line_of(simulator)
    page = send(union, f"{SHORT}?{about(line)}", f"{SHORT}/line?{about(line)}", typed)
    assert (page.status_code, screen_of(page), codes_in(page)) == (422, "request_short", told)
    assert f'value="{typed["amount"]}"' in page.text
    if typed["reason"] == "wage":
        assert '<option value="wage" selected>' in page.text
    assert sheet_of(simulator.world, MEMBER, FIRST).request is None


def test_the_search_is_kept_over_a_short_deduction(union: Visitor) -> None:
    page = union.get(f"{LINES}?{MONTH}&kind=loan&sort=-amount")
    number = column(page, 0)[0]
    form = union.get(link(page, number))
    assert screen_of(form) == "request_short"
    action = unescape(re.findall(r'action="(/deductions/requests/short/line[^"]+)"', form.text)[0])
    after = union.client.post(action, data={"amount": "1", "reason": "leave", "csrf_token": token_in(form)})
    assert (screen_of(after), "I4402" in after.text) == ("request_lines", True)
    assert column(after, 0) == column(page, 0)
    assert (column(after, 6)[0], column(after, 8)[0]) == ("休職・休業", "1")
    asked, paid = totals(after)
    assert asked - paid == amount(column(page, 7)[0]) - 1


@pytest.mark.parametrize("kind", ["", "other", "general'", "LOAN"])
def test_a_kind_that_is_none_is_told_over_the_months(simulator: Simulator, union: Visitor, kind: str) -> None:
    worker = line_of(simulator).worker
    query = urlencode({"month": "2026-11", "worker": worker, "kind": kind})
    page = union.get(f"{SHORT}?{query}")
    assert (page.status_code, screen_of(page), codes_in(page)) == (409, "transfer_request", ["E4404"])


# ---- Sending ----


def test_what_was_confirmed_is_sent_once_however_often_the_button_is_pressed(union: Visitor) -> None:
    page = union.submit(f"{ENTRY}?{MONTH}", GOOD)
    assert screen_of(page) == "request_confirmation"
    address, token = f"{CONFIRMATION}?{MONTH}&revision={revision_in(page)}", token_in(page)
    answers = at_once(lambda _: union.client.post(address, data={"csrf_token": token}), 6)
    assert sorted(screen_of(answer) for answer in answers) == ["request_view", *["transfer_request"] * 5]
    assert [codes_in(answer) for answer in answers if screen_of(answer) == "transfer_request"] == [["E4403"]] * 5
    assert len(lines(union.get(HISTORY))) == 1


def test_what_changed_in_another_window_is_shown_before_it_is_sent(simulator: Simulator, union: Visitor) -> None:
    confirmed = union.submit(f"{ENTRY}?{MONTH}", GOOD)
    line = line_of(simulator)
    shorten(simulator.world, USER, FIRST, line.worker, DeductionKind(line.kind), 0, ShortReason.LEFT)
    address = f"{CONFIRMATION}?{MONTH}&revision={revision_in(confirmed)}"
    again = union.client.post(address, data={"csrf_token": token_in(confirmed)})
    assert (again.status_code, screen_of(again), codes_in(again)) == (409, "request_confirmation", ["E4405"])
    assert revision_in(again) != revision_in(confirmed)
    address = f"{CONFIRMATION}?{MONTH}&revision={revision_in(again)}"
    sent = union.client.post(address, data={"csrf_token": token_in(again)})
    assert (screen_of(sent), "I4404" in sent.text) == ("request_view", True)


@pytest.mark.parametrize("revision", ["", "-1", "x", "1e3", "9" * 30, "１"])
def test_a_revision_that_was_never_shown_sends_nothing(simulator: Simulator, union: Visitor, revision: str) -> None:
    page = union.submit(f"{ENTRY}?{MONTH}", GOOD)
    query = urlencode({"month": "2026-11", "revision": revision})
    answer = union.client.post(f"{CONFIRMATION}?{query}", data={"csrf_token": token_in(page)})
    assert (answer.status_code, codes_in(answer)) == (409, ["E4405"])
    assert not sheet_of(simulator.world, MEMBER, FIRST).is_sent


@pytest.mark.parametrize("path", SENT_TO)
def test_nothing_is_done_without_the_page_s_token(simulator: Simulator, union: Visitor, path: str) -> None:
    union.get(f"{ENTRY}?{MONTH}")
    answer = union.client.post(f"{path}?{about(line_of(simulator))}", data={**GOOD, "amount": "0", "reason": "left"})
    assert (answer.status_code, codes_in(answer)) == (403, ["E9005"])
    assert sheet_of(simulator.world, MEMBER, FIRST).request is None


def test_a_closed_month_can_be_looked_at_and_no_longer_changed(simulator: Simulator, union: Visitor) -> None:
    line = line_of(simulator)
    shorten(simulator.world, USER, FIRST, line.worker, DeductionKind(line.kind), 0, ShortReason.LEFT)
    request = save_request(simulator.world, USER, FIRST, GOOD["transfer_on"], GOOD["payer_name"])
    receipt = send_request(simulator.world, USER, FIRST, request.revision).receipt
    for path in (f"{ENTRY}?{MONTH}", f"{CONFIRMATION}?{MONTH}", f"{SHORT}?{about(line)}"):
        page = union.get(path)
        assert (page.status_code, screen_of(page), codes_in(page)) == (409, "transfer_request", ["E4403"])
    shown = union.get(f"{LINES}?{MONTH}&state=short")
    assert [(row[0], row[6], row[8]) for row in lines(shown)] == [(line.worker, "退職・脱退", "0")]
    assert not link(shown, line.worker)
    for month in range(5):
        deliver_generation(simulator.world, MEMBER, 5 + month)
    assert f"<td>{receipt}</td>" in union.get(f"{VIEW}?of={receipt}").text
    assert len(lines(union.get(f"{LINES}?{MONTH}&state=short"))) == 1
    assert "2026年11月分" not in union.get(REQUESTS).text
    assert link(union.get(HISTORY), str(receipt))


# ---- Many members ----


@pytest.mark.long
def test_every_page_answers_with_twenty_thousand_members(simulator: Simulator, union: Visitor) -> None:
    deliver_generation(simulator.world, MEMBER, MOST_WORKERS)
    month = "month=2026-12"
    checks: list[tuple[str, Callable[[httpx.Response], bool]]] = [
        (LIST, lambda page: len(lines(page)) == 50),
        (f"{LIST}?name=%E3%82%B5%E3%83%88%E3%82%A6&sort=-amount", lambda page: len(lines(page)) == 50),
        (f"{LIST}?page=99999", lambda page: bool(lines(page))),
        (f"{LINES}?{month}&kind=home-loan&sort=kana&page=9", lambda page: len(lines(page)) == 50),
        (f"{ENTRY}?{month}", lambda page: len(lines(page)) == 6),
        (REQUESTS, lambda page: "2026年12月分" in page.text),
    ]
    for path, is_good in checks:
        page = union.get(path)
        assert page.status_code == 200
        assert is_good(page), path
    page = union.submit(f"{ENTRY}?{month}", GOOD)
    sent = union.client.post(
        f"{CONFIRMATION}?{month}&revision={revision_in(page)}", data={"csrf_token": token_in(page)}
    )
    assert f"{sheets_of(simulator.world, MEMBER)[0].generation.deducted:,} 円" in sent.text
