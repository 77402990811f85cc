"""Printing and exporting in 控除事務 over real HTTPS, read back by other libraries (ambiguity 22, PDF-08 to PDF-11)."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import unquote

import httpx
import pytest
from pypdf import PdfReader

from simulator.rules import DeductionKind, ShortReason
from simulator.server import Simulator
from simulator.services.deductions_requests import save_request, send_request, shorten
from simulator.services.savings import deliver_generation
from simulator.services.savings_lookup import Criteria, Order, look_up_deductions
from simulator.services.trail import events
from tests.integration.test_deduction_screens import FIRST, GOOD, MEMBER, USER, employer, line_of, union
from tests.integration.visitors import Visitor, codes_in, screen_of, token_in

__all__ = ["employer", "union"]  # the fixtures
LIST, VIEW = "/deductions/list", "/deductions/requests/view"
ASK, PRINT, EXPORT = f"{LIST}/confirmation", f"{LIST}/print", f"{LIST}/export"
BLANK, FILE = "/deductions/print", "/deductions/file"
HEADING = ["組合員番号", "氏名", "氏名カナ", "店舗", "控除項目", "口座番号", "控除依頼額"]


def dialog(page: httpx.Response) -> str:
    return page.text.partition("<dialog")[2].partition("</dialog>")[0]


def press_ok(window: Visitor, asked: str) -> httpx.Response:
    """Press OK in the question on this page; the page of the new window."""
    page = window.get(asked)
    action = re.search(r'method="post" action="([^"]+)" target="_blank"', dialog(page))
    assert action, page.text
    return window.client.post(unescape(action[1]), data={"csrf_token": token_in(page)})


def printed(window: Visitor, asked: str) -> httpx.Response:
    blank = press_ok(window, asked)
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', blank.text)
    assert found, blank.text
    return window.get(unescape(found[1])).raise_for_status()


def exported(window: Visitor, query: str = "", encoding: str = "cp932") -> httpx.Response:
    address = f"{EXPORT}?{query}"
    return window.client.post(address, data={"encoding": encoding, "csrf_token": token_in(window.get(address))})


def text_of(download: httpx.Response) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(download.content)).pages)


def rows_of(download: httpx.Response, encoding: str = "cp932") -> list[list[str]]:
    return list(csv.reader(io.StringIO(download.content.decode(encoding), newline="")))


def name_of(download: httpx.Response) -> str:
    return unquote(download.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def sent_request(simulator: Simulator) -> str:
    line = line_of(simulator)
    shorten(simulator.world, USER, FIRST, line.worker, DeductionKind(line.kind), 100, ShortReason.WAGE)
    draft = save_request(simulator.world, USER, FIRST, GOOD["transfer_on"], GOOD["payer_name"])
    return str(send_request(simulator.world, USER, FIRST, draft.revision).receipt)


def test_neither_nobody_nor_an_employer_gets_there(window: Visitor, employer: Visitor) -> None:
    for path in (ASK, EXPORT, BLANK, FILE, f"{VIEW}/confirmation"):
        assert codes_in(window.get(path)) == ["E9002"]
        assert codes_in(employer.get(path)) == ["E4401"]
    token = token_in(employer.get("/information"))
    for path in (PRINT, EXPORT, f"{VIEW}/print"):
        assert codes_in(employer.client.post(path, data={"csrf_token": token})) == ["E4401"]


def test_the_question_tells_what_will_be_printed_and_leads_back_to_the_same_search(union: Visitor) -> None:
    page = union.get(f"{ASK}?kind=loan&sort=-amount&month=2026-10")
    assert screen_of(page) == "deduction_list"
    for said in ("確認ウィンドウ画面", "控除依頼リスト", "2026年10月分", "4件"):
        assert said in dialog(page)
    assert re.findall(r"<button[^>]*>([^<]+)</button>", dialog(page)) == ["OK", "キャンセル"]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', dialog(page).partition("data-cancels")[2]))
    assert hidden == {"month": "2026-10", "kind": "loan", "sort": "-amount"}


def test_the_pdf_holds_every_line_with_the_total_and_what_was_searched_for(
    simulator: Simulator, union: Visitor
) -> None:
    found = look_up_deductions(simulator.world, MEMBER, Criteria(), Order())
    download = printed(union, ASK)
    text = text_of(download)
    assert name_of(download) == "控除依頼リスト_2026年11月分.pdf"
    for line in found.lines:
        assert line.account in text
        assert f"{line.amount:,}" in text
    assert f"合計（{found.hits}件）" in text
    assert f"{found.totals['amount']:,}" in text
    assert "20000001" in text
    assert "検索条件" not in text
    narrowed = text_of(printed(union, f"{ASK}?kind=loan"))
    assert "控除項目：ローン返済" in narrowed
    assert "合計（4件）" in narrowed
    assert "一般財形" not in narrowed


def test_many_members_are_printed_on_many_pages(simulator: Simulator, union: Visitor) -> None:
    lines = deliver_generation(simulator.world, MEMBER, 2000).deductions
    download = printed(union, ASK)
    pages = PdfReader(io.BytesIO(download.content)).pages
    assert len(pages) > 50
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert f"合計（{lines:,}件）" in pages[-1].extract_text()


def test_the_csv_reads_back_as_the_list_in_both_character_sets(simulator: Simulator, union: Visitor) -> None:
    deliver_generation(simulator.world, MEMBER, 300)
    found = look_up_deductions(simulator.world, MEMBER, Criteria(), Order())
    for key, encoding in (("cp932", "cp932"), ("utf8", "utf-8-sig")):
        download = exported(union, encoding=key)
        rows = rows_of(download, encoding)
        assert name_of(download) == "控除依頼リスト_2026年12月分.csv"
        assert (rows[0], len(rows)) == (HEADING, found.hits + 1)
        assert sum(int(row[6]) for row in rows[1:]) == found.totals["amount"]
        assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
        assert b"\r\n" in download.content


def test_what_cp932_cannot_express_is_told_before_the_download(simulator: Simulator, union: Visitor) -> None:
    deliver_generation(simulator.world, MEMBER, 300)
    page = union.get(EXPORT)
    listed = re.findall(r'<tr><th scope="row">(\d+)</th><td>([^<]+)</td><td>([^<]+)</td></tr>', page.text)
    assert listed
    by_number = {row[0]: row[1] for row in rows_of(exported(union))}
    for number, name, characters in listed:
        assert by_number[number] == "".join("〓" if letter in characters else letter for letter in name)


@pytest.mark.parametrize("path", [ASK, EXPORT])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("worker=12a", "E1006"),
        ("month=2026-01", "E5007"),
        ("name=%E3%82%91%E3%82%91", "E4411"),
    ],
)
def test_a_search_that_finds_nothing_is_not_put_on_paper(union: Visitor, path: str, query: str, told: str) -> None:
    page = union.get(f"{path}?{query}")
    assert (page.status_code, screen_of(page)) == (422, "deduction_list")
    assert set(codes_in(page)) == {told}
    assert "<dialog" not in page.text


@pytest.mark.parametrize("encoding", ["", "utf16", "CP932"])
def test_a_character_set_that_is_not_offered_is_told(union: Visitor, encoding: str) -> None:
    page = exported(union, encoding=encoding)
    assert (page.status_code, screen_of(page), codes_in(page)) == (422, "deduction_export", ["E5007"])


def test_a_request_is_printed_with_its_sums_and_what_falls_short(simulator: Simulator, union: Visitor) -> None:
    receipt, line = sent_request(simulator), line_of(simulator)
    page = union.get(f"{VIEW}/confirmation?of={receipt}")
    assert "まとめ入金依頼書" in dialog(page)
    download = printed(union, f"{VIEW}/confirmation?of={receipt}")
    text = text_of(download)
    assert name_of(download) == "まとめ入金依頼書_2026年11月分.pdf"
    total = look_up_deductions(simulator.world, MEMBER, Criteria(), Order()).totals["amount"]
    paid = total - line.amount + 100
    for said in (receipt, "2026年11月30日", GOOD["payer_name"], line.worker, "賃金不足", f"{total:,}", f"{paid:,}"):
        assert said in text
    loans = look_up_deductions(simulator.world, MEMBER, Criteria(kind="loan"), Order()).totals["amount"]
    (of_loans,) = [row for row in text.splitlines() if row.startswith("ローン返済")]
    assert of_loans.split()[-3:] == [f"{loans:,}", f"{line.amount - 100:,}", f"{loans - line.amount + 100:,}"]
    assert codes_in(union.get(f"{VIEW}/confirmation?of=20261120-999999")) == ["E4410"]


def test_a_request_of_long_ago_is_printed_after_its_savings_are_gone(simulator: Simulator, union: Visitor) -> None:
    receipt = sent_request(simulator)
    for _ in range(4):
        deliver_generation(simulator.world, MEMBER, 5)
    assert receipt in text_of(printed(union, f"{VIEW}/confirmation?of={receipt}"))


def test_a_list_that_went_before_it_came_down_is_told(simulator: Simulator, union: Visitor) -> None:
    blank = press_ok(union, f"{ASK}?month=2026-09")
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', blank.text)
    assert found
    deliver_generation(simulator.world, MEMBER, 5)
    gone = union.get(unescape(found[1]))
    assert (gone.status_code, codes_in(gone)) == (409, ["E4402"])


@pytest.mark.parametrize("path", [BLANK, FILE, f"{FILE}?ticket=nobody"])
def test_without_a_ticket_nothing_comes_down(union: Visitor, path: str) -> None:
    assert codes_in(union.get(path)) == ["E9001"]


def test_who_prints_and_exports_is_in_the_trail(simulator: Simulator, union: Visitor) -> None:
    receipt = sent_request(simulator)
    before = len(events(simulator.world))
    press_ok(union, f"{ASK}?kind=loan")
    exported(union, "kind=loan", "utf8")
    press_ok(union, f"{VIEW}/confirmation?of={receipt}")
    told = events(simulator.world)[before:]
    assert [(event.kind, event.user_id, event.detail["list"]) for event in told] == [
        ("list_printed", USER, "控除依頼リスト"),
        ("data_exported", USER, "控除依頼リスト"),
        ("list_printed", USER, "まとめ入金依頼書"),
    ]
    assert (told[0].detail["lines"], told[1].detail["encoding"]) == (4, "UTF-8（BOM付き）")
