"""The labour bank's console over HTTP: what it shows, does, refuses, and how it is protected."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import httpx
import pytest

from simulator.catalogue import load_catalogue
from simulator.clock import parse_moment
from simulator.server import Simulator
from simulator.services import bank
from simulator.services.contracts import contract_numbered, contracts
from simulator.services.lookup import user_with_certificates
from simulator.services.notices import notices, publish_notice
from simulator.services.savings import generations_of
from simulator.services.trail import events
from tests.integration.visitors import EMPLOYER, INITIAL_PASSWORD, USER_ID, WRONG, Visitor, running, screen_of

CONTRACT, REVOKE = f"/contracts/{EMPLOYER}", f"/users/{USER_ID}/certificates/revoke"
GENERATIONS = f"{CONTRACT}/generations"
DELIVERY = {"month": "2026-12", "workers": "30", "seed": "1"}
OPENING = {"number": "30000001", "edition": "member", "name": "新しい会員", "initial_password": "Mmbr#001"}
REASON = {"reason": "PC変更", "remark": ""}
PAGES = ["/", "/contracts/new", CONTRACT, f"{CONTRACT}/notice", f"{CONTRACT}/initial-password"]
PAGES += [GENERATIONS, f"{CONTRACT}/master/initialise", REVOKE, "/notices", "/maintenance", "/clock", "/trail"]
FORMS = ["/contracts/new", f"{CONTRACT}/initial-password", f"{CONTRACT}/release", f"{CONTRACT}/detail-change"]
FORMS += [f"{CONTRACT}/master/initialise", f"{CONTRACT}/master/release", REVOKE, "/notices", "/maintenance"]
FORMS += [GENERATIONS, "/maintenance/end", "/clock/advance", "/clock/set"]


@pytest.fixture
def console(simulator: Simulator) -> Iterator[httpx.Client]:
    """A clerk's browser."""
    with httpx.Client(base_url=simulator.endpoints.office, timeout=20, follow_redirects=True) as client:
        yield client


