"""Service hours and maintenance over HTTPS: every page is shut, nothing else is (ENV-10 to ENV-13)."""

from datetime import datetime

import httpx
import pytest

from simulator.clock import JAPAN
from simulator.server import Simulator
from simulator.services.contracts import contracts
from tests.integration.visitors import EMPLOYER, INITIAL_LOGIN, Visitor, codes_in, running, screen_of, visitor

SATURDAY = datetime(2026, 11, 21, 10, tzinfo=JAPAN)
PATHS = ["/", "/login", "/information", "/master/initial-login", "/certificate/result/file", "/nothing"]


@pytest.mark.parametrize("path", PATHS)
def test_outside_the_hours_every_page_is_the_one_that_says_so(simulator: Simulator, window: Visitor, path: str) -> None:
    simulator.clock.set(SATURDAY)
    page = window.get(path)
    assert (page.status_code, screen_of(page), codes_in(page)) == (503, "closed_hours", ["E9006"])
    assert "content-security-policy" in page.headers


def test_a_form_sent_after_closing_time_changes_nothing(simulator: Simulator, window: Visitor) -> None:
    token = window.token(INITIAL_LOGIN)
    simulator.clock.set(SATURDAY)
    form = {"contract_number": EMPLOYER, "initial_password": "Wrong#99"}
    assert codes_in(window.submit(INITIAL_LOGIN, form, token)) == ["E9006"]
    assert [contract.failures for contract in contracts(simulator.world)] == [0, 0]


def test_style_sheets_are_served_at_any_time(simulator: Simulator, window: Visitor) -> None:
    simulator.clock.set(SATURDAY)
    assert window.get("/static/portal.css").status_code == 200


def test_the_office_switches_maintenance_on_and_off(simulator: Simulator, window: Visitor) -> None:
    office = f"{simulator.endpoints.office}/api"
    assert httpx.get(f"{office}/opening").json() == {"opening": "open", "text": ""}
    closed = httpx.put(f"{office}/maintenance", json={"text": "<b>15時まで</b>"}).json()
    assert closed == {"opening": "maintenance", "text": "<b>15時まで</b>"}
    page = window.get("/")
    assert (page.status_code, screen_of(page), codes_in(page)) == (503, "maintenance", ["E9007"])
    assert "&lt;b&gt;15時まで" in page.text
    assert httpx.delete(f"{office}/maintenance").json()["opening"] == "open"
    assert window.get("/").status_code == 200


def test_a_reset_ends_a_maintenance(simulator: Simulator, window: Visitor) -> None:
    httpx.put(f"{simulator.endpoints.office}/api/maintenance", json={"text": ""})
    assert window.get("/").status_code == 503
    simulator.reset()
    assert window.get("/").status_code == 200


def test_a_portal_without_hours_is_open_on_a_saturday_but_not_during_a_maintenance() -> None:
    with running(always_open=True, clock=SATURDAY) as (simulator, endpoints), visitor(simulator) as person:
        assert person.get("/").status_code == 200
        httpx.put(f"{endpoints.office}/api/maintenance", json={"text": ""})
        assert person.get("/").status_code == 503
