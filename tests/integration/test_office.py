"""The control API over HTTP: bounds, clear refusals, and what each call does."""

import json
import string
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.rules import JAPAN, spelt
from simulator.server import Simulator
from simulator.services.contracts import contracts, users
from simulator.services.lookup import contract_summaries
from tests.integration.visitors import EMPLOYER, INITIAL_PASSWORD, PASSWORD, USER_ID, WRONG, Visitor, codes_in

START = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
CONTRACT = {"number": "30000001", "edition": "member", "name": "新しい会員", "initial_password": "Mmbr#001"}
quickly = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=100),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture
def office(simulator: Simulator) -> Iterator[httpx.Client]:
    """A client of the office, at ten o'clock on a day that is known."""
    simulator.clock.set(START)
    with httpx.Client(base_url=simulator.endpoints.office, timeout=20) as client:
        yield client


def test_the_clock_is_read_and_set_in_japan_time(office: httpx.Client) -> None:
    assert office.get("/api/clock").json() == {"now": "2026-11-20T10:00:00+09:00", "ticking": False}
    for text in ("2027-01-02T03:04:05", "2027-01-02T03:04:05+09:00", "2027-01-01T18:04:05Z"):
        assert office.put("/api/clock", json={"now": text}).json()["now"] == "2027-01-02T03:04:05+09:00"
    assert office.get("/api/clock").json()["now"] == "2027-01-02T03:04:05+09:00"


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow!!", "2026-02-29T10:00:00", "2026-11-20T25:00:00", "1969-12-31T23:59:59", "2100-01-01", "9" * 41],
)
def test_a_moment_that_is_none_or_out_of_reach_is_refused(office: httpx.Client, text: str) -> None:
    answer = office.put("/api/clock", json={"now": text})
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert office.get("/api/clock").json()["now"] == START.isoformat()


def test_advancing_answers_what_fell_due_in_order(office: httpx.Client, window: Visitor, simulator: Simulator) -> None:
    window.register()
    window.authenticate()
    for _ in range(6):
        window.initial_login("20000001", WRONG)
    answer = office.post("/api/clock/advance", json={"seconds": 3600}).json()
    assert answer["now"] == "2026-11-20T11:00:00+09:00"
    assert answer["events"] == [
        {"at": "2026-11-20T10:30:00+09:00", "kind": "code_expired", "subject": USER_ID},
        {"at": "2026-11-20T11:00:00+09:00", "kind": "lock_ended", "subject": "20000001"},
    ]
    assert office.post("/api/clock/advance", json={"seconds": 3600}).json()["events"] == []
    assert simulator.clock.now() == START + timedelta(hours=2)


@pytest.mark.parametrize("seconds", [-1, 1.5, "soon", None, 20 * 366 * 24 * 3600 + 1, 10**30, True])
def test_an_impossible_step_is_refused(office: httpx.Client, seconds: object) -> None:
    assert office.post("/api/clock/advance", json={"seconds": seconds}).status_code == 422
    assert office.get("/api/clock").json()["now"] == START.isoformat()


def test_the_clock_is_not_moved_past_its_last_year(office: httpx.Client) -> None:
    office.put("/api/clock", json={"now": "2099-12-31T23:59:59"})
    answer = office.post("/api/clock/advance", json={"seconds": 1})
    assert (answer.status_code, "2099年" in answer.json()["detail"]) == (422, True)
    assert office.get("/api/clock").json()["now"] == "2099-12-31T23:59:59+09:00"


@pytest.mark.parametrize("day", ["1970-06-01", "2099-06-03"])
def test_a_certificate_can_be_issued_at_both_ends_of_the_clock(office: httpx.Client, window: Visitor, day: str) -> None:
    office.put("/api/clock", json={"now": f"{day}T10:00:00"})
    assert window.issue()


def test_reset_brings_the_seeded_world_back(simulator: Simulator, office: httpx.Client, window: Visitor) -> None:
    def seen() -> dict[str, Any]:
        return {
            path: office.get(f"/api/{path}").json() for path in ("clock", "contracts", "users", "events", "issuing")
        }

    office.post("/api/reset")
    seeded = seen()
    window.issue()
    office.post("/api/contracts", json=CONTRACT)
    office.post("/api/clock/advance", json={"seconds": 1})
    office.put("/api/issuing", json={"seconds": 5})
    assert [path for path, value in seen().items() if value == seeded[path]] == []
    assert office.post("/api/reset").json() == {"now": simulator.clock.start.isoformat()}
    assert seen() == seeded
    assert len(simulator.sink.mailbox) == 0
    assert codes_in(window.get("/certificate/result")) == ["E9001"]


