"""What the labour bank does over the API: contracts, masters, certificates, notices; and how it is refused."""

from collections.abc import Iterator

import httpx
import pytest

from simulator.server import Simulator
from simulator.services.trail import events
from tests.integration.visitors import (
    EMPLOYER,
    INITIAL_PASSWORD,
    PASSWORD,
    USER_ID,
    WRONG,
    Visitor,
    codes_in,
    screen_of,
    visitor,
)

CONTRACT = f"/contracts/{EMPLOYER}"
REVOKE = f"/users/{USER_ID}/certificates/revoke"
NOTICE = {"title": "点検のお知らせ", "text": "15時に終わります。\nご了承ください。"}


@pytest.fixture
def office(simulator: Simulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{simulator.endpoints.office}/api", timeout=20) as client:
        yield client


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["detail"]["code"]


def block_contract(window: Visitor, simulator: Simulator) -> None:
    for _ in range(3):
        for _ in range(6):
            window.initial_login(EMPLOYER, WRONG)
        httpx.post(f"{simulator.endpoints.office}/api/clock/advance", json={"seconds": 3600})


def test_a_contract_is_read_with_users_and_certificates(office: httpx.Client, window: Visitor) -> None:
    assert office.get(CONTRACT).json()["users"] == []
    window.issue()
    (user,) = office.get(CONTRACT).json()["users"]
    (certificate,) = user["certificates"]
    assert (user["user_id"], user["is_master"], certificate["state"]) == (USER_ID, True, "valid")
    assert certificate["name"].startswith(f"{USER_ID} ")
    assert office.get(f"/users/{USER_ID}/certificates").json() == [certificate]


def test_an_initial_password_filed_again_opens_what_was_blocked(
    office: httpx.Client, window: Visitor, simulator: Simulator
) -> None:
    block_contract(window, simulator)
    assert codes_in(window.initial_login()) == ["E2003"]
    answer = office.put(f"{CONTRACT}/initial-password", json={"initial_password": "Rokin#02"})
    assert (answer.status_code, answer.json()["blocked"], "Rokin#02" in answer.text) == (200, False, False)
    assert codes_in(window.initial_login(EMPLOYER, INITIAL_PASSWORD)) == ["E2001"]
    assert screen_of(window.initial_login(EMPLOYER, "Rokin#02")) == "master_registration"


def test_a_blocked_initial_registration_is_released_once(
    office: httpx.Client, window: Visitor, simulator: Simulator
) -> None:
    block_contract(window, simulator)
    assert office.post(f"{CONTRACT}/release").json()["blocked"] is False
    assert screen_of(window.initial_login()) == "master_registration"
    assert refusal(office.post(f"{CONTRACT}/release")) == (409, "E5006")


def test_an_initialised_master_can_register_again_with_the_same_id(office: httpx.Client, window: Visitor) -> None:
    window.issue()
    answer = office.post(f"{CONTRACT}/master/initialise", json={"reason": "マスターユーザーの交代"})
    assert (answer.status_code, answer.json()["users"]) == (200, [])
    assert codes_in(window.authenticate()) == ["E2101"]
    assert screen_of(window.register()) == "registration_result"
    assert refusal(office.post("/contracts/20000001/master/initialise")) == (409, "E5003")


def test_a_locked_master_is_released(office: httpx.Client, window: Visitor) -> None:
    window.register()
    assert refusal(office.post(f"{CONTRACT}/master/release")) == (409, "E5006")
    for _ in range(6):
        window.authenticate(password=WRONG)
    assert codes_in(window.authenticate()) == ["E2102"]
    assert office.post(f"{CONTRACT}/master/release").json()["users"][0]["locked_until"] is None
    assert screen_of(window.authenticate()) == "code_entry"


def test_the_detail_change_functions_are_switched(office: httpx.Client) -> None:
    for enabled in (True, False):
        assert office.put(f"{CONTRACT}/detail-change", json={"enabled": enabled}).json()["detail_change"] is enabled
    assert office.put(f"{CONTRACT}/detail-change", json={"enabled": "yes"}).status_code == 422


def test_a_revoked_certificate_opens_no_door_and_a_new_one_is_issued(
    office: httpx.Client, window: Visitor, simulator: Simulator
) -> None:
    p12 = window.issue()
    answer = office.post(REVOKE, json={"reason": "PC変更"})
    assert [(c["state"], c["revocation_reason"]) for c in answer.json()] == [("revoked", "PC変更")]
    with visitor(simulator, p12) as person:
        assert codes_in(person.get("/login")) == ["E3005"]
    assert screen_of(window.authenticate(password=PASSWORD)) == "code_entry"
    assert refusal(office.post(REVOKE, json={"reason": "PC変更"})) == (409, "E5004")


def test_notices_are_published_listed_and_withdrawn(office: httpx.Client) -> None:
    older = office.post("/notices", json=NOTICE)
    newer = office.post("/notices", json={**NOTICE, "title": "二つ目"})
    assert older.status_code == 201
    assert office.get("/notices").json() == [newer.json(), older.json()]
    assert office.delete(f"/notices/{older.json()['id']}").status_code == 204
    assert office.get("/notices").json() == [newer.json()]
    assert refusal(office.delete(f"/notices/{older.json()['id']}")) == (404, "E5005")


def test_notices_stand_on_the_information_screen_newest_first_and_as_text(
    office: httpx.Client, window: Visitor, simulator: Simulator
) -> None:
    with visitor(simulator, window.issue()) as person:
        assert "現在、お知らせはありません。" in person.log_in().text
        for title in ("<b>一つ目</b>", "二つ目"):
            office.post("/notices", json={"title": title, "text": "本文\n二行目"})
        page = person.get("/information").text
    assert "現在、お知らせはありません。" not in page
    assert page.index("二つ目") < page.index("&lt;b&gt;一つ目&lt;/b&gt;")
    assert "<b>一つ目" not in page


@pytest.mark.parametrize(
    ("verb", "path", "body", "code"),
    [
        ("GET", "/contracts/99999999", None, "E5001"),
        ("PUT", "/contracts/99999999/initial-password", {"initial_password": "Rokin#02"}, "E5001"),
        ("POST", "/contracts/99999999/release", None, "E5001"),
        ("POST", "/contracts/99999999/master/initialise", None, "E5001"),
        ("POST", "/contracts/99999999/master/release", None, "E5001"),
        ("PUT", "/contracts/99999999/detail-change", {"enabled": True}, "E5001"),
        ("GET", "/users/nobody01/certificates", None, "E5002"),
        ("POST", "/users/nobody01/certificates/revoke", {"reason": "紛失"}, "E5002"),
        ("DELETE", "/notices/999", None, "E5005"),
    ],
)
def test_what_is_unknown_is_not_found(
    office: httpx.Client, simulator: Simulator, verb: str, path: str, body: object, code: str
) -> None:
    before = len(events(simulator.world))
    assert refusal(office.request(verb, path, json=body)) == (404, code)
    assert len(events(simulator.world)) == before


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("GET", "/contracts/1234567", None),
        ("GET", "/contracts/１２３４５６７８", None),
        ("PUT", f"{CONTRACT}/initial-password", {"initial_password": "rokin#02"}),
        ("POST", f"{CONTRACT}/master/initialise", {"reason": "あ" * 81}),
        ("GET", "/users/ab/certificates", None),
        ("POST", REVOKE, {"reason": ""}),
        ("POST", REVOKE, {"reason": "改\n行"}),
        ("POST", REVOKE, {}),
        ("POST", "/notices", {**NOTICE, "title": ""}),
        ("POST", "/notices", {**NOTICE, "title": "二\n行"}),
        ("POST", "/notices", {**NOTICE, "text": "あ" * 401}),
        ("POST", "/notices", {**NOTICE, "text": "\u202e"}),
        ("DELETE", "/notices/0", None),
        ("DELETE", f"/notices/{2**31}", None),
    ],
    ids=range(14),
)
def test_what_breaks_a_rule_is_refused(office: httpx.Client, verb: str, path: str, body: object) -> None:
    answer = office.request(verb, path, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
    ids=range(6),
)
def test_a_page_of_another_site_cannot_use_the_api(
    office: httpx.Client, simulator: Simulator, headers: dict[str, str], status: int
) -> None:
    assert office.post("/clock/advance", json={"seconds": 1}, headers=headers).status_code == status
    assert (simulator.clock.now() != simulator.clock.start) == (status == 200)


def test_the_office_s_own_origin_may_use_the_api(office: httpx.Client, simulator: Simulator) -> None:
    assert office.post("/reset", headers={"origin": simulator.endpoints.office}).status_code == 200
