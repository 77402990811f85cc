"""財形積立明細変更 over real HTTPS: entering, sending, history, and the labour bank's side (MNU-09 to MNU-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

from simulator.server import Simulator
from simulator.services.bank import set_detail_change
from simulator.services.detail_changes import enter_change
from simulator.services.savings import deliver_generation
from simulator.services.savings_lookup import Criteria, Order, look_up_statements
from simulator.services.users import GeneralUserEntry, register_general_user
from simulator.store import StatementLine
from tests.integration.savings_visits import OTHER, START, another_member
from tests.integration.test_savings_screens import column, lines, link
from tests.integration.visitors import (
    EMPLOYER,
    USER_ID,
    Visitor,
    at_once,
    codes_in,
    master_certificate,
    screen_of,
    token_in,
    visitor,
)

LIST, ENTRY, NEW = "/savings/changes", "/savings/changes/entry", "/savings/changes/registration"
SENDING, CONFIRMATION, RESULT = "/savings/sending", "/savings/sending/confirmation", "/savings/sending/result"
HISTORY = "/savings/changes/history"
PAGES = (LIST, f"{ENTRY}?of=100008&kind=general", NEW, SENDING, CONFIRMATION, f"{RESULT}?receipt=1", HISTORY)
SUBMITS = (
    f"{ENTRY}/amounts",
    f"{ENTRY}/stop",
    f"{ENTRY}/withdrawal",
    f"{NEW}/contents",
    f"{NEW}/withdrawal",
    CONFIRMATION,
)
CONTRACT = {
    "worker": "900001",
    "name": "新規　花子",
    "kana": "シンキ　ハナコ",
    "branch": "002",
    "kind": "pension",
    "monthly": "15000",
    "bonus": "0",
    "declared": "3000000",
}
GENERAL_USER = GeneralUserEntry("general01", "Kari#123", "労金　次郎", "general01@sample.co.jp")


@pytest.fixture
def member(simulator: Simulator) -> Iterator[Visitor]:
    """The window of a master who is logged in, of a contract with the functions."""
    simulator.clock.set(START)
    set_detail_change(simulator.world, EMPLOYER, enabled=True)
    with visitor(simulator, master_certificate(simulator)) as opened:
        opened.log_in()
        yield opened


def seen_in(page: httpx.Response) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page.text)
    assert found, page.text
    return found[1]


def address(line: StatementLine) -> str:
    return f"{ENTRY}?{urlencode({'of': line.worker, 'kind': line.kind})}"


def send_from(member: Visitor, page: httpx.Response, path: str, **values: str) -> httpx.Response:
    """Press a button on a page that was opened before."""
    return member.client.post(path, data={"seen": seen_in(page), **values, "csrf_token": token_in(page)})


def change(member: Visitor, line: StatementLine, monthly: int = 30_000, bonus: int = 0) -> httpx.Response:
    page = member.get(address(line))
    return send_from(member, page, to(line, "amounts"), monthly=str(monthly), bonus=str(bonus))


def to(line: StatementLine, section: str) -> str:
    return address(line).replace(ENTRY, f"{ENTRY}/{section}")


def register(member: Visitor, **changes: str) -> httpx.Response:
    return send_from(member, member.get(NEW), f"{NEW}/contents", **{**CONTRACT, **changes})


def details(simulator: Simulator, number: str = EMPLOYER) -> list[StatementLine]:
    return list(look_up_statements(simulator.world, number, Criteria(), Order()).lines)


def told(page: httpx.Response) -> list[str]:
    return re.findall(r'<p class="done"[^>]*><span class="code">(I\d{4})</span>', page.text)


def texts(page: httpx.Response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.partition("<main>")[2])))


# ---- Who gets there ----


def test_nobody_gets_there_without_logging_in(window: Visitor) -> None:
    for path in PAGES:
        page = window.get(path)
        assert (page.status_code, codes_in(page)) == (403, ["E9002"]), path


def test_without_the_functions_neither_menu_nor_address_nor_button_leads_there_and_at_once(
    simulator: Simulator, member: Visitor
) -> None:
    labels = ("財形積立明細変更", "財形変更後明細送信", "財形積立明細変更履歴照会")
    token = member.token(LIST)
    assert all(f"<button>{label}</button>" in member.get("/information").text for label in labels)
    set_detail_change(simulator.world, EMPLOYER, enabled=False)
    bar = member.get("/information").text
    assert not any(f"<button>{label}</button>" in bar for label in labels)
    for path in PAGES:
        page = member.get(path)
        assert (page.status_code, codes_in(page), screen_of(page)) == (403, ["E4301"], "operation_error"), path
    for path in SUBMITS:
        page = member.client.post(path, data={**CONTRACT, "seen": "0", "csrf_token": token})
        assert (page.status_code, codes_in(page)) == (403, ["E4301"]), path
    set_detail_change(simulator.world, EMPLOYER, enabled=True)
    assert member.get(LIST).status_code == 200


def test_buttons_work_only_from_a_page_of_the_session(member: Visitor) -> None:
    for path in SUBMITS:
        page = member.client.post(path, data={**CONTRACT, "seen": "0", "csrf_token": "forged"})
        assert (page.status_code, codes_in(page)) == (403, ["E9005"]), path
        assert member.get(path).status_code == (409 if path == CONFIRMATION else 405)


def test_a_contract_that_has_received_nothing_is_told_so(simulator: Simulator, member: Visitor) -> None:
    assert member.get(LIST).status_code == 200
    with another_member(simulator) as other:
        set_detail_change(simulator.world, OTHER, enabled=True)
        for path in (LIST, SENDING):
            assert "受信したデータはありません。" in other.get(path).text
        assert "変更の履歴はまだありません。" in other.get(HISTORY).text
        for path in (NEW, CONFIRMATION, PAGES[1]):
            page = other.get(path)
            assert (page.status_code, codes_in(page)) == (409, ["E4302"]), path


# ---- The list ----


def test_the_details_are_searched_sorted_and_marked_with_what_is_entered(simulator: Simulator, member: Visitor) -> None:
    one, two = [line for line in details(simulator) if line.kind == "general"][:2]
    change(member, one, 30_000, 60_000)
    page = member.get(f"{LIST}?kind={one.kind}&sort=-monthly")
    assert {line[4] for line in lines(page)} == {"一般財形"}
    amounts = [int(line[7].replace(",", "")) for line in lines(page)]
    assert amounts == sorted(amounts, reverse=True)
    assert [line[6] for line in lines(page) if line[0] == one.worker] == ["変更（30,000／60,000）"]
    send_from(member, member.get(address(two)), to(two, "stop"))
    whole = member.get(LIST)
    assert sorted(text for text in column(whole, 6) if text) == ["中止", "変更（30,000／60,000）"]
    assert "新規 0件　変更 1件　中止 1件" in whole.text
    assert screen_of(member.get(link(whole, two.worker))) == "detail_entry"


@pytest.mark.parametrize(("query", "codes"), [("worker=a", ["E1006"]), ("kind=x&name=b", ["E1006", "E5007"])])
def test_a_criterion_that_breaks_its_rule_is_told(member: Visitor, query: str, codes: list[str]) -> None:
    page = member.get(f"{LIST}?{query}")
    assert (page.status_code, codes_in(page), lines(page)) == (422, codes, [])


def test_the_list_pages_through_many_workers_with_entries_on_any_page(simulator: Simulator, member: Visitor) -> None:
    deliver_generation(simulator.world, EMPLOYER, 200)
    account = column(member.get(f"{LIST}?page=2"), 5)[20]
    line = next(each for each in all_details(simulator) if each.account == account)
    change(member, line)
    assert "変更（30,000／0）" in member.get(f"{LIST}?page=2").text
    assert "変更（30,000／0）" not in member.get(LIST).text


def all_details(simulator: Simulator) -> list[StatementLine]:
    found = [look_up_statements(simulator.world, EMPLOYER, Criteria(), Order(), page) for page in range(1, 8)]
    return [line for page in found for line in page.lines]


# ---- Entering ----


def test_a_change_leads_back_to_the_list_as_it_was_searched(simulator: Simulator, member: Visitor) -> None:
    line = details(simulator)[1]
    page = member.get(link(member.get(f"{LIST}?kind=general&sort=-kana"), line.worker))
    where = re.search(r'action="([^"]+/amounts[^"]*)"', page.text)
    assert where
    done = send_from(member, page, unescape(where[1]), monthly="30000", bonus="0")
    assert str(done.url).endswith(f"{LIST}?kind=general&sort=-kana")
    assert told(done) == ["I4301"]
    assert told(member.get(LIST)) == []


@pytest.mark.parametrize(
    ("monthly", "bonus", "codes"),
    [
        ("", "", ["E1001", "E1001"]),
        ("１０００", "0", ["E1006"]),
        ("1,000", "0", ["E1006"]),
        ("-1000", "0", ["E1006"]),
        ("12345678", "0", ["E1002"]),
        ("999", "0", ["E4308"]),
        ("1001", "500", ["E4307", "E4307"]),
        ("0", "1001000", ["E4308", "E4308"]),
    ],
)
def test_amounts_that_break_a_rule_are_told_and_stay(
    simulator: Simulator, member: Visitor, monthly: str, bonus: str, codes: list[str]
) -> None:
    line = details(simulator)[0]
    page = send_from(member, member.get(address(line)), to(line, "amounts"), monthly=monthly, bonus=bonus)
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, codes, "detail_entry")
    assert f'value="{monthly}"' in page.text
    assert "変更 0件" in member.get(LIST).text


def test_nothing_changed_is_told_where_it_was_typed(simulator: Simulator, member: Visitor) -> None:
    line = details(simulator)[0]
    page = change(member, line, line.monthly, line.bonus)
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4306"], "detail_entry")


def test_an_older_page_is_refused_shows_what_is_there_and_can_then_be_sent_on_purpose(
    simulator: Simulator, member: Visitor
) -> None:
    line = details(simulator)[0]
    old = member.get(address(line))
    register_general_user(simulator.world, USER_ID, GENERAL_USER)
    enter_change(simulator.world, "general01", line.worker, line.kind, monthly=45_000, bonus=0, seen=0)
    wrong = send_from(member, old, to(line, "amounts"), monthly="1x", bonus="0")
    assert codes_in(wrong) == ["E1006"]
    # A slip of the pen does not make the page a new one.
    page = send_from(member, wrong, to(line, "amounts"), monthly="31000", bonus="0")
    assert (page.status_code, codes_in(page)) == (409, ["E4305"])
    assert "労金　次郎さん" in page.text
    assert "変更　月例 45,000円　賞与 0円" in page.text
    assert 'value="31000"' in page.text
    assert told(send_from(member, page, to(line, "amounts"), monthly="31000", bonus="0")) == ["I4301"]
    assert "変更（31,000／0）" in member.get(LIST).text


def test_a_stop_is_entered_and_withdrawn(simulator: Simulator, member: Visitor) -> None:
    line = details(simulator)[0]
    assert told(send_from(member, member.get(address(line)), to(line, "stop"))) == ["I4302"]
    page = member.get(address(line))
    assert "/stop?" not in page.text
    assert told(send_from(member, page, to(line, "withdrawal"))) == ["I4304"]
    again = send_from(member, page, to(line, "withdrawal"))
    assert (again.status_code, codes_in(again), screen_of(again)) == (409, ["E4313"], "detail_change")


@pytest.mark.parametrize("query", ["", "?of=1&kind=general", "?of=100008&kind=gold", f"?of={'9' * 500}&kind=%00"])
def test_a_detail_that_there_is_not_is_told_over_the_list(member: Visitor, query: str) -> None:
    page = member.get(f"{ENTRY}{query}")
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4303"], "detail_change")


@pytest.mark.parametrize("seen", ["", "x", "-1", "１", "9" * 30])
def test_a_revision_that_is_none_counts_as_the_oldest(simulator: Simulator, member: Visitor, seen: str) -> None:
    line = details(simulator)[0]
    change(member, line)
    token = member.token(LIST)
    values = {"monthly": "50000", "bonus": "0", "seen": seen, "csrf_token": token}
    assert codes_in(member.client.post(to(line, "amounts"), data=values)) == ["E4305"]


# ---- New contracts ----


def test_a_new_contract_is_entered_corrected_and_withdrawn(member: Visitor) -> None:
    assert told(register(member)) == ["I4303"]
    where = link(member.get(SENDING), "900001")
    page = member.get(where)
    assert 'value="新規　花子"' in page.text
    assert '<option value="002" selected>' in page.text
    entry = where.rpartition("?")[2]
    done = send_from(member, page, f"{NEW}/contents?{entry}", **{**CONTRACT, "monthly": "16000"})
    assert told(done) == ["I4303"]
    assert [line[5] for line in lines_of_sending(member)] == ["16,000"]
    stale = send_from(member, page, f"{NEW}/contents?{entry}", **CONTRACT)
    assert codes_in(stale) == ["E4303"]
    where = link(member.get(SENDING), "900001")
    withdrawal = where.replace(NEW, f"{NEW}/withdrawal")
    assert told(send_from(member, member.get(where), withdrawal)) == ["I4304"]
    assert lines_of_sending(member) == []


def lines_of_sending(member: Visitor) -> list[list[str]]:
    page = member.get(SENDING)
    body = page.text.partition('id="list"')[2]
    rows = re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"worker": "12a"}, ["E1006"]),
        ({"worker": "１２"}, ["E1006"]),
        ({"worker": "12345678901"}, ["E1002"]),
        ({"name": "hanako"}, ["E1006"]),
        ({"name": "　"}, ["E1001"]),
        ({"kana": "しんき"}, ["E1006"]),
        ({"kana": "ｼﾝｷ"}, ["E1006"]),
        ({"branch": ""}, ["E5007"]),
        ({"branch": "999"}, ["E5007"]),
        ({"kind": ""}, ["E5007"]),
        ({"kind": "gold"}, ["E5007"]),
        ({"declared": ""}, ["E1001"]),
        ({"declared": "5510000"}, ["E4311"]),
        ({"kind": "general"}, ["E4312"]),
        (dict.fromkeys(CONTRACT, ""), ["E1001"] * 3 + ["E5007"] * 2 + ["E1001"] * 2),
    ],
)
def test_a_new_contract_that_breaks_a_rule_is_told_and_nothing_typed_is_lost(
    member: Visitor, changes: dict[str, str], codes: list[str]
) -> None:
    page = register(member, **changes)
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, codes, "detail_registration")
    for key, value in {**CONTRACT, **changes}.items():
        if key not in {"branch", "kind"} and value:
            assert f'value="{value}"' in page.text, key
    assert "新規 0件" in member.get(LIST).text


@pytest.mark.parametrize("entry", ["0", "99", "x", "-1", "9" * 40, ""])
def test_an_entry_that_there_is_not_is_told_over_the_list(member: Visitor, entry: str) -> None:
    page = member.get(f"{NEW}?entry={entry}")
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4303"], "detail_change")
    values = {**CONTRACT, "seen": "0", "csrf_token": member.token(LIST)}
    assert codes_in(member.client.post(f"{NEW}/contents?entry={entry}", data=values)) == ["E4303"]
    assert codes_in(member.client.post(f"{NEW}/withdrawal?entry={entry}", data=values)) == ["E4303"]


def test_what_is_typed_is_shown_as_text(member: Visitor) -> None:
    register(member, name="＜ｂ＞＆“花子”")
    assert "＜ｂ＞＆“花子”" in texts(member.get(SENDING))


# ---- Sending ----


def test_sending_shows_what_is_sent_gives_a_receipt_and_closes(simulator: Simulator, member: Visitor) -> None:
    one, two = details(simulator)[:2]
    change(member, one, 30_000, 0)
    send_from(member, member.get(address(two)), to(two, "stop"))
    register(member)
    confirmation = member.get(CONFIRMATION)
    sums = f"合計 3 {one.monthly + two.monthly:,} 45,000 {one.bonus + two.bonus:,} 0"
    assert sums in texts(confirmation)
    result = send_from(member, confirmation, CONFIRMATION)
    assert screen_of(result) == "detail_sending_result"
    for text in ("20261120-000001", "2026年11月20日 10:00", "2026年11月分", f"労金　太郎（{USER_ID}）"):
        assert text in result.text
    again = send_from(member, confirmation, CONFIRMATION)
    assert again.url == result.url
    closed = member.get(LIST)
    assert "送信済み（2026年11月20日 10:00　受付番号 20261120-000001）" in closed.text
    assert link(closed, one.worker) == ""
    for path in (address(one), NEW, CONFIRMATION):
        page = member.get(path)
        assert (page.status_code, codes_in(page)) == (409, ["E4304"]), path
    assert "送信へ</button>" not in member.get(SENDING).text.partition("<main>")[2]
    deliver_generation(simulator.world, EMPLOYER, 12)
    assert "未送信" in member.get(LIST).text
    assert told(change(member, details(simulator)[0], 35_000)) == ["I4301"]
    assert "20261120-000001" in member.get(f"{RESULT}?receipt=20261120-000001").text


def test_nothing_to_send_is_told(member: Visitor) -> None:
    page = member.get(CONFIRMATION)
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4314"], "detail_sending")
    page = member.client.post(CONFIRMATION, data={"seen": "0", "csrf_token": token_in(page)})
    assert (page.status_code, codes_in(page)) == (409, ["E4314"])


def test_what_came_after_the_confirmation_is_confirmed_again(simulator: Simulator, member: Visitor) -> None:
    one, two = details(simulator)[:2]
    change(member, one)
    confirmation = member.get(CONFIRMATION)
    change(member, two)
    page = send_from(member, confirmation, CONFIRMATION)
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4315"], "detail_sending_confirmation")
    assert screen_of(send_from(member, page, CONFIRMATION)) == "detail_sending_result"


def test_two_sends_at_once_give_one_receipt(simulator: Simulator, member: Visitor) -> None:
    change(member, details(simulator)[0])
    confirmation = member.get(CONFIRMATION)
    pages = at_once(lambda _: send_from(member, confirmation, CONFIRMATION), 4)
    assert {str(page.url).rpartition("=")[2] for page in pages} == {"20261120-000001"}
    assert len(lines(member.get(f"{HISTORY}?action=sent"))) == 1


@pytest.mark.parametrize("receipt", ["", "1", "20261120-000002", "' OR 1=1", "x" * 500])
def test_a_receipt_that_is_not_the_contract_s_is_told(member: Visitor, receipt: str) -> None:
    page = member.client.get(RESULT, params={"receipt": receipt})
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4316"], "detail_sending")


# ---- History ----


def test_the_history_lists_who_did_what_and_is_searched(simulator: Simulator, member: Visitor) -> None:
    assert "変更の履歴はまだありません。" in member.get(HISTORY).text
    line = details(simulator)[1]
    change(member, line, 30_000, 0)
    register(member)
    send_from(member, member.get(CONFIRMATION), CONFIRMATION)
    page = member.get(HISTORY)
    assert [cells[1] for cells in lines(page)] == ["送信", "新規の入力", "変更の入力"]
    assert {cells[7] for cells in lines(page)} == {f"労金　太郎（{USER_ID}）"}
    before = f"月例 {line.monthly:,}円　賞与 {line.bonus:,}円"
    assert [cells[6] for cells in lines(page)] == [
        "2件　受付番号 20261120-000001",
        "なし → 月例 15,000円　賞与 0円",
        f"{before} → 月例 30,000円　賞与 0円",
    ]
    found = {
        query: len(lines(member.get(f"{HISTORY}?{query}")))
        for query in ("worker=9", "first=20261120&last=20261120", "first=20261121", f"user={USER_ID}", "user=nobody01")
    }
    assert list(found.values()) == [1, 3, 0, 3, 0]
    assert "条件に合う履歴はありません。" in member.get(f"{HISTORY}?first=20261121").text
    assert column(member.get(f"{HISTORY}?sort=at"), 1) == ["変更の入力", "新規の入力", "送信"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("first=2026", ["E1002"]),
        ("first=2026-11-", ["E1006"]),
        ("first=20261131", ["E1008"]),
        ("last=20260229", ["E1008"]),
        ("first=00000101", ["E1008"]),
        ("first=20261121&last=20261120", ["E1009"]),
        ("worker=x", ["E1006"]),
        ("user=x", ["E1002"]),
        ("action=bake", ["E5007"]),
        ("first=20000101&last=20991231", []),
        ("first=00010101&last=99991231", ["E1008", "E1008"]),
    ],
)
def test_a_criterion_of_the_history_that_breaks_its_rule_is_told(member: Visitor, query: str, codes: list[str]) -> None:
    page = member.get(f"{HISTORY}?{query}")
    assert (page.status_code, codes_in(page)) == (422 if codes else 200, codes)


# ---- The labour bank ----


@pytest.fixture
def office(simulator: Simulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=simulator.endpoints.office, timeout=20) as client:
        yield client


def test_the_labour_bank_reads_what_arrived_and_no_draft(
    simulator: Simulator, member: Visitor, office: httpx.Client
) -> None:
    line = details(simulator)[0]
    change(member, line)
    register(member)
    arrived = f"/api/contracts/{EMPLOYER}/detail-changes"
    assert office.get(arrived).json() == []
    assert "届いた明細変更はありません。" in office.get("/detail-changes").text
    assert "届いた明細変更" not in office.get(f"/contracts/{EMPLOYER}").text
    send_from(member, member.get(CONFIRMATION), CONFIRMATION)
    (sent,) = office.get(arrived).json()
    assert (sent["receipt"], sent["month"], sent["sent_by"]) == ("20261120-000001", "2026-11-01", USER_ID)
    assert {kind: tally["entries"] for kind, tally in sent["tallies"].items()} == {"new": 1, "changed": 1, "stopped": 0}
    detail = office.get("/api/detail-changes/20261120-000001").json()
    assert [(each["change"], each["worker"], each["monthly"]) for each in detail["entries"]] == [
        ("changed", line.worker, 30_000),
        ("new", "900001", 15_000),
    ]
    for path in ("/detail-changes", f"/detail-changes?contract={EMPLOYER}", f"/contracts/{EMPLOYER}"):
        assert "/detail-changes/20261120-000001" in office.get(path).text
    paper = office.get("/detail-changes/20261120-000001").text
    for text in ("新規　花子", "シンキ　ハナコ", "財形年金", "3,000,000", "架空中央支店", f"労金　太郎（{USER_ID}）"):
        assert text in paper
    trail = office.get("/trail").text
    for text in ("変更後の明細を労金へ送信", "明細の変更を入力", "財形年金", "新規"):
        assert text in trail


def test_what_there_is_not_is_told_at_the_labour_bank(simulator: Simulator, office: httpx.Client) -> None:
    assert simulator.is_running
    for path, status, code in (
        ("/api/contracts/99999999/detail-changes", 404, "E5001"),
        ("/api/detail-changes/20261120-000009", 404, "E4316"),
    ):
        answer = office.get(path)
        assert (answer.status_code, answer.json()["detail"]["code"]) == (status, code)
    assert office.get("/api/detail-changes/x").status_code == 422
    assert office.get("/api/detail-changes/1?page=0").status_code == 422
    page = office.get("/detail-changes/20261120-000009")
    assert (page.status_code, "E4316" in page.text) == (404, True)
    assert "E1002" in office.get("/detail-changes?contract=1").text
    page = office.get("/detail-changes?contract=99999999")
    assert (page.status_code, "E5001" in page.text) == (404, True)