def test_codes_are_the_same_after_every_reset_when_a_seed_is_given(simulator: Simulator, window: Visitor) -> None:
    codes = []
    for _ in range(2):
        simulator.reset()
        window.register()
        window.authenticate()
        codes.append(window.mailed_code())
    assert codes[0] == codes[1]


def test_a_contract_is_opened_listed_and_can_register(office: httpx.Client, window: Visitor) -> None:
    opened = office.post("/api/contracts", json=CONTRACT)
    assert opened.status_code == 201
    assert opened.json() in office.get("/api/contracts").json()
    assert opened.json()["name"] == "新しい会員"
    assert "1会員につき" in window.initial_login("30000001", "Mmbr#001").text


def test_a_contract_number_that_exists_is_a_conflict(office: httpx.Client) -> None:
    answer = office.post("/api/contracts", json={**CONTRACT, "number": EMPLOYER})
    assert answer.status_code == 409
    detail = answer.json()["detail"]
    assert (detail["code"], detail["field"]) == ("E1003", "number")
    assert "契約番号" in detail["message"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "1234567"),
        ("number", "123456789"),
        ("number", "1234567a"),
        ("number", "１２３４５６７８"),
        ("number", 12345678),
        ("edition", "trainer"),
        ("name", ""),
        ("name", "労" * 81),
        ("name", "\u0000"),
        ("name", "\n"),
        ("name", "株式会社\n"),
        ("initial_password", "Rokin#0"),
        ("initial_password", "Rokin#012"),
        ("initial_password", "rokin#01"),
        ("initial_password", None),
        ("color", "blue"),
    ],
    ids=range(16),
)
def test_a_contract_with_a_bad_value_is_refused_by_naming_the_field(
    office: httpx.Client, field: str, value: object
) -> None:
    answer = office.post("/api/contracts", json={**CONTRACT, field: value})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]
    assert len(office.get("/api/contracts").json()) == 2


def test_the_refusal_of_a_contract_does_not_repeat_its_initial_password(office: httpx.Client) -> None:
    answer = office.post("/api/contracts", json={**CONTRACT, "initial_password": "secret#1"})
    assert answer.status_code == 422
    assert "E1004" in answer.text
    assert "secret#1" not in answer.text


def test_users_are_listed_without_any_secret(office: httpx.Client, window: Visitor) -> None:
    assert office.get("/api/users").json() == []
    window.register()
    (user,) = office.get("/api/users").json()
    assert (user["user_id"], user["is_master"], user["contract_number"]) == (USER_ID, True, EMPLOYER)
    for text in (office.get("/api/users").text, office.get("/api/contracts").text, office.get("/api/events").text):
        assert not [word for word in ("argon2", "secret_hash", "hash", PASSWORD, INITIAL_PASSWORD) if word in text]


def test_events_come_in_order_and_in_portions(office: httpx.Client, window: Visitor) -> None:
    window.register()
    events = office.get("/api/events").json()
    assert [event["kind"] for event in events][-3:] == ["initial_login_passed", "master_registered", "mail_sent"]
    assert office.get("/api/events", params={"limit": 1}).json() == events[:1]
    assert office.get("/api/events", params={"after": events[0]["id"]}).json() == events[1:]
    assert office.get("/api/events", params={"after": 2**53}).json() == []


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", f"after={2**53 + 1}", "limit=0", "limit=10001", "limit=", "after=1.5", "limit=nan"]
)
def test_a_bad_portion_is_refused(office: httpx.Client, query: str) -> None:
    assert office.get(f"/api/events?{query}").status_code == 422


