"""Changing the own password over HTTPS: what is due cannot be got around, and a form counts once (LGN-07, PWD)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from simulator.server import Simulator
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import issue_certificate
from simulator.services.contracts import users
from simulator.services.registration import MasterEntry, register_master
from simulator.services.users import GeneralUserEntry, register_general_user, set_temporary_password
from simulator.store import User
from tests.integration.visitors import (
    ADDRESS,
    EMPLOYER,
    PASSWORD,
    USER_ID,
    WRONG,
    Visitor,
    at_once,
    codes_in,
    screen_of,
    token_in,
    visitor,
)

FIRST, EXPIRED, MENU = "/login/password/first", "/login/password/expired", "/password"
MESSAGE, RESULT = "/login/password-expired", "/password/result"
GENERAL, NEW, OTHER = "ippan001", "Efgh#456", "Ijkl#789"
AGE = timedelta(days=90)
DUE = [("general", "password_change_first", FIRST), ("expired", "password_change_expired", EXPIRED)]
DUE_PATHS = [(who, path) for who, _, path in DUE]


def certificate(simulator: Simulator, user_id: str) -> bytes:
    """A fresh certificate of this user as a .p12 file; only the mail tells the code."""
    code = authenticate(simulator.world, user_id, PASSWORD)
    mail = simulator.sink.mailbox.wait(to=address_of(user_id), timeout=5)
    assert mail is not None
    digits = next(line.strip() for line in mail.text.splitlines() if line.strip().isdigit())
    verify_code(simulator.world, code.id, digits)
    return issue_certificate(simulator.world, code.id, PASSWORD).data


@pytest.fixture(autouse=True)
def registered(simulator: Simulator) -> None:
    """A master, and a general user whose temporary password is Abcd#123 too."""
    register_master(simulator.world, EMPLOYER, MasterEntry(USER_ID, PASSWORD, "労金　太郎", ADDRESS))
    entry = GeneralUserEntry(GENERAL, PASSWORD, "労金　花子", address_of(GENERAL))
    register_general_user(simulator.world, USER_ID, entry)


@pytest.fixture
def master_p12(simulator: Simulator) -> bytes:
    """The master's certificate."""
    return certificate(simulator, USER_ID)


@pytest.fixture
def master(simulator: Simulator, master_p12: bytes) -> Iterator[Visitor]:
    """The master's window."""
    with visitor(simulator, master_p12) as window:
        yield window


@pytest.fixture
def general(simulator: Simulator) -> Iterator[Visitor]:
    """The general user's window."""
    with visitor(simulator, certificate(simulator, GENERAL)) as window:
        yield window


@pytest.fixture
def expired(simulator: Simulator, master: Visitor) -> Visitor:
    """The master's window, ninety days later."""
    simulator.clock.advance(AGE)
    return master


@pytest.fixture
def due(request: pytest.FixtureRequest) -> Visitor:
    """The window of somebody who has to change the password."""
    found: Visitor = request.getfixturevalue(request.param)
    return found


def address_of(user_id: str) -> str:
    return f"{user_id}@sample.co.jp"


def filled(current: str = PASSWORD, new: str = NEW, again: str | None = None) -> dict[str, str]:
    return {"current_password": current, "new_password": new, "new_password_again": new if again is None else again}


def kept(simulator: Simulator, user_id: str = USER_ID) -> User:
    return next(user for user in users(simulator.world) if user.user_id == user_id)


def changes(simulator: Simulator) -> int:
    """How many changes were mailed."""
    mails = simulator.sink.mailbox.search()
    return sum("パスワード変更のお知らせ" in mail.subject + mail.text for mail in mails)


@pytest.mark.parametrize(("due", "screen", "path"), DUE, indirect=["due"])
@pytest.mark.parametrize("typed", ["/information", MENU, RESULT])
def test_typing_an_address_does_not_get_around_a_change_that_is_due(
    due: Visitor, screen: str, path: str, typed: str
) -> None:
    due.log_in()
    page = due.get(typed)
    assert (screen_of(page), page.url.path) == (screen, path)
    assert "menu-bar" not in page.text


@pytest.mark.parametrize(("due", "screen", "path"), DUE, indirect=["due"])
def test_the_menu_s_change_is_no_way_around_either(simulator: Simulator, due: Visitor, screen: str, path: str) -> None:
    due.log_in()
    sent = due.client.post(MENU, data={**filled(), "csrf_token": due.token(path)})
    assert screen_of(sent) == screen
    assert changes(simulator) == 0