def text_of(page: httpx.Response) -> str:
    """What a page says in its main part, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text.partition("<main>")[2])).split())


def told(page: httpx.Response) -> str:
    """The line that tells what was done."""
    found = re.search(r'role="status"><p>(.*?)</p>', page.text)
    assert found, text_of(page)
    return unescape(found[1])


def errors_in(page: httpx.Response) -> dict[str, str]:
    """Message codes by the input they stand at."""
    return dict(re.findall(r'id="(\w+)-error"><span class="code">(E\d{4})</span>', page.text))


def problem_in(page: httpx.Response) -> list[str]:
    return re.findall(r'role="alert"><p><span class="code">(E\d{4})</span>', page.text)


def kinds(simulator: Simulator) -> list[str]:
    return [line.kind for line in events(simulator.world)]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_carries_the_security_headers(
    console: httpx.Client, window: Visitor, path: str
) -> None:
    window.issue()
    page = console.get(path)
    assert (page.status_code, page.text.count("<h1>")) == (200, 1)
    assert f">{load_catalogue().mark}</p>" in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_the_style_sheet_and_the_icon_are_there(console: httpx.Client) -> None:
    for name in ("console.css", "icon.svg"):
        assert console.get(f"/static/{name}").status_code == 200


def test_the_overview_tells_each_contract_s_state_and_finds_one(console: httpx.Client, window: Visitor) -> None:
    for _ in range(6):
        window.initial_login("20000001", WRONG)
    window.register()
    page = text_of(console.get("/"))
    assert "10000001 株式会社シミュレータ商事 事業主 登録済 master01 利用可 0名" in page
    assert re.search(r"20000001 シミュレータ労働組合 会員 ロック中 .* まで － 0名", page)
    assert "10000001" not in text_of(console.get("/", params={"search": "組合"}))
    assert "「なし<b>」を含む契約はありません" in text_of(console.get("/", params={"search": "なし<b>"}))


def test_a_contract_s_page_shows_users_certificates_and_records(console: httpx.Client, window: Visitor) -> None:
    assert "登録されていません" in text_of(console.get(CONTRACT))
    window.issue()
    page = text_of(console.get(CONTRACT))
    assert f"{USER_ID} 労金 太郎" in page
    assert re.search(rf"有効 {USER_ID} \d{{14}} ROKIN Koujyo Web System", page)
    assert "電子証明書を発行" in page


def test_the_notice_to_print_names_contract_number_and_address(console: httpx.Client, simulator: Simulator) -> None:
    page = text_of(console.get(f"{CONTRACT}/notice"))
    assert "株式会社シミュレータ商事 御中" in page
    assert EMPLOYER in page
    assert f"{simulator.endpoints.portal}/" in page
    assert INITIAL_PASSWORD not in page


@pytest.mark.parametrize(
    ("number", "named", "form"),
    [(EMPLOYER, "初期パスワード（お手元の控え）", True), ("20000001", "申請した初期パスワード", False)],
)
def test_each_edition_reads_its_own_words_and_only_employers_a_form(
    console: httpx.Client,
    number: str,
    named: str,
    form: bool,  # noqa: FBT001
) -> None:
    assert named in text_of(console.get(f"/contracts/{number}/notice"))
    for page in ("notice", "initial-password"):
        assert (
            "【帳票】初期パスワード届出書（事業主向け）" in text_of(console.get(f"/contracts/{number}/{page}"))
        ) is form


def test_a_contract_is_opened_and_can_register(console: httpx.Client, window: Visitor) -> None:
    page = console.post("/contracts/new", data=OPENING)
    assert (page.status_code, page.url.path, told(page)) == (
        200,
        "/contracts/30000001",
        "契約「新しい会員」を登録しました。",
    )
    assert screen_of(window.initial_login("30000001", "Mmbr#001")) == "master_registration"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("number", "", "E1001"),
        ("number", "1234567", "E1002"),
        ("number", "１２３４５６７８", "E1006"),
        ("number", EMPLOYER, "E1003"),
        ("edition", "", "E5007"),
        ("edition", "trainer", "E5007"),
        ("name", "", "E1001"),
        ("name", " 　 ", "E1001"),
        ("name", "あ" * 81, "E1002"),
        ("name", "改\n行", "E1006"),
        ("initial_password", "rokin#01", "E1004"),
    ],
    ids=range(11),
)
def test_a_bad_value_is_told_at_its_field_and_the_others_stay(
    console: httpx.Client, simulator: Simulator, field: str, value: str, code: str
) -> None:
    sent = {**OPENING, field: value}
    page = console.post("/contracts/new", data=sent)
    assert (page.status_code, errors_in(page)) == (422, {field: code})
    assert f'value="{sent["number"]}"' in page.text
    assert sent["initial_password"] not in page.text
    assert len(contracts(simulator.world)) == 2


def test_an_initial_password_is_filed_again(console: httpx.Client, simulator: Simulator, window: Visitor) -> None:
    page = console.post(f"{CONTRACT}/initial-password", data={"initial_password": "short"})
    assert (page.status_code, errors_in(page)) == (422, {"initial_password": "E1002"})
    page = console.post(f"{CONTRACT}/initial-password", data={"initial_password": "Rokin#02"})
    assert "新しい初期パスワードを登録しました。" in told(page)
    assert screen_of(window.initial_login(EMPLOYER, "Rokin#02")) == "master_registration"
    assert "initial_password_filed" in kinds(simulator)


def test_locks_of_contract_and_master_are_released(console: httpx.Client, window: Visitor) -> None:
    window.register()
    assert "ロック・閉塞を解除" not in text_of(console.get(CONTRACT)).partition("最近の記録")[0]
    for _ in range(6):
        window.authenticate(password=WRONG)
        window.initial_login(EMPLOYER, WRONG)
    page = console.get(CONTRACT)
    assert text_of(page).count("ロック中") == 2
    assert "初期登録ログインのロック・閉塞を解除しました。" in told(console.post(f"{CONTRACT}/release"))
    page = console.post(f"{CONTRACT}/master/release")
    assert f"マスターユーザー「{USER_ID}」のロック・閉塞を解除しました。" in told(page)
    assert "ロック中" not in text_of(page)
    for path in (f"{CONTRACT}/release", f"{CONTRACT}/master/release"):
        refused = console.post(path)
        assert (refused.status_code, problem_in(refused)) == (409, ["E5006"])


def test_a_master_is_initialised_after_a_reason_is_given(
    console: httpx.Client, simulator: Simulator, window: Visitor
) -> None:
    window.issue()
    path = f"{CONTRACT}/master/initialise"
    assert "そのまま残ります" in text_of(console.get(path))
    assert errors_in(console.post(path, data={"reason": ""})) == {"reason": "E5007"}
    assert errors_in(console.post(path, data={"reason": "その他", "remark": " "})) == {"remark": "E1001"}
    page = console.post(path, data={"reason": "マスターユーザーの交代", "remark": "依頼書12番"})
    assert f"マスターユーザー「{USER_ID}」を初期化しました。" in told(page)
    line = next(e for e in events(simulator.world) if e.kind == "master_initialised")
    assert line.detail == {"reason": "マスターユーザーの交代（依頼書12番）"}
    assert "理由 マスターユーザーを初期化" in text_of(page)
    assert screen_of(window.register()) == "registration_result"
    assert problem_in(console.get("/contracts/20000001/master/initialise")) == ["E5003"]


def test_certificates_are_revoked_after_a_reason_is_given(
    console: httpx.Client, simulator: Simulator, window: Visitor
) -> None:
    window.issue()
    assert f"{USER_ID} " in text_of(console.get(REVOKE))
    wrong = console.post(REVOKE, data={"reason": "その他", "remark": "あ" * 61})
    assert (wrong.status_code, errors_in(wrong), "あ" * 61 in wrong.text) == (422, {"remark": "E1002"}, True)
    page = console.post(REVOKE, data=REASON)
    assert told(page).startswith(f"ユーザー「{USER_ID}」の電子証明書1枚を失効させました。")
    assert "失効（PC変更）" in text_of(page)
    (row,) = user_with_certificates(simulator.world, USER_ID).certificates
    assert row.revocation_reason == "PC変更"
    again = console.post(REVOKE, data=REASON)
    assert (again.status_code, problem_in(again)) == (409, ["E5004"])


def test_the_detail_change_functions_are_switched(console: httpx.Client, simulator: Simulator) -> None:
    for value, told_as in (("yes", "利用できるように"), ("no", "停止")):
        assert told_as in told(console.post(f"{CONTRACT}/detail-change", data={"enabled": value}))
        assert contract_numbered(simulator.world, EMPLOYER).detail_change is (value == "yes")


def test_a_notice_is_published_and_withdrawn(console: httpx.Client, simulator: Simulator) -> None:
    wrong = console.post("/notices", data={"title": "", "text": "残る\r\n本文"})
    assert (wrong.status_code, errors_in(wrong)) == (422, {"title": "E1001"})
    assert ">\n残る\n本文</textarea>" in wrong.text
    page = console.post("/notices", data={"title": "点検<i>", "text": "一行目\r\n二行目"})
    assert told(page) == "お知らせ「点検<i>」を掲載しました。"
    (notice,) = notices(simulator.world)
    assert notice.text == "一行目\n二行目"
    assert "点検<i>" in text_of(console.get(f"/notices/{notice.id}/withdraw"))
    assert told(console.post(f"/notices/{notice.id}/withdraw")) == "お知らせ「点検<i>」を取り下げました。"
    gone = console.post(f"/notices/{notice.id}/withdraw")
    assert (gone.status_code, problem_in(gone)) == (404, ["E5005"])
    assert console.get(f"/notices/{10**30}/withdraw").status_code == 404


def test_maintenance_is_begun_and_ended(console: httpx.Client, window: Visitor) -> None:
    assert errors_in(console.post("/maintenance", data={"text": "あ" * 401})) == {"text": "E1002"}
    page = console.post("/maintenance", data={"text": "15時に\r\n終わります。"})
    assert "メンテナンスを開始しました。" in told(page)
    assert "15時に 終わります。" in text_of(page)
    assert window.get("/").status_code == 503
    assert "メンテナンスを終了しました。" in told(console.post("/maintenance/end"))
    assert window.get("/").status_code == 200


def test_the_clock_is_advanced_and_tells_what_fell_due(
    console: httpx.Client, simulator: Simulator, window: Visitor
) -> None:
    window.register()
    window.authenticate()
    start = simulator.clock.now()
    page = console.post("/clock/advance", data={"amount": "2", "unit": "hours"})
    assert simulator.clock.now() == start + timedelta(hours=2)
    due = start + timedelta(minutes=30)
    assert f"{due:%Y-%m-%d %H:%M:%S} 認証コードの期限切れ {USER_ID}" in text_of(page)
    assert "期限が来たものはありません" in told(console.post("/clock/advance", data={"amount": "1", "unit": "minutes"}))
    page = console.post("/clock/set", data={"moment": "2031-05-06 09:30"})
    assert f"{simulator.clock.now():%Y-%m-%d %H:%M}" == "2031-05-06 09:30"
    assert "2031年05月06日（火） 09:30" in told(page)
    assert "パスワードの有効期限切れ" in text_of(page)


@pytest.mark.parametrize(
    ("path", "sent", "errors"),
    [
        ("advance", {"amount": "0", "unit": "days"}, {"amount": "E5008"}),
        ("advance", {"amount": "10000", "unit": "days"}, {"amount": "E5008"}),
        ("advance", {"amount": "-1", "unit": "days"}, {"amount": "E5008"}),
        ("advance", {"amount": "１", "unit": "days"}, {"amount": "E5008"}),
        ("advance", {"amount": "9" * 30, "unit": "days"}, {"amount": "E5008"}),
        ("advance", {"amount": "1", "unit": "years"}, {"amount": "E5007"}),
        ("advance", {}, {"amount": "E5007"}),
        ("set", {"moment": "あした"}, {"moment": "E5008"}),
        ("set", {"moment": "1969-12-31 10:00"}, {"moment": "E5008"}),
        ("set", {"moment": "2200-01-01"}, {"moment": "E5008"}),
        ("set", {}, {"moment": "E5008"}),
    ],
    ids=range(11),
)
def test_the_clock_does_not_move_for_what_is_no_step_or_moment(
    console: httpx.Client, simulator: Simulator, path: str, sent: dict[str, str], errors: dict[str, str]
) -> None:
    page = console.post(f"/clock/{path}", data=sent)
    assert 'href="/clock" aria-current="page"' in page.text
    assert (page.status_code, errors_in(page)) == (422, errors)
    assert all(f'value="{value}"' in page.text for key, value in sent.items() if key != "unit")
    assert simulator.clock.now() == simulator.clock.start


def test_the_trail_is_filtered_and_paged(console: httpx.Client, simulator: Simulator, window: Visitor) -> None:
    window.register()
    page = console.get("/trail", params={"kind": "master_registered"})
    assert page.text.count('<td class="when">') == 1
    assert f"マスターユーザーを登録 {EMPLOYER} {USER_ID}" in text_of(page)
    assert "当てはまる記録はありません" in text_of(console.get("/trail", params={"user": "nobody01"}))
    for _ in range(55):
        bank.set_detail_change(simulator.world, EMPLOYER, enabled=True)
    first = console.get("/trail", params={"contract": EMPLOYER, "kind": "detail_change_enabled"})
    older = re.search(r'href="(/trail\?[^"]*before=\d+)"', first.text)
    assert older
    second = console.get(unescape(older[1]))
    assert [page.text.count('<td class="when">') for page in (first, second)] == [50, 5]
    assert "最新の記録" in second.text
    assert console.get("/trail?before=x&kind=nothing&contract=%00").status_code == 200


def test_a_result_is_told_once(console: httpx.Client) -> None:
    page = console.post("/maintenance/end")
    assert told(page)
    assert 'role="status"' not in console.get(str(page.url)).text
    assert 'role="status"' not in console.get("/?result=invented").text


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("/contracts/99999999", ["E5001"]),
        ("/contracts/99999999/notice", ["E5001"]),
        ("/contracts/99999999/initial-password", ["E5001"]),
        ("/contracts/99999999/master/initialise", ["E5001"]),
        ("/users/nobody01/certificates/revoke", ["E5002"]),
        ("/notices/99/withdraw", ["E5005"]),
        ("/nothing", []),
        ("/static/nothing.css", []),
    ],
)
def test_what_is_unknown_is_not_found_on_a_page_that_says_so(
    console: httpx.Client, path: str, codes: list[str]
) -> None:
    page = console.get(path)
    assert (page.status_code, problem_in(page), "操作エラー" in page.text) == (404, codes, True)


@pytest.mark.parametrize("path", [p.replace(EMPLOYER, "99999999") for p in FORMS if "contracts/1" in p])
def test_nothing_is_done_to_an_unknown_contract(console: httpx.Client, simulator: Simulator, path: str) -> None:
    sent = {"initial_password": "Rokin#02", "enabled": "yes", "reason": "パスワードの失念"}
    assert console.post(path, data=sent).status_code == 404
    assert set(kinds(simulator)) == {"contract_opened"}


def test_a_form_s_address_cannot_be_opened_and_a_page_takes_no_form(console: httpx.Client) -> None:
    assert console.get(f"{CONTRACT}/release").status_code == 405
    assert console.post("/trail").status_code == 405


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://127.0.0.1:1"}])
@pytest.mark.parametrize("path", FORMS)
def test_a_form_from_another_site_does_nothing(
    console: httpx.Client, simulator: Simulator, path: str, headers: dict[str, str]
) -> None:
    before = kinds(simulator), simulator.clock.now()
    sent = {**OPENING, "amount": "1", "unit": "days", "moment": "2031-05-06 09:30", "title": "題", "text": "文"}
    assert console.post(path, data=sent, headers=headers).status_code == 403
    assert (kinds(simulator), simulator.clock.now()) == before


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"%ff=%00&text=%ed%a0%80&title=\xff"),
        ("application/x-www-form-urlencoded", b"&".join(b"x=1" for _ in range(50))),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("application/json", b"{}"),
        ("text/plain", b"\x00" * 1000),
    ],
    ids=range(5),
)
def test_no_body_breaks_the_console(console: httpx.Client, path: str, kind: str, body: bytes) -> None:
    assert console.post(path, content=body, headers={"content-type": kind}).status_code < 500


def test_the_mark_is_hidden_where_it_is_asked_for() -> None:
    with running(hide_mark=True) as (_, endpoints):
        for path in ("/", f"/contracts/{EMPLOYER}/notice"):
            page = httpx.get(f"{endpoints.office}{path}").text
            assert load_catalogue().mark not in page.replace("シミュレータ商事", "").replace("シミュレータ労働組合", "")


def test_a_published_notice_of_the_api_is_listed_too(console: httpx.Client, simulator: Simulator) -> None:
    publish_notice(simulator.world, "題名", "本文")
    assert "題名" in text_of(console.get("/notices"))


# ---- Savings data (INF-02) ----


@pytest.fixture
def november(simulator: Simulator) -> None:
    """A day after the seeded contracts have received November."""
    simulator.clock.set(parse_moment("2026-11-20T10:00:00+09:00"))
    simulator.reset()


@pytest.mark.usefixtures("november")
def test_the_contract_s_page_leads_to_its_savings_data(console: httpx.Client) -> None:
    assert f'href="{GENERATIONS}"' in console.get(CONTRACT).text
    page = console.get(GENERATIONS)
    assert "次に送信するデータ 2026年12月分" in text_of(page)
    assert "受信した世代 3か月分" in text_of(page)
    assert 'name="workers" type="number" value="12"' in page.text
    assert 'name="seed" type="number" value="1"' in page.text


@pytest.mark.usefixtures("november")
def test_sending_savings_data_adds_the_next_month(simulator: Simulator, console: httpx.Client) -> None:
    page = console.post(GENERATIONS, data=DELIVERY)
    newest = generations_of(simulator.world, EMPLOYER)[0]
    assert (f"{newest.month:%Y-%m}", newest.workers, newest.seed) == ("2026-12", 30, 1)
    assert told(page) == f"2026年12月分の財形データを送信しました（加入者30名、明細{newest.lines}件）。"
    assert "次に送信するデータ 2027年1月分" in text_of(page)
    assert kinds(simulator)[-1] == "generation_delivered"


@pytest.mark.usefixtures("november")
def test_pressing_twice_sends_one_month(simulator: Simulator, console: httpx.Client) -> None:
    console.post(GENERATIONS, data=DELIVERY)
    again = console.post(GENERATIONS, data=DELIVERY)
    assert (again.status_code, problem_in(again)) == (409, ["E5010"])
    assert [f"{each.month:%m}" for each in generations_of(simulator.world, EMPLOYER)] == ["12", "11", "10"]


@pytest.mark.parametrize("month", ["", "2027-01", "x", "2026-11", "2026-13", "9" * 500])
@pytest.mark.usefixtures("november")
def test_a_month_that_is_not_the_next_is_refused(simulator: Simulator, console: httpx.Client, month: str) -> None:
    page = console.post(GENERATIONS, data={**DELIVERY, "month": month})
    assert (page.status_code, problem_in(page)) == (409, ["E5010"])
    assert len(generations_of(simulator.world, EMPLOYER)) == 3
    assert f"{generations_of(simulator.world, EMPLOYER)[0].month:%Y-%m}" == "2026-11"


@pytest.mark.parametrize("workers", ["", "4", "20001", "-5", "1e3", "５", "5.0", "9" * 500, "<b>"])
@pytest.mark.usefixtures("november")
def test_a_wrong_number_of_workers_is_told_and_kept(simulator: Simulator, console: httpx.Client, workers: str) -> None:
    page = console.post(GENERATIONS, data={**DELIVERY, "workers": workers, "seed": "77"})
    assert (page.status_code, errors_in(page)) == (422, {"workers": "E5009"})
    assert 'name="seed" type="number" value="77"' in page.text
    assert f"{generations_of(simulator.world, EMPLOYER)[0].month:%Y-%m}" == "2026-11"


@pytest.mark.parametrize("seed", ["", "-1", "2147483648", "x", "1.5"])
@pytest.mark.usefixtures("november")
def test_a_wrong_seed_is_told(console: httpx.Client, seed: str) -> None:
    page = console.post(GENERATIONS, data={**DELIVERY, "seed": seed})
    assert (page.status_code, errors_in(page)) == (422, {"seed": "E5009"})


@pytest.mark.parametrize("seed", ["0", "2147483647"])
@pytest.mark.usefixtures("november")
def test_every_seed_within_the_bounds_is_taken(simulator: Simulator, console: httpx.Client, seed: str) -> None:
    console.post(GENERATIONS, data={**DELIVERY, "seed": seed, "workers": "5"})
    assert generations_of(simulator.world, EMPLOYER)[0].seed == int(seed)


def test_savings_data_of_a_contract_nobody_knows_is_told(console: httpx.Client) -> None:
    for page in (console.get("/contracts/99999999/generations"),
                 console.post("/contracts/99999999/generations", data=DELIVERY)):  # fmt: skip
        assert problem_in(page) == ["E5001"]
