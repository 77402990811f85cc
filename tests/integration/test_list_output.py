"""Printing lists over real HTTPS: choice, question, blank page and PDF (MNU-06, MNU-07, PDF-08 to PDF-11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import httpx
import pytest
from pypdf import PdfReader

from simulator.catalogue import load_catalogue
from simulator.portal.outputs import MOST_KEPT
from simulator.server import Simulator
from simulator.services.savings import deliver_generation, generations_of
from simulator.services.savings_lists import Choice, ListData, ListKind, choose_list, list_lines
from simulator.services.trail import events
from tests.integration.savings_visits import OTHER, OTHER_NAME, START, another_member, made, name_of
from tests.integration.visitors import EMPLOYER, Visitor, codes_in, screen_of, token_in

LISTS, CONFIRMATION = "/savings/lists", "/savings/lists/confirmation"
PRINT, FILE = "/savings/lists/print", "/savings/lists/file"
CHOICE = {"data": "deposits", "kind": "statement", "month": "2026-11"}
TITLES = {
    ("deposits", "statement"): "財形積立明細書（預入依頼書）",
    ("balances", "statement"): "財形積立明細書（加入者残高一覧表）",
    ("subsidies", "statement"): "財形積立明細書（奨励金）",
    ("deposits", "changes"): "財形積立変更明細書（預入依頼書）",
    ("balances", "alarms"): "財形貯蓄アラーム/非課税申告手続等管理明細一覧表",
}


def at(path: str, **changes: str) -> str:
    return f"{path}?{urlencode({**CHOICE, **changes})}"


def press_ok(member: Visitor, **changes: str) -> httpx.Response:
    """Press OK in the question over this choice; the page of the new window."""
    token = token_in(member.get(at(CONFIRMATION, **changes)))
    return member.client.post(at(PRINT, **changes), data={"csrf_token": token})


def file_of(blank: httpx.Response) -> str:
    """Where the blank page sends the browser."""
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', blank.text)
    assert found, blank.text
    return unescape(found[1])


def printed(member: Visitor, **changes: str) -> httpx.Response:
    return member.get(file_of(press_ok(member, **changes))).raise_for_status()


def dialog(page: httpx.Response) -> str:
    return page.text.partition("<dialog")[2].partition("</dialog>")[0]


def test_nobody_gets_there_without_logging_in(window: Visitor) -> None:
    for path in (LISTS, CONFIRMATION, PRINT, FILE):
        page = window.get(path)
        assert (page.status_code, codes_in(page)) == (403, ["E9002"])
    assert window.client.post(PRINT).status_code == 403


def test_the_screen_offers_data_lists_and_months_and_tells_how_much_there_is(member: Visitor) -> None:
    page = member.get(LISTS)
    assert screen_of(page) == "list_output"
    for key in ("data", "kind"):
        for label in load_catalogue().screen("list_output").field(key).choices.values():
            assert f">{label}</option>" in page.text
    assert re.findall(r'<option value="(2026-\d\d)"', page.text) == ["2026-11", "2026-10", "2026-09"]
    assert re.findall(r'<td class="number">([^<]+)</td>', page.text)[-2:] == ["比較なし", "4件"]
    assert 'name="csrf_token"' not in page.text.partition("<main>")[2]


def test_pressing_print_asks_and_tells_list_month_and_number_of_lines(member: Visitor) -> None:
    page = member.get(at(CONFIRMATION))
    assert (page.status_code, screen_of(page)) == (200, "list_output")
    for said in ("確認ウィンドウ画面", "財形積立明細書（預入依頼書）", "2026年11月分", "21件"):
        assert said in dialog(page)
    assert re.findall(r"<button[^>]*>([^<]+)</button>", dialog(page)) == ["OK", "キャンセル"]
    assert re.findall(r"<dialog[^>]* open ", page.text)  # it can be answered without a script
    assert 'target="_blank"' in dialog(page)


def test_cancelling_leads_back_to_the_same_choice(member: Visitor) -> None:
    page = member.get(at(CONFIRMATION, data="subsidies", month="2026-10"))
    (back,) = re.findall(r'<form class="link" method="get" action="([^"]+)" data-cancels>', dialog(page))
    kept = dict(re.findall(r'type="hidden" name="(data|kind|month)" value="([^"]*)"', dialog(page)))
    shown = member.client.get(back, params=kept).text
    for value in ("subsidies", "statement", "2026-10"):
        assert f'<option value="{value}" selected>' in shown


def test_ok_opens_a_page_that_stays_blank_and_fetches_the_file(member: Visitor) -> None:
    blank = press_ok(member)
    assert (blank.status_code, screen_of(blank), blank.request.method) == (200, "list_print", "GET")
    body = blank.text.partition("<main>")[2]
    assert re.sub(r"<[^>]+>", " ", body).split() == ["DC593303", "印刷", "シミュレータ"]


@pytest.mark.parametrize(("data", "kind"), list(TITLES))
def test_the_file_is_a_pdf_to_download_with_every_line_of_the_list(
    simulator: Simulator, member: Visitor, data: str, kind: str
) -> None:
    download = printed(member, data=data, kind=kind)
    assert download.headers["content-type"] == "application/pdf"
    title = TITLES[data, kind]
    assert name_of(download) == title.translate({0xFF08: "_", 0xFF09: None, 0x2F: "・"}) + "_2026年11月分.pdf"
    text, pages = text_of(download)
    chosen = choose_list(simulator.world, EMPLOYER, Choice(ListKind(kind), ListData(data), START.date().replace(day=1)))
    assert pages == 1
    for said in (title, "株式会社シミュレータ商事", "10000001", "2026年11月分", "シミュレータ", "1 / 1", "合計"):
        assert said in text, said
    for line in list_lines(simulator.world, chosen):
        assert line.worker in text
        assert line.name.replace("\u3000", " ") in text
    for total in chosen.totals:
        assert f"{total:,}" in text


def text_of(download: httpx.Response) -> tuple[str, int]:
    """What another library reads in a PDF, and how many pages it has."""
    pages = PdfReader(BytesIO(download.content)).pages
    assert all(round(page.mediabox.width) == 842 and round(page.mediabox.height) == 595 for page in pages)
    return "\n".join(" ".join(page.extract_text().split()) for page in pages), len(pages)


def test_a_statement_of_changes_tells_kind_and_amounts_before_and_after(member: Visitor) -> None:
    text, _ = text_of(printed(member, kind="changes"))
    assert "比べた世代" in text
    assert "2026年10月分" in text
    for said in ("新規", "変更", "中止"):
        assert re.search(rf"架空\S+\s*一般財形\s*\d{{7}}\s*{said}", text), text


def test_long_lists_have_pages_with_numbers_and_totals_on_the_last(simulator: Simulator, member: Visitor) -> None:
    month = f"{deliver_generation(simulator.world, EMPLOYER, 200).month:%Y-%m}"
    text, pages = text_of(printed(member, data="balances", month=month))
    assert pages > 5
    for number in range(1, pages + 1):
        assert f"{number} / {pages}" in text
    assert text.count("財形積立明細書（加入者残高一覧表）") == pages
    assert text.count("合計") == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "changes", "data": "balances"}, ["E4202"]),
        ({"kind": "changes", "data": "subsidies"}, ["E4202"]),
        ({"kind": "changes", "month": "2026-09"}, ["E4204"]),
        ({"month": "2026-08"}, ["E5007"]),
        ({"month": "2026-13"}, ["E5007"]),
        ({"month": ""}, ["E5007"]),
        ({"kind": "other", "data": "x" * 5000}, ["E5007", "E5007"]),
        ({"kind": "", "data": "", "month": "\0"}, ["E5007"] * 3),
    ],
)
def test_what_cannot_be_printed_is_told_over_the_choice_and_nothing_is_made(
    simulator: Simulator, member: Visitor, changes: Mapping[str, str], told: list[str]
) -> None:
    before = made(simulator)
    page = member.get(at(CONFIRMATION, **changes))
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, told, "list_output")
    assert "<dialog" not in page.text
    token = token_in(member.get(at(CONFIRMATION)))
    pressed = member.client.post(at(PRINT, **changes), data={"csrf_token": token})
    assert (pressed.status_code, codes_in(pressed)) == (422, told)
    assert made(simulator) == before


def test_what_was_chosen_stays_when_it_is_refused(member: Visitor) -> None:
    page = member.get(at(CONFIRMATION, kind="changes", data="balances", month="2026-10"))
    for value in ("balances", "changes", "2026-10"):
        assert f'<option value="{value}" selected>' in page.text


def test_ok_without_the_token_makes_nothing(simulator: Simulator, member: Visitor) -> None:
    before = made(simulator)
    member.get(at(CONFIRMATION))
    for data in ({}, {"csrf_token": "x"}):
        assert codes_in(member.client.post(at(PRINT), data=data)) == ["E9005"]
    assert made(simulator) == before


@pytest.mark.parametrize("path", [PRINT, FILE])
@pytest.mark.parametrize("ticket", ["", "x", "' OR 1=1 --"])
def test_a_ticket_that_the_session_does_not_have_is_worth_nothing(member: Visitor, path: str, ticket: str) -> None:
    page = member.client.get(path, params={"ticket": ticket})
    assert (page.status_code, codes_in(page)) == (409, ["E9001"])


def test_tickets_are_forgotten_when_there_are_many(member: Visitor) -> None:
    first = file_of(press_ok(member))
    member.get(first).raise_for_status()
    for _ in range(MOST_KEPT):
        press_ok(member)
    assert codes_in(member.get(first)) == ["E9001"]


def test_every_list_printed_is_in_the_trail_and_looking_is_not(simulator: Simulator, member: Visitor) -> None:
    member.get(LISTS)
    before = events(simulator.world)
    member.get(at(CONFIRMATION))
    assert len(events(simulator.world)) == len(before)
    printed(member, kind="changes")
    (added,) = events(simulator.world)[len(before) :]
    assert (added.kind, added.actor, added.contract_number) == ("list_printed", "master01", EMPLOYER)
    assert added.detail == {"list": "財形積立変更明細書（預入依頼書）", "month": "2026-11", "lines": 3}


def test_a_generation_that_has_made_way_is_told_in_the_window_of_the_file(
    simulator: Simulator, member: Visitor
) -> None:
    blank = press_ok(member, month="2026-09")
    deliver_generation(simulator.world, EMPLOYER, 5)
    page = member.get(file_of(blank))
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E4203"], "operation_error")


def test_another_contract_s_lists_are_never_reached(simulator: Simulator, member: Visitor) -> None:
    """The login decides whose lists there are: nothing that is sent can name another contract."""
    blank = press_ok(member)
    with another_member(simulator) as other:
        assert codes_in(other.get(file_of(blank))) == ["E9001"]
        assert "受信したデータはありません。" in other.get(LISTS).text
        assert codes_in(other.get(at(CONFIRMATION, number=EMPLOYER, contract_number=EMPLOYER))) == ["E5007"]
        deliver_generation(simulator.world, OTHER, 7)
        own, _ = text_of(printed(other, number=EMPLOYER))
    theirs, _ = text_of(member.get(file_of(blank)))
    assert OTHER_NAME in own
    assert "株式会社シミュレータ商事" in theirs
    accounts = [set(re.findall(r"\b\d{7}\b", text)) for text in (own, theirs)]
    assert accounts[0]
    assert accounts[0].isdisjoint(accounts[1])
    assert {each.contract_number for each in generations_of(simulator.world, OTHER)} == {OTHER}