def test_the_pace_of_issuing_is_set_and_bounded(office: httpx.Client, simulator: Simulator) -> None:
    assert office.put("/api/issuing", json={"seconds": 2.5}).json() == {"seconds": 2.5}
    assert simulator.portal.issuing.seconds == 2.5
    for body in ('{"seconds": -1}', '{"seconds": 601}', '{"seconds": NaN}', '{"seconds": Infinity}', "{}"):
        refused = office.put("/api/issuing", content=body, headers={"content-type": "application/json"})
        assert refused.status_code == 422
    assert office.get("/api/issuing").json() == {"seconds": 2.5}


def inputs(office: httpx.Client) -> list[tuple[str, dict[str, Any]]]:
    """Every field that a call takes, with its schema."""
    description = office.get("/openapi.json").json()
    schemas = description["components"]["schemas"]
    taken = {name for name in schemas if name.endswith("In")} | {"IssuingPace"}
    fields = [(f"{name}.{key}", value) for name in sorted(taken) for key, value in schemas[name]["properties"].items()]
    for path, calls in description["paths"].items():
        for verb, call in calls.items():
            fields += [(f"{verb} {path} {p['name']}", p["schema"]) for p in call.get("parameters", [])]
    return [(name, schemas[f["$ref"].rpartition("/")[2]] if "$ref" in f else f) for name, f in fields]


def test_every_field_that_a_call_takes_is_bounded_in_the_description(office: httpx.Client) -> None:
    bounds = {"string": ({"minLength", "maxLength"}, {"enum"}), "integer": ({"minimum", "maximum"},)}
    bounds |= {"number": bounds["integer"], "boolean": (set(),)}
    fields = inputs(office)
    assert len(fields) == 35
    loose = [name for name, f in fields if not any(f.keys() >= keys for keys in bounds[f["type"]])]
    assert loose == []


def test_the_description_is_openapi_3_and_names_every_call_with_its_refusals(office: httpx.Client) -> None:
    description = office.get("/openapi.json").json()
    assert description["openapi"].startswith("3.")
    calls = {
        f"{verb.upper()} {path}": call for path, verbs in description["paths"].items() for verb, call in verbs.items()
    }
    assert set(calls) == {
        "GET /api/clock",
        "PUT /api/clock",
        "POST /api/clock/advance",
        "POST /api/reset",
        "GET /api/contracts",
        "POST /api/contracts",
        "GET /api/contracts/{number}",
        "PUT /api/contracts/{number}/initial-password",
        "POST /api/contracts/{number}/release",
        "POST /api/contracts/{number}/master/initialise",
        "POST /api/contracts/{number}/master/release",
        "PUT /api/contracts/{number}/detail-change",
        "POST /api/contracts/{number}/generations",
        "GET /api/contracts/{number}/detail-changes",
        "GET /api/detail-changes/{receipt}",
        "GET /api/contracts/{number}/transfer-requests",
        "GET /api/transfer-requests/{receipt}",
        "GET /api/users",
        "GET /api/users/{user_id}/certificates",
        "POST /api/users/{user_id}/certificates/revoke",
        "GET /api/notices",
        "POST /api/notices",
        "DELETE /api/notices/{notice_id}",
        "GET /api/events",
        "GET /api/issuing",
        "PUT /api/issuing",
        "GET /api/opening",
        "PUT /api/maintenance",
        "DELETE /api/maintenance",
    }
    assert len({call["operationId"] for call in calls.values()}) == len(calls)
    assert [name for name, call in calls.items() if "requestBody" in call and "422" not in call["responses"]] == []
    assert {"201", "409", "422"} <= set(calls["POST /api/contracts"]["responses"])


def test_every_reference_in_the_description_leads_somewhere(office: httpx.Client) -> None:
    description = office.get("/openapi.json").json()
    schemas = description["components"]["schemas"]
    references = [word.split('"')[0] for word in office.get("/openapi.json").text.split('"#/components/schemas/')[1:]]
    assert set(references) <= set(schemas)


@pytest.mark.parametrize("path", ["/api", "/api/", "/docs", "/api/nothing"])
def test_there_is_nothing_else_to_call(office: httpx.Client, path: str) -> None:
    assert office.get(path).status_code == 404