@pytest.mark.parametrize(("due", "path"), DUE_PATHS, indirect=["due"])
def test_logging_out_is_possible_while_a_change_is_due(due: Visitor, path: str) -> None:
    due.log_in()
    out = due.client.post("/logout", data={"csrf_token": due.token(path)})
    assert screen_of(out) == "login_top"
    assert codes_in(due.get(path)) == ["E9002"]


@pytest.mark.parametrize(("due", "path"), DUE_PATHS, indirect=["due"])
def test_the_change_leads_to_the_information_screen_and_its_form_is_over_then(
    simulator: Simulator, due: Visitor, path: str
) -> None:
    due.log_in()
    token = due.token(path)
    assert screen_of(due.submit(path, filled(), token)) == "information"
    assert codes_in(due.get(path)) == ["E9001"]
    assert [codes_in(due.submit(path, filled(), token)) for _ in range(6)] == [["E9001"]] * 6
    assert screen_of(due.get("/information")) == "information"
    assert changes(simulator) == 1


@pytest.mark.parametrize(("due", "path"), DUE_PATHS, indirect=["due"])
def test_sent_six_times_at_once_it_changes_once_and_counts_nothing(
    simulator: Simulator, due: Visitor, path: str
) -> None:
    due.log_in()
    token = due.token(path)
    pages = at_once(lambda _: due.submit(path, filled(), token), 6)
    assert sorted(codes_in(page) for page in pages) == [[], *[["E9001"]] * 5]
    assert changes(simulator) == 1
    assert [(user.failures, user.locks) for user in users(simulator.world)] == [(0, 0)] * 2


def test_a_general_user_is_asked_at_the_first_login_and_not_at_the_second(general: Visitor) -> None:
    page = general.log_in()
    assert (screen_of(page), page.url.path) == ("password_change_first", FIRST)
    assert screen_of(general.submit(FIRST, filled())) == "information"
    assert screen_of(general.log_in(NEW)) == "information"


def test_a_general_user_who_left_without_changing_is_asked_again(simulator: Simulator, general: Visitor) -> None:
    general.log_in()
    general.client.cookies.clear()
    assert codes_in(general.get("/information")) == ["E9002"]
    assert screen_of(general.log_in()) == "password_change_first"
    assert kept(simulator, GENERAL).password_is_temporary


def test_a_temporary_password_goes_before_its_age(simulator: Simulator, general: Visitor) -> None:
    simulator.clock.advance(AGE)
    assert screen_of(general.log_in()) == "password_change_first"
    assert screen_of(general.get(EXPIRED)) == "password_change_first"
    assert screen_of(general.get(MESSAGE)) == "password_change_first"


def test_a_second_before_ninety_days_login_leads_to_the_information_screen(
    simulator: Simulator, master: Visitor
) -> None:
    simulator.clock.advance(AGE - timedelta(seconds=1))
    assert screen_of(master.log_in()) == "information"


def test_a_password_that_expires_while_logged_in_has_to_be_changed_at_the_next_request(
    simulator: Simulator, master: Visitor
) -> None:
    simulator.clock.advance(AGE - timedelta(seconds=1))
    master.log_in()
    simulator.clock.advance(timedelta(seconds=1))
    assert screen_of(master.get("/information")) == "password_change_expired"


def test_an_expired_password_raises_the_message_over_login_readable_without_a_script(expired: Visitor) -> None:
    page = expired.log_in()
    assert (screen_of(page), page.url.path) == ("login", MESSAGE)
    message = page.text.partition('<dialog id="confirmation" open')[2].partition("</dialog>")[0]
    assert "パスワードの有効期限が切れています" in message
    assert f'action="{EXPIRED}"' in message
    assert ">ＯＫ</button>" in message
    assert '<dialog id="confirmation"' not in expired.get("/login").text


def test_cancel_ends_the_login_and_shows_login(simulator: Simulator, expired: Visitor) -> None:
    expired.log_in()
    assert 'action="/login"' in expired.get(EXPIRED).text
    cookies = dict(expired.client.cookies)
    assert screen_of(expired.get("/login")) == "login"
    expired.client.cookies.update(cookies)
    for path in (EXPIRED, MESSAGE, "/information"):
        assert codes_in(expired.get(path)) == ["E9002"]
    assert changes(simulator) == 0


def test_coming_back_to_login_leaves_an_ordinary_login_alone(master: Visitor) -> None:
    master.log_in()
    assert screen_of(master.get("/login")) == "login"
    assert screen_of(master.get("/information")) == "information"


@pytest.mark.parametrize("path", [FIRST, EXPIRED, MESSAGE])
def test_a_change_that_is_not_due_cannot_be_opened(master: Visitor, path: str) -> None:
    assert codes_in(master.get(path)) == ["E9002"]
    master.log_in()
    assert codes_in(master.get(path)) == ["E9001"]


