"""操作ログ照会 over real HTTPS: who sees what, searching, paging, the file (MNU-17, MNU-19)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import quote, unquote

import httpx
import pytest

from simulator.clock import parse_moment
from simulator.rules import load_profile
from simulator.server import Simulator
from simulator.services.login import user_with_id
from simulator.services.operations import note_operation
from simulator.services.passwords import change_password
from simulator.services.registration import MasterEntry, register_master
from simulator.services.trail import events
from simulator.services.users import GeneralUserEntry, delete_general_user, register_general_user
from tests.integration.test_savings_screens import link
from tests.integration.visitors import (
    EMPLOYER,
    PASSWORD,
    USER_ID,
    WRONG,
    Visitor,
    certificate_of,
    codes_in,
    screen_of,
    token_in,
    visitor,
)

LOG, EXPORT = "/logs/operations", "/logs/operations/export"
GENERAL, TEMPORARY, OTHER_MASTER, MEMBER = "general01", "Kari#123", "master02", "20000001"
START = parse_moment("2026-11-20T10:00:00+09:00")
SIZE = load_profile().list_page_lines
HEADINGS = ["日時", "ユーザーID", "ユーザー名", "操作", "内容", "結果"]


@pytest.fixture
def master(simulator: Simulator) -> Iterator[Visitor]:
    """The window of a master who is logged in; the general user has logged in, and the other contract has a master."""
    simulator.clock.set(START)
    for user_id, number in ((USER_ID, EMPLOYER), (OTHER_MASTER, MEMBER)):
        entry = MasterEntry(user_id, PASSWORD, "労金　太郎", f"{user_id}@sample.co.jp")
        register_master(simulator.world, number, entry)
    with visitor(simulator, certificate_of(simulator, USER_ID)) as opened:
        opened.log_in()
        yield opened


@pytest.fixture
def general(simulator: Simulator, master: Visitor) -> Iterator[Visitor]:
    """The window of a general user of the same contract, who is logged in."""
    del master
    entry = GeneralUserEntry(GENERAL, TEMPORARY, "労金　次郎", f"{GENERAL}@sample.co.jp")
    register_general_user(simulator.world, USER_ID, entry)
    change_password(simulator.world, GENERAL, TEMPORARY, PASSWORD)
    with visitor(simulator, certificate_of(simulator, GENERAL)) as opened:
        opened.log_in()
        yield opened


def lines(page: httpx.Response) -> list[list[str]]:
    """The cells of the list, as shown."""
    body = page.text.partition('<table class="figures">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if "<t" in row]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row] for row in rows]


def exported(master: Visitor, query: str = "", encoding: str = "cp932") -> httpx.Response:
    """The answer to ダウンロード, in this character set."""
    page = master.get(f"{EXPORT}?{query}")
    return master.client.post(f"{EXPORT}?{query}", data={"encoding": encoding, "csrf_token": token_in(page)})


def file_of(answer: httpx.Response) -> list[list[str]]:
    """The rows of a CSV file, read by another library than the one that wrote it."""
    return list(csv.reader(io.StringIO(answer.content.decode("cp932"), newline="")))


def test_nobody_gets_there_without_logging_in(window: Visitor) -> None:
    for path in (LOG, EXPORT):
        page = window.get(path)
        assert (page.status_code, codes_in(page)) == (403, ["E9002"])


def test_a_general_user_neither_sees_the_entry_nor_reaches_the_address_and_the_master_reads_of_it(
    master: Visitor, general: Visitor
) -> None:
    assert f'action="{LOG}"' in master.get("/information").text
    assert f'action="{LOG}"' not in general.get("/information").text
    for path in (LOG, EXPORT):
        page = general.get(path)
        assert (page.status_code, codes_in(page), screen_of(page)) == (403, ["E4004"], "operation_error")
    told = lines(master.get(f"{LOG}?actor={GENERAL}&kind=operation_refused"))
    assert [line[1:] for line in told] == [
        [GENERAL, "労金　次郎", "受け付けられなかった操作", f"画面：{screen}", "E4004"]
        for screen in ("操作ログCSV出力", "操作ログ照会")
    ]


def test_the_newest_operation_comes_first_with_who_what_and_result(simulator: Simulator, master: Visitor) -> None:
    simulator.clock.advance(timedelta(seconds=5))
    master.get("/savings/statements?name=ヤマ")
    page = master.get(LOG)
    assert screen_of(page) == "operation_log"
    certificate = next(line.detail["certificate"] for line in events(simulator.world) if line.kind == "logged_in")
    assert lines(page)[:2] == [
        ["2026/11/20 10:00:05", USER_ID, "労金　太郎", "財形積立明細を照会", "条件：氏名：ヤマ", "正常"],
        ["2026/11/20 10:00:00", USER_ID, "労金　太郎", "ログイン", f"電子証明書：{certificate}", "正常"],
    ]
    assert lines(page)[-1][3] == "マスターユーザーを登録"
    assert 'aria-sort="descending"><a' in page.text
    oldest = master.get(link(page, "日時"))
    assert lines(oldest)[0][3] == "マスターユーザーを登録"
    assert lines(oldest)[-1][3] == "操作ログを照会"


def test_looking_at_the_log_is_in_the_log_with_what_was_asked_for(master: Visitor) -> None:
    master.get(f"{LOG}?first=20261101&last=20261130&actor={USER_ID}")
    (line,) = lines(master.get(f"{LOG}?kind=operation_log_looked_up"))
    assert line[4] == f"条件：開始日：20261101、終了日：20261130、ユーザー：{USER_ID}（労金　太郎）"


def test_what_a_user_does_about_another_names_both(master: Visitor, general: Visitor) -> None:
    del general
    (line,) = lines(master.get(f"{LOG}?kind=general_user_registered"))
    assert line[1:] == [USER_ID, "労金　太郎", "一般ユーザーを登録", f"対象：{GENERAL}", "正常"]


def test_wrong_input_and_refused_operations_are_told_with_their_codes(master: Visitor) -> None:
    master.get("/savings/statements?worker=x")
    token = master.token("/users/registration")
    master.client.post("/users/registration", data={"csrf_token": token})
    master.client.post("/users/deletion?user=nobody01", data={"csrf_token": token})
    master.submit(
        "/password", {"current_password": WRONG, "new_password": "Xyz#9876", "new_password_again": "Xyz#9876"}
    )
    told = [line[3:] for line in lines(master.get(LOG)) if line[5] != "正常"]
    assert told == [
        ["パスワード誤り", "画面：パスワード変更", "E4101"],
        ["受け付けられなかった操作", "画面：契約ユーザー情報削除", "E4002"],
        ["受け付けられなかった操作", "画面：契約ユーザー情報登録", "E1001"],
        ["受け付けられなかった操作", "画面：財形積立明細照会", "E1006"],
    ]


def test_lines_of_another_contract_never_show_and_those_of_deleted_users_stay(
    simulator: Simulator, master: Visitor, general: Visitor
) -> None:
    general.get("/savings/alarms")
    delete_general_user(simulator.world, USER_ID, GENERAL)
    page = master.get(f"{LOG}?kind=alarms_looked_up")
    assert [line[1:4] for line in lines(page)] == [[GENERAL, "（削除済み）", "財形アラーム明細を照会"]]
    assert OTHER_MASTER not in master.get(LOG).text
    assert f'<option value="{GENERAL}">{GENERAL}（削除済み）</option>' in page.text
    assert codes_in(master.get(f"{LOG}?actor={OTHER_MASTER}")) == ["E5007"]
    assert OTHER_MASTER not in exported(master).content.decode("cp932")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("first=2026112", ["E1002"]),
        ("first=2026-1-1", ["E1006"]),
        ("first=20260230", ["E1008"]),
        ("first=99991231", ["E1008"]),
        ("first=20261301&last=00000000", ["E1008", "E1008"]),
        ("first=20261121&last=20261120", ["E1009"]),
        ("first=２０２６１１２０&last=20261120", ["E1006"]),
        ("actor=nobody01&kind=<b>", ["E5007", "E5007"]),
        ("kind=mail_sent", ["E5007"]),
        ("last=%00", ["E1006"]),
    ],
)
@pytest.mark.parametrize("path", [LOG, EXPORT])
def test_a_criterion_that_breaks_its_rule_is_told_and_nothing_is_listed(
    master: Visitor, path: str, query: str, told: list[str]
) -> None:
    page = master.get(f"{path}?{query}")
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, told, "operation_log")
    assert '<table class="figures">' not in page.text
    name, _, value = query.partition("&")[0].partition("=")
    if name in {"first", "last"} and "%" not in value:
        assert f'name="{name}" type="text" value="{value}"' in page.text


def test_a_period_without_operations_says_so(master: Visitor) -> None:
    page = master.get(f"{LOG}?last=20261119")
    assert "条件に合う操作はありません。" in page.text
    assert f'action="{EXPORT}"' not in page.text


def test_pages_and_the_file_hold_every_line(simulator: Simulator, master: Visitor) -> None:
    user = user_with_id(simulator.world, USER_ID)
    assert user is not None
    for number in range(2 * SIZE + 1):
        note_operation(simulator.world, user, "manual_viewed", chapter=f"■章{number}")
    page = master.get(f"{LOG}?kind=manual_viewed&sort=at")
    assert f"{2 * SIZE + 1}件中 1～{SIZE}件目" in page.text
    shown = lines(page)
    while following := link(page, "次へ"):
        page = master.get(following)
        shown += lines(page)
    assert [line[4] for line in shown] == [f"マニュアル：■章{number}" for number in range(2 * SIZE + 1)]
    heading, *rows = file_of(exported(master, "kind=manual_viewed&sort=at"))
    assert (heading, rows) == (HEADINGS, shown)


def test_the_file_is_what_excel_in_japan_expects_and_leaves_a_line(simulator: Simulator, master: Visitor) -> None:
    answer = exported(master, "first=20261120")
    assert answer.headers["content-type"] == "text/csv; charset=Shift_JIS"
    manner, plain_name, name = answer.headers["content-disposition"].split("; ")
    assert (manner, plain_name) == ("attachment", 'filename="operations_20261120100000.csv"')
    assert unquote(name.removeprefix("filename*=UTF-8''")) == f"操作ログ_{EMPLOYER}_20261120100000.csv"
    assert answer.content.endswith(b'"\r\n')
    assert int(answer.headers["content-length"]) == len(answer.content)
    newest = events(simulator.world)[-1]
    count = len(file_of(answer)) - 1
    assert (newest.kind, newest.detail) == (
        "operation_log_exported",
        {"criteria": "開始日：20261120", "lines": count, "encoding": "Shift_JIS（CP932）"},
    )


def test_the_button_of_the_file_asks_for_what_the_list_shows(master: Visitor) -> None:
    page = master.get(f"{LOG}?first=20261101&actor={USER_ID}&sort=at")
    form = page.text.partition(f'action="{EXPORT}"')[2].partition("</form>")[0]
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert kept == {"first": "20261101", "actor": USER_ID, "sort": "at"}
    page = master.get(f"{EXPORT}?{'&'.join(f'{k}={quote(v)}' for k, v in kept.items())}")
    assert f"開始日：20261101、ユーザー：{USER_ID}（労金　太郎）" in page.text
    assert f"操作ログ_{EMPLOYER}_20261120100000.csv" in page.text


def test_what_the_character_set_lacks_is_told_before_and_utf8_lacks_nothing(
    simulator: Simulator, master: Visitor
) -> None:
    assert "表せない文字はありません。" in master.get(EXPORT).text
    entry = GeneralUserEntry("yoshida1", TEMPORARY, "𠮷田　次郎", "yoshida1@sample.co.jp")
    register_general_user(simulator.world, USER_ID, entry)
    change_password(simulator.world, "yoshida1", TEMPORARY, PASSWORD)
    page = master.get(f"{EXPORT}?actor=yoshida1")
    assert "Shift_JISで表せない文字を含む操作が1件あります。" in page.text
    assert lines(page) == [["2026/11/20 10:00:00", "ユーザー名", "𠮷"]]
    assert [row[2] for row in file_of(exported(master, "actor=yoshida1"))] == ["ユーザー名", "〓田　次郎"]
    as_utf8 = exported(master, "actor=yoshida1", "utf8")
    assert as_utf8.headers["content-type"] == "text/csv; charset=utf-8"
    assert "𠮷田　次郎" in as_utf8.content.decode("utf-8-sig")


def test_a_file_without_a_character_set_or_the_token_is_refused(simulator: Simulator, master: Visitor) -> None:
    page = exported(master, encoding="")
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, ["E5007"], "operation_log_export")
    assert codes_in(master.client.post(EXPORT, data={"encoding": "cp932"})) == ["E9005"]
    assert "operation_log_exported" not in [line.kind for line in events(simulator.world)]
