"""What protects the portal's visitors: headers, cookies, sessions, CSRF, and pages that survive any request."""

import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from simulator.server import Simulator
from simulator.store import database
from tests.integration.savings_visits import START
from tests.integration.visitors import (
    ADDRESS,
    AUTHENTICATION,
    CODE,
    EMPLOYER,
    ENTRY,
    INITIAL_LOGIN,
    INITIAL_PASSWORD,
    PASSWORD,
    REGISTRATION,
    USER_ID,
    Visitor,
    codes_in,
    running,
    screen_of,
    token_in,
    visitor,
)

COOKIE = "__Host-koujyo"
FORGED = "0" * 32
LINKS = {"src", "href", "action"}
HEADERS = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"}
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}


def session_of(window: Visitor) -> str:
    return window.client.cookies[COOKIE]


def assert_safe(response: httpx.Response) -> None:
    for name, value in HEADERS.items():
        assert response.headers.get_list(name) == [value]
    policy = set(response.headers["content-security-policy"].split("; "))
    assert policy >= POLICY
    assert not [rule for rule in policy if "unsafe" in rule or "http" in rule or "*" in rule]
    assert "server" not in response.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", INITIAL_LOGIN, 200),
        ("GET", "/no-such-page", 404),
        ("GET", "/login/", 404),
        ("GET", "/static/no-such-file.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", REGISTRATION, 409),
        ("GET", "/login", 403),
        ("GET", "/information", 403),
        ("POST", INITIAL_LOGIN, 403),
        ("POST", "/", 405),
        ("DELETE", "/login", 405),
        ("GET", "/logout", 405),
        ("GET", "/static/portal.css", 200),
        ("GET", "/static/keyboard.js", 200),
        ("POST", "/static/portal.css", 405),
    ],
)
def test_every_answer_carries_the_security_headers(window: Visitor, method: str, path: str, status: int) -> None:
    answer = window.client.request(method, path)
    assert answer.status_code == status
    assert_safe(answer)
    assert ("no-store" in answer.headers.get("cache-control", "")) == (status != 200 or "static" not in path)


def test_refused_values_redirects_and_downloads_carry_the_security_headers(window: Visitor) -> None:
    assert window.initial_login(password="x").status_code == 422
    assert_safe(window.initial_login(password="x"))
    window.issue()
    download = window.get("/certificate/result/file")
    redirect = window.initial_login("20000001", "Kaiin#01").history
    assert [answer.status_code for answer in redirect] == [303]
    for answer in (*redirect, download):
        assert_safe(answer)
        assert answer.headers["cache-control"] == "no-store"


