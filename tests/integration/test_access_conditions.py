"""What the portal makes of the browser's settings, over HTTPS: cookies, pop-ups, scripts (BRW-01, BRW-12, BRW-24)."""

import pytest

from simulator.server import Simulator
from tests.integration.visitors import EMPLOYER, INITIAL_LOGIN, Visitor, codes_in, running, screen_of, visitor

OPENED = {"sec-fetch-site": "none"}
FOLLOWED = {"sec-fetch-site": "same-origin"}
FORM = {"contract_number": EMPLOYER, "initial_password": "Rokin#01", "csrf_token": "x"}


def test_a_form_of_ours_without_any_cookie_tells_that_cookies_are_blocked(window: Visitor) -> None:
    page = window.client.post(INITIAL_LOGIN, data=FORM, headers=FOLLOWED)
    assert (page.status_code, codes_in(page)) == (403, ["E9010"])


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_of_somebody_else_is_not_taken_for_one_without_cookies(window: Visitor, site: str) -> None:
    assert codes_in(window.client.post(INITIAL_LOGIN, data=FORM, headers={"sec-fetch-site": site})) == ["E9005"]


def test_a_form_with_the_cookie_of_nobody_is_not_taken_for_one_without_cookies(window: Visitor) -> None:
    headers = {**FOLLOWED, "cookie": "__Host-koujyo=nobody"}
    assert codes_in(window.client.post(INITIAL_LOGIN, data=FORM, headers=headers)) == ["E9005"]


def test_the_portal_opens_where_it_is_accessed(window: Visitor) -> None:
    assert screen_of(window.client.get("/", headers=OPENED)) == "login_top"


def test_a_portal_with_a_window_of_its_own_opens_it_only_when_it_is_accessed() -> None:
    with running(own_window=True) as (simulator, _), visitor(simulator) as window:
        entrance = window.client.get("/", headers=OPENED)
        assert screen_of(entrance) == "entrance"
        assert 'src="/static/entrance.js"' in entrance.text
        assert screen_of(window.client.get("/", headers=FOLLOWED)) == "login_top"
        assert screen_of(window.get("/")) == "login_top"


def test_a_reset_puts_the_window_back_as_it_was_set(simulator: Simulator, window: Visitor) -> None:
    simulator.portal.own_window = True
    simulator.reset()
    assert screen_of(window.client.get("/", headers=OPENED)) == "login_top"


def test_every_page_says_without_scripts_that_they_are_blocked(window: Visitor) -> None:
    for path in ("/", "/login", "/no-such-page", "/browser-settings"):
        assert "<noscript>" in window.get(path).text
