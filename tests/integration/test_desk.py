"""The simulated desk over HTTP: every window, the import, what it brings about at the portal, and who may not act."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from simulator.catalogue.desk_windows import load_desk
from simulator.desk import DeskAccount
from simulator.server import Simulator
from tests.integration.visitors import PASSWORD, Visitor, screen_of

NAME, SITE = "給与担当", "https://www.cjs-rokin.jp"
WINDOWS = sorted(load_desk().windows)


class Seat:
    """Somebody who practises at the desk."""

    def __init__(self, client: httpx.Client, account: DeskAccount) -> None:
        self.client, self.account = client, account
        self.home = f"/desk/{account.path}"

    def look(self, window: str) -> httpx.Response:
        return self.client.get(f"{self.home}/{window}")

    def press(self, window: str, key: str, **sent: str) -> httpx.Response:
        return self.client.post(f"{self.home}/{window}", data={"press": key, **sent})

    def put(self, name: str, data: bytes) -> httpx.Response:
        return self.client.post(f"{self.home}/files", files={"file": (name, data)})


@pytest.fixture
def seat(simulator: Simulator) -> Iterator[Seat]:
    """The desk of one logon account."""
    with httpx.Client(base_url=simulator.endpoints.office, timeout=20, follow_redirects=True) as client:
        client.post("/desk/", data={"name": NAME})
        account = simulator.desk.find(NAME)
        assert account is not None
        yield Seat(client, account)


def window_of(page: httpx.Response) -> str:
    found = re.search(r'<body data-window="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def told(page: httpx.Response) -> str:
    found = re.search(r'class="problem" role="alert"><p>(.*?)</p>', page.text)
    assert found, page.text
    return unescape(found[1])


@pytest.mark.parametrize("key", WINDOWS)
def test_every_window_is_whole_and_marked_as_an_illustration(seat: Seat, key: str) -> None:
    page = seat.look(key)
    assert (page.status_code, page.text.count("<h1"), window_of(page)) == (200, 1, key)
    assert ">説明図</p>" in page.text
    assert ">シミュレータ</p>" in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert "style=" not in page.text


def test_what_belongs_to_the_pages_is_there(seat: Seat) -> None:
    for name in ("desk.css", "icon.svg", "folder.js", "close.js", "password.js"):
        assert seat.client.get(f"/desk/static/{name}").status_code == 200


def test_a_file_goes_through_the_whole_wizard_into_the_store(seat: Seat, window: Visitor) -> None:
    data = window.issue()
    seat.put("master01.p12", data)
    assert window_of(seat.press("folder", "files:master01.p12")) == "wizard_location"
    assert window_of(seat.press("wizard_location", "next", location="user")) == "wizard_file"
    assert "master01.p12" in seat.look("wizard_file").text
    assert window_of(seat.press("wizard_file", "next")) == "wizard_key"
    assert window_of(seat.press("wizard_key", "next", password=PASSWORD, extended="on")) == "wizard_store"
    assert window_of(seat.press("wizard_store", "next", store="auto")) == "wizard_finish"
    assert window_of(seat.press("wizard_finish", "finish")) == "wizard_warning"
    assert seat.account.certificates.names == []
    page = seat.press("wizard_warning", "yes")
    assert window_of(page) == "wizard_done"
    assert "正しくインポートされました。" in page.text
    assert seat.account.certificates.names[0].startswith("master01 ")
    assert seat.account.secret == ""


@pytest.mark.parametrize("password", ["", "Wrong#99", PASSWORD.swapcase()])
def test_a_wrong_password_is_told_and_is_not_shown_again(seat: Seat, window: Visitor, password: str) -> None:
    seat.put("master01.p12", window.issue())
    seat.press("folder", "files:master01.p12")
    page = seat.press("wizard_key", "next", password=password, key_strong="on")
    assert (page.status_code, window_of(page)) == (422, "wizard_key")
    assert told(page) == load_desk().problems["wrong_password"]
    assert not password or password not in page.text
    assert re.search(r'id="key_strong"[^>]* checked', page.text)


def test_the_wizard_starts_with_its_own_options_each_time(seat: Seat, window: Visitor) -> None:
    seat.put("master01.p12", window.issue())
    seat.press("folder", "files:master01.p12")
    seat.press("wizard_key", "next", password=PASSWORD, extended="on")
    assert seat.account.values["extended"] == "on"
    seat.press("folder", "files:master01.p12")
    assert seat.account.values["extended"] == "off"


def test_the_computer_s_own_store_and_a_store_without_a_name_are_refused(seat: Seat, window: Visitor) -> None:
    seat.put("master01.p12", window.issue())
    seat.press("folder", "files:master01.p12")
    assert told(seat.press("wizard_location", "next", location="machine")) == load_desk().problems["machine"]
    assert told(seat.press("wizard_store", "next", store="named")) == load_desk().problems["no_store"]


def test_a_certificate_among_the_root_authorities_is_not_offered(seat: Seat, window: Visitor) -> None:
    seat.put("master01.p12", window.issue())
    seat.press("folder", "files:master01.p12")
    seat.press("wizard_key", "next", password=PASSWORD)
    seat.press("choose_store", "root")
    seat.press("wizard_store", "next", store="named")
    assert window_of(seat.press("wizard_warning", "yes")) == "wizard_done"
    assert seat.account.certificates.names == []


def test_finishing_without_the_password_imports_nothing(seat: Seat, window: Visitor) -> None:
    seat.put("master01.p12", window.issue())
    seat.press("folder", "files:master01.p12")
    assert told(seat.press("wizard_warning", "yes")) == load_desk().problems["not_imported"]
    assert seat.account.certificates.names == []


@pytest.mark.parametrize("name", ["a.p12", "a.exe", "a.txt"])
def test_what_is_no_certificate_is_refused(seat: Seat, name: str) -> None:
    seat.put(name, b"nothing")
    page = seat.press("folder", f"files:{name}")
    if window_of(page) == "wizard_location":
        page = seat.press("wizard_key", "next", password=PASSWORD)
    assert told(page) == load_desk().problems["unreadable"]


def test_a_file_that_is_not_there_cannot_be_opened(seat: Seat) -> None:
    assert told(seat.press("folder", "files:../../etc/passwd")) == load_desk().problems["no_file"]
    assert told(seat.press("download_prompt", "open")) == load_desk().problems["no_file"]


@pytest.mark.parametrize(
    ("address", "problem"),
    [("", "empty"), ("http://www.cjs-rokin.jp", "not_secure"), ("www.cjs-rokin.jp", "not_secure")],
)
def test_an_address_that_is_none_of_the_site_is_refused_and_stays(seat: Seat, address: str, problem: str) -> None:
    page = seat.press("trusted_sites", "add", site=address)
    assert told(page) == load_desk().problems[problem]
    assert f'value="{address}"' in page.text
    assert seat.account.lists["trusted_sites"] == []


def test_a_site_is_registered_once(seat: Seat) -> None:
    seat.press("trusted_sites", "add", site=SITE)
    assert told(seat.press("trusted_sites", "add", site=f"{SITE}/")) == load_desk().problems["twice"]
    assert seat.account.lists["trusted_sites"] == [SITE]


def test_cancelling_keeps_what_was_set(seat: Seat) -> None:
    seat.press("autocomplete", "cancel")
    assert seat.account.values["form_memory"] == "on"
    seat.press("autocomplete", "ok", passwords="on")
    assert (seat.account.values["form_memory"], seat.account.values["password_memory"]) == ("off", "on")


def test_accounts_have_settings_of_their_own(seat: Seat, simulator: Simulator) -> None:
    seat.press("trusted_sites", "add", site=SITE)
    assert simulator.desk.sign_in("庶務担当").lists["trusted_sites"] == []
    assert simulator.desk.sign_in(NAME).lists["trusted_sites"] == [SITE]


@pytest.mark.parametrize("name", ["", "　", "あ" * 21, "a\nb"])
def test_a_name_that_is_none_is_refused(seat: Seat, name: str) -> None:
    page = seat.client.post("/desk/", data={"name": name})
    assert told(page) == load_desk().problems["account_name"]


def test_what_does_not_exist_leads_to_signing_in(seat: Seat) -> None:
    for path in ("/desk/nobody/desktop", f"{seat.home}/nothing", "/desk/x/y/z"):
        assert window_of(seat.client.get(path)) == "sign_in"
    assert window_of(seat.press("desktop", "nothing")) == "sign_in"


def test_nobody_is_signed_in_after_a_reset(seat: Seat, simulator: Simulator) -> None:
    simulator.reset()
    assert window_of(seat.look("desktop")) == "sign_in"


def test_a_form_from_another_site_does_nothing(seat: Seat) -> None:
    answer = seat.client.post(
        f"{seat.home}/trusted_sites", data={"press": "add", "site": SITE}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert seat.account.lists["trusted_sites"] == []


def at_portal(seat: Seat, window: Visitor, path: str) -> httpx.Response:
    """What a browser that was started on the desk is answered."""
    seat.client.get(f"{seat.home}/access", follow_redirects=False)
    cookie = {"cookie": f"koujyo-desk={seat.client.cookies['koujyo-desk']}"}
    return window.client.get(path, headers=cookie, follow_redirects=False)


def test_blocked_pop_ups_close_the_window_on_access_until_the_site_is_allowed(seat: Seat, window: Visitor) -> None:
    away = at_portal(seat, window, "/")
    assert away.status_code == 303
    assert away.headers["location"].endswith(f"{seat.home}/closing")
    assert window.get("/").status_code == 200
    seat.press("edge_add_site", "add", site=SITE)
    assert screen_of(at_portal(seat, window, "/")) == "login_top"


def test_a_site_that_is_not_trusted_leads_back_to_the_top_screen(seat: Seat, window: Visitor) -> None:
    issue = "/certificate/user-authentication"
    assert at_portal(seat, window, issue).headers["location"] == "/"
    seat.press("trusted_sites", "add", site="https://www.cjs-rokin.co.jp")
    assert at_portal(seat, window, issue).status_code == 303
    seat.press("trusted_sites", "add", site=SITE)
    assert screen_of(at_portal(seat, window, issue)) == "user_authentication"


def test_ie_mode_has_a_pop_up_list_of_its_own(seat: Seat, window: Visitor) -> None:
    seat.press("edge_add_site", "add", site=SITE)
    seat.press("start_menu", "menu:edge_ie")
    assert at_portal(seat, window, "/").status_code == 303
    seat.press("options_privacy", "ok")  # without the tick
    assert seat.account.values["popup_blocker"] == "off"
    assert screen_of(at_portal(seat, window, "/")) == "login_top"


def test_a_browser_that_was_closed_on_the_desk_is_like_any_other(seat: Seat) -> None:
    seat.client.get(f"{seat.home}/access", follow_redirects=False)
    assert "koujyo-desk" in seat.client.cookies
    seat.client.get(f"{seat.home}/quit")
    assert "koujyo-desk" not in seat.client.cookies
