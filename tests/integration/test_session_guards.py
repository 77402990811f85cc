"""How a login ends on the server, and what the next request is told (LGO-01, LGT-16)."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from sqlalchemy import select

from simulator.rules import MESSAGES
from simulator.server import Simulator
from simulator.services.bank import initialise_master, revoke_certificates
from simulator.services.trail import events
from simulator.store import User
from tests.integration.visitors import (
    CODE,
    EMPLOYER,
    ENTRY,
    INITIAL_LOGIN,
    PASSWORD,
    REGISTRATION,
    USER_ID,
    Visitor,
    at_once,
    codes_in,
    screen_of,
    token_in,
    visitor,
)

COOKIE = "__Host-koujyo"
HALF_AN_HOUR, SECOND = timedelta(minutes=30), timedelta(seconds=1)
INFORMATION = "/information"


@pytest.fixture
def p12(window: Visitor) -> bytes:
    """The certificate of a registered master."""
    return window.issue()


@pytest.fixture
def person(simulator: Simulator, p12: bytes) -> Iterator[Visitor]:
    """The master at a browser of their own, logged in."""
    with visitor(simulator, p12) as opened:
        opened.log_in()
        yield opened


def log_out(person: Visitor, token: str | None = None) -> httpx.Response:
    return person.client.post("/logout", data={"csrf_token": token or person.token(INFORMATION)})


def login_form(token: str) -> dict[str, str]:
    return {"password": PASSWORD, "csrf_token": token}


def assert_told(page: httpx.Response, code: str) -> None:
    """The page tells this and nothing else, leads to the login top screen and takes the cookie away."""
    assert (page.status_code, screen_of(page), codes_in(page)) == (403, "operation_error", [code])
    assert 'action="/"' in page.text
    assert SimpleCookie(page.headers["set-cookie"])[COOKIE]["max-age"] == "0"
    assert page.headers["cache-control"] == "no-store"


def test_one_second_before_the_limit_the_login_lives_and_each_request_begins_it_anew(
    simulator: Simulator, person: Visitor
) -> None:
    for path in (INFORMATION, "/", "/contact", INFORMATION):
        simulator.clock.advance(HALF_AN_HOUR - SECOND)
        assert screen_of(person.get(path)) not in {"operation_error", "closed_hours"}


def test_at_the_limit_the_login_has_ended_and_that_is_told_once(simulator: Simulator, person: Visitor) -> None:
    simulator.clock.advance(HALF_AN_HOUR)
    assert_told(person.get(INFORMATION), "E9002")
    assert not person.client.cookies
    again = person.get(INFORMATION)
    assert (codes_in(again), "set-cookie" in again.headers) == (["E9002"], False)
    assert screen_of(person.log_in()) == "information"


def test_every_button_of_an_old_page_tells_it(simulator: Simulator, person: Visitor) -> None:
    token = person.token(INFORMATION)
    simulator.clock.advance(HALF_AN_HOUR)
    assert_told(log_out(person, token), "E9002")
    assert [line.kind for line in events(simulator.world)].count("logged_out") == 0


def test_a_password_typed_into_an_old_page_is_not_checked(simulator: Simulator, person: Visitor) -> None:
    token = person.token("/login")
    simulator.clock.advance(HALF_AN_HOUR)
    assert_told(person.submit("/login", {"password": PASSWORD}, token), "E9002")


def test_screens_that_need_no_login_stay_open_and_keep_the_reason_for_later(
    simulator: Simulator, person: Visitor
) -> None:
    simulator.clock.advance(HALF_AN_HOUR)
    assert screen_of(person.get("/")) == "login_top"
    assert_told(person.get(INFORMATION), "E9002")


def test_on_the_way_to_a_certificate_nobody_is_cut_off(simulator: Simulator, window: Visitor) -> None:
    window.register()
    window.authenticate()
    code, token = window.mailed_code(), window.token(CODE)
    simulator.clock.advance(HALF_AN_HOUR)
    assert codes_in(window.submit(CODE, {"code": code}, token)) == ["E2202"]


def test_on_the_way_to_registration_nobody_is_cut_off(simulator: Simulator, window: Visitor) -> None:
    window.initial_login()
    simulator.clock.advance(HALF_AN_HOUR * 4)
    assert screen_of(window.submit(REGISTRATION, ENTRY)) == "registration_result"


def test_the_older_of_two_browsers_is_told_of_the_newer_login(
    simulator: Simulator, p12: bytes, person: Visitor
) -> None:
    with visitor(simulator, p12) as newer:
        newer.log_in()
        told = person.get(INFORMATION)
        assert_told(told, "E9008")
        assert MESSAGES["E9002"].text not in told.text
        assert codes_in(person.get(INFORMATION)) == ["E9002"]
        assert screen_of(newer.get(INFORMATION)) == "information"
        person.log_in()
        assert_told(newer.get(INFORMATION), "E9008")


def test_a_refused_login_ends_no_other(simulator: Simulator, p12: bytes, person: Visitor) -> None:
    with visitor(simulator, p12) as other:
        assert codes_in(other.log_in("Wrong#99")) == ["E3101"]
    assert screen_of(person.get(INFORMATION)) == "information"


def test_two_browsers_live_side_by_side_when_the_profile_says_so(
    simulator: Simulator, p12: bytes, person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    lenient = replace(simulator.world.profile, newer_login_ends_older=False)
    monkeypatch.setattr(simulator.portal.sessions, "_profile", lenient)
    with visitor(simulator, p12) as newer:
        newer.log_in()
        assert [screen_of(browser.get(INFORMATION)) for browser in (person, newer)] == ["information"] * 2
        log_out(newer)
        assert screen_of(person.get(INFORMATION)) == "information"


def block(simulator: Simulator) -> None:
    with simulator.world.store.transaction() as session:
        session.scalars(select(User)).one().blocked = True


def remove(simulator: Simulator) -> None:
    initialise_master(simulator.world, EMPLOYER)


def revoke(simulator: Simulator) -> None:
    revoke_certificates(simulator.world, USER_ID, "test")


def lift_block(simulator: Simulator) -> None:
    with simulator.world.store.transaction() as session:
        session.scalars(select(User)).one().blocked = False


@pytest.mark.parametrize("befall", [block, remove, revoke])
def test_whoever_may_not_go_on_is_cut_off_at_the_next_request(
    simulator: Simulator, person: Visitor, befall: Callable[[Simulator], None]
) -> None:
    befall(simulator)
    told = person.get(INFORMATION)
    assert_told(told, "E9009")
    assert MESSAGES["E9002"].text not in told.text


def test_lifting_a_block_does_not_bring_the_login_back(simulator: Simulator, person: Visitor) -> None:
    name = person.client.cookies[COOKIE]
    block(simulator)
    person.get(INFORMATION)
    lift_block(simulator)
    person.client.headers["cookie"] = f"{COOKIE}={name}"
    assert codes_in(person.get(INFORMATION)) == ["E9009"]


def test_a_login_taken_to_the_browser_of_another_user_has_ended(simulator: Simulator, person: Visitor) -> None:
    with visitor(simulator) as second:
        second.initial_login("20000001", "Kaiin#01")
        second.submit(REGISTRATION, {**ENTRY, "user_id": "member01"})
        second.authenticate("member01")
        second.submit(CODE, {"code": second.mailed_code()})
        second.submit("/certificate/issue", {})
        second.wait_for_issue()
        other = second.get("/certificate/result/file").content
    name = person.client.cookies[COOKIE]
    with visitor(simulator, other) as thief:
        thief.client.headers["cookie"] = f"{COOKIE}={name}"
        assert_told(thief.get(INFORMATION), "E9009")


def test_logging_out_ends_the_session_on_the_server_and_takes_the_cookie_away(person: Visitor) -> None:
    name = person.client.cookies[COOKIE]
    assert person.get(INFORMATION).headers["cache-control"] == "no-store"
    out = log_out(person)
    assert screen_of(out) == "login_top"
    assert SimpleCookie(out.history[0].headers["set-cookie"])[COOKIE]["max-age"] == "0"
    assert not person.client.cookies
    for _ in range(2):
        person.client.headers["cookie"] = f"{COOKIE}={name}"
        page = person.get(INFORMATION)
        assert codes_in(page) == ["E9002"]
        assert ENTRY["user_name"] not in page.text


def test_the_name_is_sent_only_when_it_is_new(window: Visitor) -> None:
    first = window.get(INITIAL_LOGIN)
    attributes = SimpleCookie(first.headers["set-cookie"])[COOKIE]
    assert (attributes["path"], attributes["samesite"]) == ("/", "Strict")
    assert all((attributes["secure"], attributes["httponly"]))
    later = [window.get(path) for path in (INITIAL_LOGIN, "/", "/no-such-page", "/contact")]
    assert ["set-cookie" in page.headers for page in later] == [False] * 4


def test_fifty_requests_of_one_login_at_once_are_all_served(person: Visitor) -> None:
    pages = at_once(lambda _: person.get(INFORMATION), 50)
    assert {screen_of(page) for page in pages} == {"information"}
    assert not [page for page in pages if "set-cookie" in page.headers]


def test_of_five_logins_of_one_user_at_once_one_lives(simulator: Simulator, p12: bytes) -> None:
    # No more than five: the gate lets no more than six passwords of one user be checked at the same time.
    with ExitStack() as stack:
        browsers = [stack.enter_context(visitor(simulator, p12)) for _ in range(5)]
        tokens = [browser.token("/login") for browser in browsers]
        at_once(lambda n: browsers[n].client.post("/login", data=login_form(tokens[n]), follow_redirects=False), 5)
        said = [codes_in(browser.get(INFORMATION)) for browser in browsers]
    assert sorted(said) == [[], *[["E9008"]] * 4]


def test_pressing_login_twice_at_once_logs_in_once_and_keeps_that_login(simulator: Simulator, p12: bytes) -> None:
    with visitor(simulator, p12) as person:
        token = person.token("/login")
        pages = at_once(lambda _: person.submit("/login", {"password": PASSWORD}, token), 4)
        assert {screen_of(page) for page in pages} <= {"information", "operation_error"}
        assert {code for page in pages for code in codes_in(page)} <= {"E9001", "E9005"}
        assert screen_of(person.get(INFORMATION)) == "information"
        alive = [s for s in simulator.portal.sessions._signed_in.values() if s.user_id == USER_ID]  # noqa: SLF001
        assert len(alive) == 1


def test_a_request_under_way_while_its_login_ends_brings_nothing_back(
    simulator: Simulator, p12: bytes, person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second login from the same browser is being checked while the person logs out elsewhere in it."""
    token = person.token("/login")
    ended = person.client.cookies[COOKIE]
    matches = simulator.world.passwords.matches

    def log_out_meanwhile(hashed: str | None, secret: str) -> bool:
        with visitor(simulator, p12) as other_window:
            other_window.client.headers["cookie"] = f"{COOKIE}={ended}"
            log_out(other_window, token_in(other_window.get(INFORMATION)))
        return matches(hashed, secret)

    monkeypatch.setattr(simulator.world.passwords, "matches", log_out_meanwhile)
    page = person.submit("/login", {"password": PASSWORD}, token)
    assert codes_in(page) == ["E9001"]
    assert codes_in(person.get(INFORMATION)) == ["E9002"]
    assert len(simulator.portal.sessions) <= 1  # the issuing window's


def test_a_flood_of_visitors_neither_grows_without_end_nor_ends_a_login(
    simulator: Simulator, person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulator.portal.sessions, "_maximum", 5)
    with visitor(simulator) as crowd:
        for _ in range(20):
            crowd.client.cookies.clear()
            crowd.get(INITIAL_LOGIN)
    assert len(simulator.portal.sessions) <= 6
    assert screen_of(person.get(INFORMATION)) == "information"
