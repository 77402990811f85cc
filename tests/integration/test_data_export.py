"""Exporting statements over real HTTPS, read back with the standard library alone (MNU-07, MNU-08)."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import update

from simulator.catalogue import load_catalogue
from simulator.server import Simulator
from simulator.services.savings import deliver_generation, generations_of
from simulator.services.trail import events
from simulator.store import StatementLine
from tests.integration.savings_visits import OTHER, another_member, made, name_of
from tests.integration.visitors import EMPLOYER, Visitor, codes_in, screen_of, token_in

EXPORT, CONFIRMATION, FILE = "/savings/export", "/savings/export/confirmation", "/savings/export/file"
CHOICE = {"data": "deposits", "kind": "statement", "month": "2026-11", "encoding": "cp932"}
CODECS = {"cp932": "cp932", "utf8": "utf-8-sig"}


def at(path: str, **changes: str) -> str:
    return f"{path}?{urlencode({**CHOICE, **changes})}"


def press_download(member: Visitor, **changes: str) -> httpx.Response:
    token = token_in(member.get(at(CONFIRMATION, **changes)))
    return member.client.post(at(CONFIRMATION, **changes), data={"csrf_token": token})


def exported(member: Visitor, **changes: str) -> list[list[str]]:
    """The rows of the file, the heading first, each line ended and every cell quoted as Excel expects it."""
    download = press_download(member, **changes).raise_for_status()
    assert download.headers["content-type"].startswith("text/csv")
    text = download.content.decode(CODECS[changes.get("encoding", "cp932")])
    assert text.endswith('"\r\n')
    assert text.count("\n") == text.count("\r\n")
    rows = list(csv.reader(text.splitlines()))
    assert [len(row) for row in rows] == [len(rows[0])] * len(rows)
    assert text.splitlines()[1] == ",".join(f'"{cell}"' for cell in rows[1])
    return rows


def facts(page: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]*)</td></tr>', page.text)
    return {label: unescape(value) for label, value in found}


def lacking(page: httpx.Response) -> list[list[str]]:
    body = page.text.partition('<table class="figures">')[2].partition("</tbody>")[0].partition("<tbody>")[2]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if "<t" in row]


def test_nobody_gets_there_without_logging_in(window: Visitor) -> None:
    for path in (EXPORT, CONFIRMATION, FILE):
        page = window.get(path)
        assert (page.status_code, codes_in(page)) == (403, ["E9002"])
    assert window.client.post(CONFIRMATION).status_code == 403


def test_the_screen_offers_statements_only_and_shift_jis_first(member: Visitor) -> None:
    page = member.get(EXPORT)
    assert screen_of(page) == "data_export"
    kinds = page.text.partition('name="kind"')[2].partition("</select>")[0]
    assert re.findall(r">([^<]+)</option>", kinds) == ["財形積立明細書", "財形積立変更明細書（預入依頼書のみ）"]
    assert '<option value="cp932" selected>Shift_JIS（CP932）</option>' in page.text


def test_the_confirmation_tells_what_comes_down(member: Visitor) -> None:
    page = member.get(at(CONFIRMATION, data="balances"))
    assert screen_of(page) == "export_confirmation"
    assert facts(page) == {
        "明細書": "財形積立明細書（加入者残高一覧表）",
        "対象年月": "2026年11月分",
        "件数": "21件",
        "文字コード": "Shift_JIS（CP932）",
        "ファイル名": "財形積立明細書_加入者残高一覧表_2026年11月分.csv",
    }


def test_what_the_character_set_lacks_is_told_by_worker_and_stands_as_a_geta_mark_in_the_file(member: Visitor) -> None:
    page = member.get(at(CONFIRMATION))
    assert lacking(page) == [["100000", "𠮷田　千尋", "𠮷"]]
    assert "加入者が1名います" in page.text
    assert exported(member)[1][1] == "〓田　千尋"
    assert [row[1] for row in exported(member) if "髙" in row[1]] == ["髙橋　さくら"] * 2


def test_utf8_lacks_nothing(member: Visitor) -> None:
    page = member.get(at(CONFIRMATION, encoding="utf8"))
    assert lacking(page) == []
    assert "表せない文字はありません。" in page.text
    assert exported(member, encoding="utf8")[1][1] == "𠮷田　千尋"


def test_of_many_workers_the_first_are_told_and_how_many_more_there_are(simulator: Simulator, member: Visitor) -> None:
    month = f"{deliver_generation(simulator.world, EMPLOYER, 5000).month:%Y-%m}"
    page = member.get(at(CONFIRMATION, month=month))
    (count,) = re.findall(r"加入者が(\d+)名います", page.text)
    strange = {row[0]: row[1] for row in exported(member, month=month, encoding="utf8") if "𠮷" in row[1]}
    assert int(count) == len(strange) > 10
    assert [line[0] for line in lacking(page)] == sorted(strange)[:10]
    assert f"ほか{len(strange) - 10}名" in page.text


@pytest.mark.parametrize("encoding", ["cp932", "utf8"])
@pytest.mark.parametrize("data", ["deposits", "balances", "subsidies"])
def test_the_file_has_the_heading_of_the_list_every_line_and_amounts_without_commas(
    simulator: Simulator, member: Visitor, data: str, encoding: str
) -> None:
    heading, *rows = exported(member, data=data, encoding=encoding)
    assert heading == list(load_catalogue().screen("list_output").section(data).columns)
    newest = generations_of(simulator.world, EMPLOYER)[0]
    count = {"subsidies": newest.subsidies}.get(data, newest.lines)
    total = {"deposits": newest.deposited, "balances": newest.balance, "subsidies": newest.subsidy}[data]
    assert len(rows) == count
    assert sum(int(row[-1]) for row in rows) == total
    assert name_of(press_download(member, data=data)).endswith("_2026年11月分.csv")


def test_changes_come_with_amounts_before_and_after(simulator: Simulator, member: Visitor) -> None:
    heading, *rows = exported(member, kind="changes")
    assert heading == list(load_catalogue().screen("list_output").section("changes").columns)
    assert sorted(row[6] for row in rows) == ["中止", "変更", "新規"]
    amounts = {row[6]: [int(cell) for cell in row[7:]] for row in rows}
    assert amounts["新規"][:2] == amounts["中止"][2:] == [0, 0]
    assert generations_of(simulator.world, EMPLOYER)[0].changes == len(rows)


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","y")', "+81-3", "-1", "@SUM(A1)", "＝１＋１", "\ttab"])
def test_a_name_that_a_spreadsheet_would_run_is_neutralised(simulator: Simulator, member: Visitor, name: str) -> None:
    generations_of(simulator.world, EMPLOYER)
    with simulator.world.store.transaction() as session:
        session.execute(update(StatementLine).where(StatementLine.worker == "100058").values(name=name))
    text = press_download(member).content.decode("cp932")
    (row,) = [row for row in csv.reader(text.splitlines()) if row[0] == "100058"]
    assert row[1] == f"'{name}"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "changes", "data": "balances"}, ["E4202"]),
        ({"kind": "changes", "data": "subsidies"}, ["E4202"]),
        ({"kind": "changes", "month": "2026-09"}, ["E4204"]),
        ({"kind": "alarms"}, ["E5007"]),
        ({"encoding": "utf-16"}, ["E5007"]),
        ({"encoding": "", "month": "2026-1", "data": "'--"}, ["E5007"] * 3),
    ],
)
def test_what_cannot_be_exported_is_told_and_nothing_is_made(
    simulator: Simulator, member: Visitor, changes: Mapping[str, str], told: list[str]
) -> None:
    page = member.get(at(CONFIRMATION, **changes))
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, told, "data_export")
    before = made(simulator)
    token = token_in(member.get(at(CONFIRMATION)))
    pressed = member.client.post(at(CONFIRMATION, **changes), data={"csrf_token": token})
    assert (pressed.status_code, codes_in(pressed)) == (422, told)
    assert made(simulator) == before


def test_downloading_needs_the_token_and_the_file_the_ticket(member: Visitor) -> None:
    member.get(at(CONFIRMATION))
    assert codes_in(member.client.post(at(CONFIRMATION), data={"csrf_token": "x"})) == ["E9005"]
    assert codes_in(member.get(f"{FILE}?ticket=x")) == ["E9001"]


def test_every_export_is_in_the_trail(simulator: Simulator, member: Visitor) -> None:
    press_download(member, encoding="utf8")
    newest = events(simulator.world)[-1]
    assert (newest.kind, newest.actor) == ("data_exported", "master01")
    assert newest.detail == {
        "list": "財形積立明細書（預入依頼書）",
        "month": "2026-11",
        "lines": 21,
        "encoding": "UTF-8（BOM付き）",
    }


def test_another_contract_s_data_is_never_reached(simulator: Simulator, member: Visitor) -> None:
    ticket = str(press_download(member).url)
    ours = {row[5] for row in exported(member)[1:]}
    with another_member(simulator) as other:
        assert codes_in(other.get(ticket)) == ["E9001"]
        assert codes_in(other.get(at(CONFIRMATION))) == ["E5007"]
        deliver_generation(simulator.world, OTHER, 12)
        theirs = {row[5] for row in exported(other, contract_number=EMPLOYER, number=EMPLOYER)[1:]}
    assert theirs
    assert theirs.isdisjoint(ours)