def test_a_page_that_breaks_says_so_is_noted_and_carries_the_security_headers(
    simulator: Simulator, window: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    token = window.token(INITIAL_LOGIN)
    monkeypatch.setattr(simulator.world.passwords, "matches", lambda *_: 1 // 0)
    values = {"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD}
    page = window.submit(INITIAL_LOGIN, values, token)
    assert (page.status_code, codes_in(page), screen_of(page)) == (500, ["E9004"], "operation_error")
    assert_safe(page)
    assert "ZeroDivisionError" not in page.text
    assert [(failure.place, failure.cause) for failure in simulator.portal.failures] == [
        (f"POST {INITIAL_LOGIN}", "ZeroDivisionError: integer division or modulo by zero")
    ]
    assert simulator.portal.failures[0].traceback.strip().endswith(simulator.portal.failures[0].cause)
    assert capsys.readouterr().err.count("ZeroDivisionError: integer division or modulo by zero") == 1
    for number in range(200):
        simulator.portal.note_failure(RuntimeError(number), "何度も")
    assert len(simulator.portal.failures) == 100
    assert simulator.portal.failures[-1].cause == "RuntimeError: 199"
    simulator.portal.failures.clear()


def test_a_database_that_another_program_holds_is_waited_for_and_then_tells_when_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 200)
    file = tmp_path / "koujyo.db"
    values = {"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD}
    with running(database=f"sqlite:///{file}", clock=START) as (simulator, _), visitor(simulator) as window:
        token = window.token(INITIAL_LOGIN)
        with closing(sqlite3.connect(file, isolation_level=None)) as backup:
            backup.execute("BEGIN IMMEDIATE")
            page = window.submit(INITIAL_LOGIN, values, token)
        assert (page.status_code, codes_in(page), page.headers["retry-after"]) == (503, ["E9004"], "30")
        assert screen_of(window.initial_login()) == "master_registration"


def test_an_issue_that_breaks_says_so_and_is_noted(
    simulator: Simulator, window: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.reach_issue()
    monkeypatch.setattr(simulator.world.keys, "take", lambda: 1 // 0)
    window.submit("/certificate/issue", {})
    page = window.wait_for_issue()
    assert codes_in(page) == ["E2301"]
    assert [(failure.place, failure.cause) for failure in simulator.portal.failures] == [
        ("電子証明書の発行", "ZeroDivisionError: integer division or modulo by zero")
    ]
    simulator.portal.failures.clear()


def test_a_wrong_address_gets_a_page_that_leads_back(window: Visitor) -> None:
    page = window.get("/no-such-page")
    assert (codes_in(page), screen_of(page)) == (["E9003"], "operation_error")
    assert "ログイン画面へ" in page.text


def test_a_wrong_method_tells_which_ones_are_right(window: Visitor) -> None:
    page = window.client.post("/cache-clearing")
    assert (page.status_code, screen_of(page)) == (405, "operation_error")
    assert "GET" in page.headers["allow"]


def test_no_page_holds_inline_script_style_or_anything_from_elsewhere(window: Visitor) -> None:
    window.register()
    pages = [window.get(path) for path in ("/", INITIAL_LOGIN, "/master/registration/result", AUTHENTICATION)]
    pages += [window.get("/cache-clearing"), window.get("/closed"), window.get("/login")]
    elements = [element for page in pages for element in elements_of(page)]
    assert not [tag for tag, attributes in elements if tag in {"style", "script"} and not attributes.get("src")]
    assert not [name for _, attributes in elements for name in attributes if name == "style" or name.startswith("on")]
    urls = [value for _, attributes in elements for name, value in attributes.items() if name in LINKS]
    assert not [url for url in urls if not re.match(r"/(?!/)", url or "")]
    assert len(urls) > 20


def test_the_session_cookie_can_only_travel_securely_and_is_closed_to_scripts(window: Visitor) -> None:
    cookie = SimpleCookie(window.get(INITIAL_LOGIN).headers["set-cookie"])[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert cookie["samesite"].lower() == "strict"
    assert len(cookie.value) >= 32


def test_a_form_without_token_is_refused_and_starts_no_session(window: Visitor) -> None:
    page = window.client.post(INITIAL_LOGIN, data={"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD})
    assert (page.status_code, codes_in(page)) == (403, ["E9005"])
    assert not window.client.cookies


@pytest.mark.parametrize("token", ["", "x", "##", "##" + "0" * 40])
def test_a_token_that_the_server_did_not_make_is_refused(window: Visitor, token: str) -> None:
    window.get(INITIAL_LOGIN)
    values = {"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD, "csrf_token": token}
    page = window.client.post(INITIAL_LOGIN, data=values)
    assert (page.status_code, codes_in(page)) == (403, ["E9005"])
    assert codes_in(window.get(REGISTRATION)) == ["E9001"]


def test_the_token_of_another_session_is_refused(simulator: Simulator, window: Visitor) -> None:
    window.get(INITIAL_LOGIN)
    with visitor(simulator) as attacker:
        token = attacker.token(INITIAL_LOGIN)
    values = {"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD}
    assert codes_in(window.submit(INITIAL_LOGIN, values, token)) == ["E9005"]


def test_every_form_of_the_flow_refuses_a_forged_token(window: Visitor) -> None:
    window.reach_issue()
    for path in (INITIAL_LOGIN, AUTHENTICATION, "/certificate/issue", "/certificate/result", "/login"):
        page = window.client.post(path, data={"csrf_token": "##forged"})
        assert (page.status_code, codes_in(page)) == (403, ["E9005"])
    assert screen_of(window.submit("/certificate/issue", {})) == "certificate_issuing"
    window.wait_for_issue()


def test_logging_out_needs_the_token_too(simulator: Simulator, window: Visitor) -> None:
    with visitor(simulator, window.issue()) as person:
        person.log_in()
        assert codes_in(person.client.post("/logout", data={})) == ["E9005"]
        assert screen_of(person.get("/information")) == "information"


def test_a_session_name_that_the_server_never_gave_out_is_not_adopted(simulator: Simulator, window: Visitor) -> None:
    answer = window.client.get(INITIAL_LOGIN, headers={"cookie": f"{COOKIE}={FORGED}"})
    assert SimpleCookie(answer.headers["set-cookie"])[COOKIE].value != FORGED
    with visitor(simulator) as attacker:
        attacker.client.headers["cookie"] = f"{COOKIE}={FORGED}"
        values = {"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD}
        assert codes_in(attacker.submit(INITIAL_LOGIN, values, token_in(answer))) == ["E9005"]


def test_the_session_gets_a_new_name_at_every_authentication(simulator: Simulator, window: Visitor) -> None:
    window.get(INITIAL_LOGIN)
    names = [session_of(window)]
    window.initial_login()
    names.append(session_of(window))
    window.submit(REGISTRATION, ENTRY)
    names.append(session_of(window))
    window.authenticate()
    names.append(session_of(window))
    window.submit(CODE, {"code": window.mailed_code()})
    names.append(session_of(window))
    assert len(set(names)) == 5
    window.submit("/certificate/issue", {})
    window.wait_for_issue()
    with visitor(simulator, window.get("/certificate/result/file").content) as person:
        person.get("/login")
        before = session_of(person)
        person.log_in()
        assert session_of(person) != before


def test_a_session_name_known_before_an_authentication_is_worth_nothing_after_it(
    simulator: Simulator, window: Visitor
) -> None:
    window.get(INITIAL_LOGIN)
    known = session_of(window)
    window.initial_login()
    with visitor(simulator) as thief:
        thief.client.headers["cookie"] = f"{COOKIE}={known}"
        assert codes_in(thief.get(REGISTRATION)) == ["E9001"]


def test_the_session_from_before_an_authentication_is_forgotten(simulator: Simulator, window: Visitor) -> None:
    window.register()
    window.authenticate()
    before = session_of(window)
    window.submit(CODE, {"code": window.mailed_code()})
    with visitor(simulator) as thief:
        thief.client.headers["cookie"] = f"{COOKIE}={before}"
        assert codes_in(thief.get(CODE)) == ["E9001"]


def test_a_session_that_was_logged_out_is_dead_on_the_server(simulator: Simulator, window: Visitor) -> None:
    with visitor(simulator, window.issue()) as person:
        person.log_in()
        name, token = session_of(person), person.token("/information")
        person.client.post("/logout", data={"csrf_token": token})
        person.client.cookies.clear()
        person.client.headers["cookie"] = f"{COOKIE}={name}"
        assert codes_in(person.get("/information")) == ["E9002"]
        assert codes_in(person.client.post("/logout", data={"csrf_token": token})) == ["E9002"]


def test_a_session_is_worth_nothing_without_its_certificate(simulator: Simulator, window: Visitor) -> None:
    with visitor(simulator, window.issue()) as person:
        person.log_in()
        name = session_of(person)
        with visitor(simulator) as thief:
            thief.client.headers["cookie"] = f"{COOKIE}={name}"
            assert codes_in(thief.get("/information")) == ["E9009"]
        # Whoever tries it ends it.
        assert codes_in(person.get("/information")) == ["E9009"]


def test_a_reset_ends_every_session(simulator: Simulator, window: Visitor) -> None:
    window.initial_login()
    simulator.reset()
    assert codes_in(window.get(REGISTRATION)) == ["E9001"]


def elements_of(page: httpx.Response) -> list[tuple[str, dict[str, str | None]]]:
    """Every element of a page with its attributes, as a browser reads them."""
    elements: list[tuple[str, dict[str, str | None]]] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: elements.append((tag, dict(attrs)))  # type: ignore[method-assign]
    reader.feed(page.text)
    return elements


HOSTILE = ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "' onfocus='alert(1)", "{{7*7}}", "</title>"]


@pytest.mark.parametrize("value", HOSTILE)
def test_refused_values_are_shown_as_text_and_never_as_markup(window: Visitor, value: str) -> None:
    window.initial_login()
    page = window.submit(REGISTRATION, {**ENTRY, "user_id": value, "user_name": value, "mail_address": value})
    assert page.status_code == 422
    assert "E1006" in codes_in(page)
    elements = elements_of(page)
    assert [tag for tag, _ in elements if tag in {"title", "script", "img"}] == ["title", "script", "script"]
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
    shown = [attributes["value"] for tag, attributes in elements if tag == "input" and attributes["type"] == "text"]
    assert shown == [value, value, value, ADDRESS]


def test_values_in_the_address_are_not_shown(window: Visitor) -> None:
    page = window.get("/%3Cscript%3Ealert(1)%3C/script%3E?x=%3Cscript%3E")
    assert page.status_code == 404
    assert "alert(1)" not in page.text


@pytest.mark.parametrize("missing", sorted(ENTRY))
def test_a_missing_field_reads_like_an_empty_one(window: Visitor, missing: str) -> None:
    window.initial_login()
    page = window.submit(REGISTRATION, {key: value for key, value in ENTRY.items() if key != missing})
    assert page.status_code == 422
    assert "E1001" in codes_in(page)


def test_of_a_repeated_field_the_first_counts(window: Visitor) -> None:
    token = window.token(INITIAL_LOGIN)
    body = (
        f"csrf_token={token.replace('#', '%23')}&contract_number=10000001&contract_number=x&initial_password=Rokin%2301"
    )
    page = window.client.post(INITIAL_LOGIN, content=body, headers=URLENCODED)
    assert screen_of(page) == "master_registration"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"contract_number=%ff%fe&initial_password=%80&csrf_token=T", URLENCODED, 422),
        (b"contract_number=\xff\xfe\x00&initial_password=\xc0&csrf_token=T", URLENCODED, 422),
        (b"contract_number=%00&csrf_token=T", URLENCODED, 422),
        (b"=&&=&%&csrf_token=T", URLENCODED, 422),
        (b"\xff\xfe\xfd", URLENCODED, 403),
        (b"csrf_token=T&" + b"a=1&" * 5000, URLENCODED, 400),
        (b"csrf_token=T&contract_number=" + b"1" * 10_000_000, URLENCODED, 400),
        (b"{}", {"content-type": "application/json"}, 403),
        (b"x", {"content-type": "multipart/form-data"}, 400),
        (b"x", {"content-type": "multipart/form-data; boundary=b"}, 400),
        (b"csrf_token=T", {"content-type": "text/plain; charset=nonsense"}, 403),
        (b"csrf_token=T", {**URLENCODED, "content-encoding": "gzip"}, 422),
    ],
    ids=range(12),
)
def test_a_malformed_body_gets_a_clear_page(window: Visitor, body: bytes, headers: dict[str, str], status: int) -> None:
    token = window.token(INITIAL_LOGIN).replace("#", "%23").encode()
    page = window.client.post(INITIAL_LOGIN, content=body.replace(b"=T", b"=" + token), headers=headers)
    assert (page.status_code, screen_of(page) in {"operation_error", "initial_login"}) == (status, True)
    assert codes_in(page)
    assert_safe(page)
    assert len(page.text) < 100_000


@pytest.mark.parametrize("size", [10, 10_000_000])
def test_a_file_in_place_of_a_text_is_refused(window: Visitor, size: int) -> None:
    token = window.token(INITIAL_LOGIN)
    files = {"contract_number": ("number.txt", b"1" * size)}
    page = window.client.post(INITIAL_LOGIN, data={"csrf_token": token}, files=files)
    assert (page.status_code, codes_in(page)) == (400, ["E9001"])


def test_a_form_sent_as_multipart_is_read_like_any_other(window: Visitor) -> None:
    fields = {"contract_number": EMPLOYER, "initial_password": INITIAL_PASSWORD, "csrf_token": ""}
    fields["csrf_token"] = window.token(INITIAL_LOGIN)
    page = window.client.post(INITIAL_LOGIN, files={name: (None, value) for name, value in fields.items()})
    assert screen_of(page) == "master_registration"


def test_overlong_values_are_refused_by_their_rule_and_not_by_the_database(window: Visitor) -> None:
    window.initial_login()
    page = window.submit(REGISTRATION, {**ENTRY, "user_name": "労" * 5000, "user_id": "a1" * 5000})
    assert (page.status_code, codes_in(page)[:1]) == (422, ["E1002"])


def test_no_page_or_cookie_holds_the_password(window: Visitor) -> None:
    window.register()
    pages = [window.authenticate(), window.get(AUTHENTICATION), window.authenticate(USER_ID, "Wrong#99")]
    assert not [page for page in pages if PASSWORD in page.text or "Wrong#99" in page.text]
    assert PASSWORD not in str(window.client.cookies)
    assert token_in(pages[1])