def test_the_menu_s_change_tells_when_it_was_made(simulator: Simulator, master: Visitor) -> None:
    master.log_in()
    assert codes_in(master.get(RESULT)) == ["E9001"]
    page = master.submit(MENU, filled())
    assert (screen_of(page), page.url.path) == ("password_change_result", RESULT)
    assert f"{simulator.clock.now():%Y年%m月%d日 %H:%M:%S}" in page.text
    assert screen_of(master.log_in(NEW)) == "information"
    assert codes_in(master.get(RESULT)) == ["E9001"]


def test_the_menu_s_form_sent_again_changes_nothing_and_does_not_count(simulator: Simulator, master: Visitor) -> None:
    master.log_in()
    token = master.token(MENU)
    master.submit(MENU, filled(), token)
    again = [codes_in(master.submit(MENU, filled(), token)) for _ in range(6)]
    assert again == [["E9001"]] * 6
    assert (kept(simulator).failures, kept(simulator).locks, changes(simulator)) == (0, 0, 1)
    assert screen_of(master.get(MENU)) == "password_change"


def test_another_temporary_password_makes_an_open_form_old_and_nothing_is_counted(
    simulator: Simulator, general: Visitor
) -> None:
    general.log_in()
    token = general.token(FIRST)
    set_temporary_password(simulator.world, USER_ID, GENERAL, OTHER)
    assert codes_in(general.submit(FIRST, filled(), token)) == ["E9001"]
    assert (kept(simulator, GENERAL).failures, changes(simulator)) == (0, 0)
    assert screen_of(general.submit(FIRST, filled(OTHER))) == "information"


def test_a_change_ends_every_other_login_of_the_user_and_keeps_the_one_it_was_made_in(
    simulator: Simulator, master: Visitor, master_p12: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lenient = replace(simulator.world.profile, newer_login_ends_older=False)
    monkeypatch.setattr(simulator.portal.sessions, "_profile", lenient)
    master.log_in()
    with visitor(simulator, master_p12) as other:
        other.log_in()
        master.submit(MENU, filled())
        assert codes_in(other.get("/information")) == ["E9002"]
    assert screen_of(master.get("/information")) == "information"


@pytest.mark.parametrize(
    ("values", "codes", "label"),
    [
        (filled(""), ["E1001"], "現在のパスワード"),
        (filled("abc"), ["E1002"], "現在のパスワード"),
        (filled(new="Abcd#12"), ["E1002", "E1002"], "新しいパスワード"),
        (filled(new="Abcdefgh#1234"), ["E1002", "E1002"], "新しいパスワード"),
        (filled(new="abcd#123"), ["E1004", "E1004"], "新しいパスワード"),
        (filled(new="Abcd 1#3"), ["E1006", "E1006"], "新しいパスワード"),
        (filled(again="Efgh#457"), ["E1005"], "新しいパスワード再入力"),
        (filled(again=""), ["E1001"], "新しいパスワード再入力"),
        (filled(WRONG), ["E4101"], "現在のパスワード"),
        (filled(new=PASSWORD), ["E4102"], "新しいパスワード"),
    ],
)
def test_what_is_refused_is_told_at_its_input_and_no_password_is_given_back(
    simulator: Simulator, master: Visitor, values: dict[str, str], codes: list[str], label: str
) -> None:
    master.log_in()
    page = master.submit(MENU, values)
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, codes, "password_change")
    assert label in wrong_rows(page)
    assert not [value for value in values.values() if value and f'value="{value}"' in page.text]
    assert kept(simulator).failures == (codes == ["E4101"])
    assert changes(simulator) == 0
    assert screen_of(master.submit(MENU, filled(), token_in(page))) == "password_change_result"


def test_six_wrong_current_passwords_lock_and_are_told_above_the_form(simulator: Simulator, expired: Visitor) -> None:
    expired.log_in()
    said = [codes_in(expired.submit(EXPIRED, filled(WRONG))) for _ in range(6)]
    assert said == [["E4101"]] * 5 + [["E3102"]]
    assert codes_in(expired.submit(EXPIRED, filled())) == ["E3102"]
    assert kept(simulator).locks == 1


@pytest.mark.parametrize("path", [FIRST, EXPIRED, MESSAGE, MENU, RESULT])
def test_nobody_who_is_not_logged_in_gets_any_of_these_pages(window: Visitor, path: str) -> None:
    page = window.get(path)
    assert (page.status_code, codes_in(page)) == (403, ["E9002"])


def wrong_rows(page: httpx.Response) -> str:
    """The rows of the entry table that are marked as wrong."""
    return "".join(part.partition("</tr>")[0] for part in page.text.split('<tr class="wrong">')[1:])
