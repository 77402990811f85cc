"""Where to ask and what is needed, over HTTPS (ENV-01 to ENV-09, ENV-20 to ENV-23, LGN-16)."""

from datetime import datetime

import pytest

from simulator.clock import JAPAN
from simulator.server import Simulator
from tests.integration.visitors import INITIAL_LOGIN, Visitor, codes_in, screen_of, visitor

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
IE_MODE = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
LINKS = ['href="/contact"', 'href="/environment"', 'href="/browser-settings"']


@pytest.mark.parametrize(
    ("moment", "state"),
    [("08:59:59", "closed"), ("09:00:00", "open"), ("17:59:59", "open"), ("18:00:00", "closed")],
)
def test_the_contact_page_tells_whether_the_help_desk_answers_now(
    simulator: Simulator, window: Visitor, moment: str, state: str
) -> None:
    simulator.clock.set(datetime.fromisoformat(f"2026-11-20T{moment}").replace(tzinfo=JAPAN))
    states = simulator.portal.catalogue.screen("contact").section("operation").states
    page = window.get("/contact")
    assert screen_of(page) == "contact"
    assert [key for key, text in states.items() if f"<td>{text}</td>" in page.text] == [state]


@pytest.mark.parametrize(("user_agent", "state"), [(EDGE, "edge"), (IE_MODE, "ie_mode"), ("curl/8.0", "other")])
def test_the_environment_page_tells_whether_this_browser_is_supported(
    simulator: Simulator, window: Visitor, user_agent: str, state: str
) -> None:
    screen = simulator.portal.catalogue.screen("environment")
    page = window.client.get("/environment", headers={"user-agent": user_agent})
    states = screen.section("software").states
    assert [key for key, text in states.items() if f"<td>{text}</td>" in page.text] == [state]
    assert (screen.words["unsupported"] in page.text) is (state == "other")


@pytest.mark.parametrize(("hint", "state"), [('"15.0.0"', "windows_11"), ('"10.0.0"', "windows_10"), ("", "windows")])
def test_the_environment_page_asks_edge_for_its_windows_and_tells_it(
    simulator: Simulator, window: Visitor, hint: str, state: str
) -> None:
    headers = {"user-agent": EDGE, **({"sec-ch-ua-platform-version": hint} if hint else {})}
    page = window.client.get("/environment", headers=headers)
    states = simulator.portal.catalogue.screen("environment").section("system").states
    assert [key for key, text in states.items() if f"<td>{text}</td>" in page.text] == [state]
    assert page.headers["accept-ch"] == page.headers["critical-ch"] == "Sec-CH-UA-Platform-Version"


def test_a_user_agent_is_never_shown(window: Visitor) -> None:
    assert "alert(1)" not in window.client.get("/environment", headers={"user-agent": "<i>alert(1)"}).text


def test_they_give_out_no_cookie(window: Visitor) -> None:
    for path in ("/contact", "/environment", "/browser-settings"):
        assert window.get(path).status_code == 200
    assert not window.client.cookies


def test_every_open_page_links_them_and_none_disturbs_what_is_under_way(simulator: Simulator) -> None:
    with visitor(simulator) as window:
        for page in (window.get("/"), window.get("/no-such-page"), window.initial_login(), window.get("/login")):
            assert [link for link in LINKS if f"{link} target" not in page.text] == []
        window.get("/contact")
        assert screen_of(window.get("/master/registration")) == "master_registration"


def test_while_the_portal_is_shut_they_are_neither_served_nor_linked(simulator: Simulator, window: Visitor) -> None:
    simulator.clock.set(datetime(2026, 11, 21, 10, tzinfo=JAPAN))
    for path in ("/contact", "/environment", "/browser-settings", INITIAL_LOGIN):
        page = window.get(path)
        assert (screen_of(page), codes_in(page)) == ("closed_hours", ["E9006"])
        assert [link for link in LINKS if link in page.text] == []
        assert simulator.world.profile.help_desk_phone in page.text
