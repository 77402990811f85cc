"""The flow over real HTTPS: what a browser's window sees, without the browser."""

import pytest

from simulator.pki import open_sealed
from simulator.server import Simulator
from tests.integration.visitors import (
    ADDRESS,
    AUTHENTICATION,
    CODE,
    EMPLOYER,
    ENTRY,
    INITIAL_LOGIN,
    ISSUE,
    PASSWORD,
    REGISTRATION,
    RESULT,
    USER_ID,
    WRONG,
    Visitor,
    codes_in,
    screen_of,
    visitor,
)


def test_a_master_registers_issues_a_certificate_logs_in_and_out(simulator: Simulator, window: Visitor) -> None:
    assert screen_of(window.get("/")) == "login_top"
    assert screen_of(window.initial_login()) == "master_registration"
    registered = window.submit(REGISTRATION, ENTRY)
    assert screen_of(registered) == "registration_result"
    assert USER_ID in registered.text
    assert screen_of(window.authenticate()) == "code_entry"
    assert screen_of(window.submit(CODE, {"code": window.mailed_code()})) == "certificate_issue"
    assert screen_of(window.submit(ISSUE, {})) == "certificate_issuing"
    assert screen_of(window.wait_for_issue()) == "certificate_result"
    download = window.get(f"{RESULT}/file")
    opened = open_sealed(download.content, PASSWORD)
    assert screen_of(window.submit(RESULT, {})) == "closed"
    with visitor(simulator, download.content) as logged_in:
        login = logged_in.get("/login")
        assert opened.name in login.text
        information = logged_in.log_in()
        assert screen_of(information) == "information"
        assert "労金　太郎 様" in information.text
        out = logged_in.client.post("/logout", data={"csrf_token": logged_in.token("/information")})
        assert screen_of(out) == "login_top"
        assert codes_in(logged_in.get("/information")) == ["E9002"]


def test_the_download_is_a_file_named_after_user_and_moment(simulator: Simulator, window: Visitor) -> None:
    window.issue()
    download = window.get(f"{RESULT}/file")
    assert download.headers["content-type"] == "application/x-pkcs12"
    expected = f"{USER_ID}{simulator.clock.now():%Y%m%d%H%M%S}.p12"
    assert (
        download.headers["content-disposition"] == f"attachment; filename=\"{expected}\"; filename*=UTF-8''{expected}"
    )


def test_the_download_starts_by_itself_only_once_and_ends_with_the_screen(window: Visitor) -> None:
    window.reach_issue()
    window.submit(ISSUE, {})
    assert 'id="download"' in window.wait_for_issue().text
    assert 'id="download"' not in window.get(RESULT).text
    window.submit(RESULT, {})
    assert window.get(f"{RESULT}/file").status_code == 409


@pytest.mark.parametrize(
    "path",
    [REGISTRATION, "/master/registration/result", CODE, ISSUE, "/certificate/issuing", RESULT, f"{RESULT}/file"],
)
def test_no_step_can_be_reached_without_the_ones_before(window: Visitor, path: str) -> None:
    page = window.get(path)
    assert (page.status_code, codes_in(page), screen_of(page)) == (409, ["E9001"], "operation_error")


def test_progress_without_an_issue_is_refused(window: Visitor) -> None:
    assert window.get("/certificate/issuing/progress").status_code == 409


@pytest.mark.parametrize("leave", ["/", INITIAL_LOGIN])
def test_leaving_the_registration_abandons_it(window: Visitor, leave: str) -> None:
    window.initial_login()
    window.get(leave)
    assert codes_in(window.get(REGISTRATION)) == ["E9001"]


@pytest.mark.parametrize("leave", ["/", AUTHENTICATION])
def test_leaving_the_issue_abandons_it(window: Visitor, leave: str) -> None:
    window.reach_issue()
    window.get(leave)
    assert codes_in(window.get(ISSUE)) == ["E9001"]


def test_a_wrong_entry_keeps_what_is_no_secret_and_names_every_field_in_order(window: Visitor) -> None:
    window.initial_login()
    page = window.submit(REGISTRATION, {**ENTRY, "password_again": "Other#12", "user_id": "short"})
    assert (page.status_code, codes_in(page)) == (422, ["E1002", "E1005"])
    assert f'value="{ADDRESS}"' in page.text
    assert 'value="short"' in page.text
    assert PASSWORD not in page.text
    assert screen_of(window.submit(REGISTRATION, ENTRY)) == "registration_result"


def test_a_wrong_code_is_refused_on_the_same_screen(window: Visitor) -> None:
    window.register()
    window.authenticate()
    wrong = f"{(int(window.mailed_code()) + 1) % 1_000_000:06}"
    page = window.submit(CODE, {"code": wrong})
    assert (page.status_code, codes_in(page), screen_of(page)) == (422, ["E2201"], "code_entry")


def test_unknown_and_known_user_ids_get_the_same_page(window: Visitor) -> None:
    window.register()
    pages = []
    for user_id in (USER_ID, "nobody01"):
        page = window.authenticate(user_id, WRONG)
        shown = page.text.replace(user_id, "").replace(window.token(AUTHENTICATION), "")
        pages.append((page.status_code, codes_in(page), shown))
    assert pages[0] == pages[1]
    assert pages[0][1] == ["E2101"]


def test_unknown_and_known_contract_numbers_get_the_same_page(window: Visitor) -> None:
    pages = []
    for number in (EMPLOYER, "99999999"):
        page = window.initial_login(number, WRONG)
        shown = page.text.replace(number, "").replace(window.token(INITIAL_LOGIN), "")
        pages.append((page.status_code, codes_in(page), shown))
    assert pages[0] == pages[1]
    assert pages[0][1] == ["E2001"]


def test_without_a_certificate_the_password_is_not_asked_for(window: Visitor) -> None:
    page = window.get("/login")
    assert (page.status_code, codes_in(page), screen_of(page)) == (403, ["E3001"], "certificate_error")
    assert "<input" not in page.text


def test_an_expired_certificate_gets_the_page_that_says_so_and_not_a_broken_connection(
    simulator: Simulator, window: Visitor
) -> None:
    p12 = window.issue()
    simulator.clock.set(simulator.clock.now().replace(year=simulator.clock.now().year + 2))
    with visitor(simulator, p12) as late:
        assert codes_in(late.get("/login")) == ["E3003"]


def test_a_certificate_from_before_a_reset_is_unknown_after_it(simulator: Simulator, window: Visitor) -> None:
    p12 = window.issue()
    simulator.reset()
    with visitor(simulator, p12) as stranger:
        assert codes_in(stranger.get("/login")) == ["E3002"]


def test_a_wrong_login_password_is_refused_and_six_lock(simulator: Simulator, window: Visitor) -> None:
    with visitor(simulator, window.issue()) as person:
        said = [codes_in(person.log_in(WRONG)) for _ in range(6)]
        assert said == [["E3101"]] * 5 + [["E3102"]]
        assert codes_in(person.log_in()) == ["E3102"]
        assert codes_in(person.get("/information")) == ["E9002"]


@pytest.mark.parametrize("path", ["/cache-clearing", "/closed"])
def test_pages_that_ask_nothing_give_out_no_cookie(window: Visitor, path: str) -> None:
    assert window.get(path).status_code == 200
    assert not window.client.cookies
