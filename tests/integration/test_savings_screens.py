"""財形貯蓄事務 over real HTTPS: searching, sorting, paging, the detail, alarms, receipts (MNU-03 to MNU-05, INF-02)."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import httpx
import pytest

from simulator.catalogue import Edition
from simulator.rules import load_profile
from simulator.server import Simulator
from simulator.services.contracts import open_contract
from simulator.services.savings import deliver_generation, generations_of
from simulator.services.savings_lookup import Criteria, Order, look_up_statements
from simulator.services.trail import events
from tests.integration.savings_visits import START
from tests.integration.visitors import (
    CODE,
    EMPLOYER,
    ENTRY,
    ISSUE,
    REGISTRATION,
    RESULT,
    USER_ID,
    Visitor,
    codes_in,
    screen_of,
    visitor,
)

STATEMENTS, DETAIL, ALARMS = "/savings/statements", "/savings/statements/detail", "/savings/alarms"
MEMBER = "20000001"
SIZE = load_profile().list_page_lines


def lines(page: httpx.Response) -> list[list[str]]:
    """The cells of the list, as shown."""
    body = page.text.partition('<table class="figures">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if "<t" in row]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row] for row in rows]


def column(page: httpx.Response, number: int) -> list[str]:
    return [line[number] for line in lines(page)]


def totals(page: httpx.Response) -> list[int]:
    foot = page.text.partition("<tfoot>")[2].partition("</tfoot>")[0]
    return [int(cell.replace(",", "")) for cell in re.findall(r'<td class="number">([\d,]+)</td>', foot)]


def link(page: httpx.Response, label: str) -> str:
    found = re.search(rf'<a href="([^"]+)"[^>]*>{label}</a>', page.text)
    return unescape(found[1]) if found else ""


def amount(text: str) -> int:
    return int(text.replace(",", ""))


def test_nobody_gets_there_without_logging_in(window: Visitor) -> None:
    for path in (STATEMENTS, f"{DETAIL}?of=100000", ALARMS):
        page = window.get(path)
        assert (page.status_code, codes_in(page)) == (403, ["E9002"])


def test_the_menu_bar_has_the_group_with_both_functions_after_the_top_page(member: Visitor) -> None:
    bar = member.get("/information").text.partition('class="menu-bar"')[2].partition("</nav>")[0]
    labels = re.findall(r"<button[^>]*>([^<]+)</button>", bar)
    assert labels[:4] == ["トップページ", "財形貯蓄事務", "財形積立明細照会", "財形アラーム明細照会"]


def test_the_information_screen_tells_of_the_newest_receipts(simulator: Simulator, member: Visitor) -> None:
    page = member.get("/information").text
    newest = generations_of(simulator.world, EMPLOYER)[0]
    received = "2026年11月分　2026年11月10日 07:00 受信"
    for count, sum_of_all in (
        (newest.lines, newest.monthly),
        (newest.lines, newest.balance),
        (newest.subsidies, newest.subsidy),
    ):
        assert f"{received}（{count}件、{sum_of_all:,}円）" in page
    deliver_generation(simulator.world, EMPLOYER, 5)
    assert "2026年12月分　2026年11月20日 10:00 受信（" in member.get("/information").text


def test_a_seeded_contract_has_three_months_of_twelve_workers(member: Visitor) -> None:
    page = member.get(STATEMENTS)
    assert screen_of(page) == "statement_list"
    assert len(set(column(page, 0))) == 12
    assert re.findall(r'<option value="(2026-\d\d)"', page.text) == ["2026-11", "2026-10", "2026-09"]
    assert totals(page) == [sum(amount(line[place]) for line in lines(page)) for place in (6, 7, 8)]


def test_looking_leaves_one_line_with_who_and_what_for(simulator: Simulator, member: Visitor) -> None:
    before = len(events(simulator.world))
    member.get(f"{STATEMENTS}?name=ヤマ&kind=pension&month=2026-10")
    member.get(ALARMS)
    worker = column(member.get(STATEMENTS), 0)[0]
    member.get(f"{DETAIL}?of={worker}")
    lines = events(simulator.world)[before:]
    assert [(line.kind, line.actor, line.contract_number) for line in lines] == [
        (f"{kind}_looked_up", USER_ID, EMPLOYER) for kind in ("statements", "alarms", "statements", "statement")
    ]
    assert lines[0].detail["criteria"] == "対象年月：2026年10月分、氏名：ヤマ、財形種類：財形年金"
    assert lines[3].detail == {"worker": worker}


def test_the_information_screen_writes_nothing(simulator: Simulator, member: Visitor) -> None:
    before = simulator.world.store.version
    member.get("/information")
    assert simulator.world.store.version == before


def test_each_criterion_narrows_the_list_and_the_totals_follow(member: Visitor) -> None:
    every = lines(member.get(STATEMENTS))
    number, name, kana, branch = every[3][:4]
    for query, place, fits in (
        (f"worker={number[:5]}", 0, lambda text: text.startswith(number[:5])),
        (f"name={name[:2]}", 1, lambda text: name[:2] in text),
        (f"name={kana.replace('　', '')[1:6]}", 2, lambda text: text == kana),
        (f"branch={branch[2:4]}", 3, lambda text: branch[2:4] in text),
        ("kind=pension", 4, lambda text: text == "財形年金"),
    ):
        page = member.get(f"{STATEMENTS}?{query}")
        expected = [line for line in every if fits(line[place])]
        assert lines(page) == expected, query
        assert expected
        assert totals(page) == [sum(amount(line[place]) for line in expected) for place in (6, 7, 8)]


def test_what_was_asked_for_stands_in_the_form_again(member: Visitor) -> None:
    page = member.get(f"{STATEMENTS}?worker=1000&kind=pension&month=2026-10&name=")
    assert 'name="worker" type="text" value="1000"' in page.text
    assert '<option value="pension" selected>' in page.text
    assert '<option value="2026-10" selected>' in page.text


def test_another_month_is_another_generation(member: Visitor) -> None:
    newest, older = (member.get(f"{STATEMENTS}?month=2026-{month}") for month in ("11", "10"))
    assert set(column(newest, 0)) == set(column(older, 0))
    assert totals(newest)[2] > totals(older)[2]
    pensions = [[line[:8] for line in lines(page) if line[4] == "財形年金"] for page in (newest, older)]
    assert pensions[0] == pensions[1]  # of the dozen only 一般財形 changes in this month


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("worker=12a", ["E1006"]),
        ("worker=１２", ["E1006"]),
        ("worker=12345678901", ["E1002"]),
        ("name=abc", ["E1006"]),
        (f"name={'あ' * 21}", ["E1002"]),
        ("branch=x", ["E1006"]),
        ("kind=other", ["E5007"]),
        ("month=2026-01", ["E5007"]),
        ("month=2026-13", ["E5007"]),
        ("worker=%00&name=a&kind=%27--", ["E1006", "E1006", "E5007"]),
    ],
)
@pytest.mark.parametrize("path", [STATEMENTS, ALARMS])
def test_a_criterion_that_breaks_its_rule_is_told_and_nothing_is_listed(
    member: Visitor, path: str, query: str, told: list[str]
) -> None:
    page = member.get(f"{path}?{query}")
    assert (page.status_code, codes_in(page)) == (422, told)
    assert '<table class="figures">' not in page.text


@pytest.mark.parametrize("name", ["％", "＿", "＜ｂ＞", "＆"])
def test_a_name_is_searched_as_it_stands(member: Visitor, name: str) -> None:
    page = member.get(STATEMENTS)
    found = member.get(f"{STATEMENTS}?name={name}")
    assert page.status_code == found.status_code == 200
    assert "条件に合う明細はありません。" in found.text
    assert lines(found) == []


def test_headings_sort_and_turn_round(member: Visitor) -> None:
    page = member.get(STATEMENTS)
    assert 'aria-sort="ascending"><a' in page.text
    assert page.text.count("aria-sort") == 1
    up = member.get(link(page, "残高"))
    down = member.get(link(up, "残高"))
    amounts = [amount(text) for text in column(up, 8)]
    assert amounts == sorted(amounts)
    assert [amount(text) for text in column(down, 8)] == sorted(amounts, reverse=True)
    assert re.search(r'aria-sort="descending"><a [^>]*>残高', down.text)


@pytest.mark.parametrize(("query", "column_number"), [("kana", 2), ("-kana", 2), ("branch", 3), ("-worker", 0)])
def test_every_text_column_sorts(member: Visitor, query: str, column_number: int) -> None:
    shown = column(member.get(f"{STATEMENTS}?sort={query}"), column_number)
    assert shown == sorted(shown, reverse=query.startswith("-"))


def test_pages_hold_every_line_once_and_keep_the_search(simulator: Simulator, member: Visitor) -> None:
    deliver_generation(simulator.world, EMPLOYER, 200)
    page = member.get(f"{STATEMENTS}?sort=-balance&kind=general")
    hits = look_up_statements(simulator.world, EMPLOYER, Criteria(kind="general"), Order()).hits
    shown, sums = lines(page), totals(page)
    assert f"{hits}件中 1～{SIZE}件目" in page.text
    while following := link(page, "次へ"):
        page = member.get(following)
        assert totals(page) == sums
        shown += lines(page)
    assert len(shown) == hits > SIZE
    assert len({tuple(line) for line in shown}) == hits
    assert [amount(line[8]) for line in shown] == sorted((amount(line[8]) for line in shown), reverse=True)
    assert lines(member.get(link(page, "最初")))[0] == shown[0]


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "", "９", "9999999999999999999999"])
def test_a_page_that_is_none_is_the_first(member: Visitor, page: str) -> None:
    assert lines(member.get(f"{STATEMENTS}?page={page}")) == lines(member.get(STATEMENTS))


def test_a_page_beyond_the_last_is_the_last_and_an_unknown_column_the_first(
    simulator: Simulator, member: Visitor
) -> None:
    deliver_generation(simulator.world, EMPLOYER, 60)
    assert "2 / 2 ページ" in member.get(f"{STATEMENTS}?page=999").text
    assert lines(member.get(f"{STATEMENTS}?sort=secret_hash")) == lines(member.get(STATEMENTS))


def test_the_detail_follows_a_worker_through_the_generations_and_leads_back(member: Visitor) -> None:
    page = member.get(f"{STATEMENTS}?kind=pension&sort=-kana")
    number = column(page, 0)[0]
    detail = member.get(link(page, number))
    assert screen_of(detail) == "statement_detail"
    rows = lines(detail)
    assert sorted({row[0] for row in rows}) == ["2026年10月分", "2026年11月分", "2026年9月分"]
    assert rows[0][0] == "2026年11月分"
    pension = [row for row in rows if row[1] == "財形年金"]
    principals = [amount(row[8]) for row in reversed(pension)]
    assert [later - earlier for earlier, later in pairwise(principals)] == [amount(pension[0][5])] * 2
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', detail.text.partition("<main>")[2]))
    assert hidden == {"kind": "pension", "sort": "-kana"}


@pytest.mark.parametrize("number", ["", "999999", "x" * 500, "' OR 1=1 --"])
def test_a_worker_who_is_not_there_is_told_over_the_list(member: Visitor, number: str) -> None:
    page = member.client.get(DETAIL, params={"of": number})
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, ["E4201"], "statement_list")


def test_workers_of_another_contract_are_neither_listed_nor_shown(simulator: Simulator, member: Visitor) -> None:
    theirs = look_up_statements(simulator.world, MEMBER, Criteria(), Order()).lines
    own = look_up_statements(simulator.world, EMPLOYER, Criteria(), Order()).lines
    stranger = next(line for line in theirs if line.worker not in {each.worker for each in own})
    assert codes_in(member.get(f"{DETAIL}?of={stranger.worker}")) == ["E4201"]
    assert stranger.account not in member.get(STATEMENTS).text


def test_alarms_tell_what_is_near_exceeded_or_missing(member: Visitor) -> None:
    page = member.get(ALARMS)
    assert sorted(column(page, 4)) == sorted(
        ["限度額接近", "限度額超過", "非課税貯蓄申込書 未提出", "異動申告書 未提出"]
    )
    (near,) = lines(member.get(f"{ALARMS}?kind=near"))
    principal, limit, left = (amount(cell) for cell in near[6:])
    assert (limit, left) == (5_500_000, 5_500_000 - principal)
    assert 4_950_000 <= principal <= 5_500_000
    detail = member.get(f"{DETAIL}?of={near[0]}")
    assert "<td>限度額接近</td>" in detail.text
    assert f"<td>{left:,} 円</td>" in detail.text


def test_a_contract_that_has_received_nothing_is_told_so(simulator: Simulator, window: Visitor) -> None:
    simulator.clock.set(START)
    open_contract(simulator.world, "30000001", Edition.EMPLOYER, "届出商事", "Abcd#123")
    window.initial_login("30000001", "Abcd#123")
    window.submit(REGISTRATION, ENTRY)
    window.authenticate()
    window.submit(CODE, {"code": window.mailed_code()})
    window.submit(ISSUE, {})
    window.wait_for_issue()
    with visitor(simulator, window.get(f"{RESULT}/file").content) as member:
        assert member.log_in().text.count("受信したデータはありません。") == 3
        for path in (STATEMENTS, ALARMS):
            assert "受信したデータはありません。" in member.get(path).text
        assert codes_in(member.get(f"{STATEMENTS}?month=2026-11")) == ["E5007"]
        deliver_generation(simulator.world, "30000001", 7)
        assert len(set(column(member.get(STATEMENTS), 0))) == 7