CALLS = [
    "PUT /api/clock",
    "POST /api/clock/advance",
    "POST /api/contracts",
    "PUT /api/contracts/10000001/initial-password",
    "PUT /api/contracts/10000001/detail-change",
    "POST /api/contracts/10000001/generations",
    "POST /api/users/master01/certificates/revoke",
    "POST /api/notices",
    "PUT /api/issuing",
    "PUT /api/maintenance",
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b'{"now": "\\ud800 2026-11-20"}'], ids=range(7)
)
def test_a_body_that_is_no_object_of_the_description_is_refused(office: httpx.Client, call: str, body: bytes) -> None:
    verb, path = call.split()
    answer = office.request(verb, path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"]


@pytest.mark.parametrize("text", ["\ud800", "\U0010ffff", "\u202e", "\u0000"], ids=range(4))
@pytest.mark.parametrize("field", ["number", "name", "initial_password", "edition"])
def test_characters_that_no_name_holds_never_break_the_office(office: httpx.Client, field: str, text: str) -> None:
    value = "".join(f"\\u{ord(c):04x}" for c in text) if ord(text) <= 0xFFFF else text
    filled = ", ".join(f'"{key}": "{value if key == field else known}"' for key, known in CONTRACT.items())
    answer = office.post(
        "/api/contracts", content=f"{{{filled}}}".encode(), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422


KEYS = ["now", "seconds", "number", "edition", "name", "x", "reason", "enabled", "title", "text", "initial_password"]


@quickly
@given(body=st.dictionaries(st.sampled_from(KEYS), json_values, max_size=4))
@pytest.mark.parametrize("call", CALLS)
def test_no_body_breaks_the_office(office: httpx.Client, call: str, body: dict[str, Any]) -> None:
    verb, path = call.split()
    answer = office.request(verb, path, content=json.dumps(body).encode(), headers={"content-type": "application/json"})
    assert answer.status_code in {200, 201, 404, 422}


@quickly
@given(
    number=st.text(string.digits, min_size=7, max_size=9) | st.text(max_size=9),
    name=st.text(max_size=82),
    initial_password=st.text(string.ascii_letters + string.digits + "#", min_size=7, max_size=9) | st.text(max_size=9),
)
def test_a_contract_is_opened_or_refused_and_the_list_tells_which(
    office: httpx.Client, simulator: Simulator, number: str, name: str, initial_password: str
) -> None:
    before = len(contracts(simulator.world))
    body = {"number": number, "edition": "member", "name": name, "initial_password": initial_password}
    status = office.post("/api/contracts", json=body).status_code
    assert status in {201, 409, 422}
    assert len(contracts(simulator.world)) - before == (status == 201)
    assert users(simulator.world) == []


@quickly
@given(moment=st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)))  # noqa: DTZ001
def test_any_moment_in_reach_is_set_exactly(office: httpx.Client, moment: datetime) -> None:
    answer = office.put("/api/clock", json={"now": moment.isoformat()})
    assert datetime.fromisoformat(answer.json()["now"]) == moment.replace(tzinfo=JAPAN)


@pytest.mark.parametrize("blank", ["　　", " ", "\u3164"])
def test_names_and_texts_of_blanks_alone_are_refused(office: httpx.Client, blank: str) -> None:
    contract = {"number": "10000009", "edition": "employer", "name": blank, "initial_password": "Rensyu#1"}
    for path, body in (
        ("contracts", contract),
        ("notices", {"title": blank, "text": "本文"}),
        ("notices", {"title": "件名", "text": blank}),
        (f"users/{USER_ID}/certificates/revoke", {"reason": blank}),
    ):
        answer = office.post(f"/api/{path}", json=body)
        assert (answer.status_code, "E1001" in answer.text) == (422, True), path
    assert (office.put("/api/maintenance", json={"text": blank})).status_code == 422


def test_a_contract_s_name_has_one_spelling_and_is_found_by_any(simulator: Simulator, office: httpx.Client) -> None:
    contract = {"number": "10000009", "edition": "employer", "initial_password": "Rensyu#1"}
    answer = office.post("/api/contracts", json={**contract, "name": "葛\U000e0100城⼯業か\u3099"})
    assert answer.json()["name"] == "葛\U000e0100城工業が"
    for typed in ("葛城", "工業が", "⼯業", "ガ"):
        assert [each.contract.number for each in contract_summaries(simulator.world, spelt(typed))] == ["10000009"]
    assert office.post(
        "/api/contracts", json={**contract, "name": "葛\U000e0100" * 80, "number": "10000010"}
    ).is_success
