"""What the labour bank sees of まとめ入金依頼書, by its API and at its console (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from simulator.rules import DeductionKind, ShortReason
from simulator.server import Simulator
from simulator.services.deductions_requests import save_request, send_request, shorten
from simulator.services.registration import MasterEntry, register_master
from simulator.services.savings_lookup import Criteria, Order, look_up_deductions
from simulator.store import DeductionLine, TransferRequest
from tests.integration.test_deduction_screens import FIRST, GOOD, MEMBER, START, USER
from tests.integration.visitors import EMPLOYER, PASSWORD

OLDER = date(2026, 10, 1)


@pytest.fixture
def office(simulator: Simulator) -> Iterator[httpx.Client]:
    """A client of the office, on a known day, with a union's master registered."""
    simulator.clock.set(START)
    entry = MasterEntry(USER, PASSWORD, "労金　花子", f"{USER}@sample.co.jp")
    register_master(simulator.world, MEMBER, entry)
    with httpx.Client(base_url=simulator.endpoints.office, timeout=20) as client:
        yield client


def cut(simulator: Simulator) -> DeductionLine:
    line = look_up_deductions(simulator.world, MEMBER, Criteria(kind="loan"), Order()).lines[0]
    shorten(simulator.world, USER, FIRST, line.worker, DeductionKind(line.kind), 100, ShortReason.WAGE)
    return line


def send(simulator: Simulator, month: date = FIRST) -> TransferRequest:
    draft = save_request(simulator.world, USER, month, GOOD["transfer_on"], GOOD["payer_name"])
    return send_request(simulator.world, USER, month, draft.revision)


def test_only_what_was_sent_arrives(simulator: Simulator, office: httpx.Client) -> None:
    save_request(simulator.world, USER, FIRST, GOOD["transfer_on"], GOOD["payer_name"])
    path = f"/api/contracts/{MEMBER}/transfer-requests"
    assert office.get(path).json() == []
    newer, older = send(simulator), send(simulator, OLDER)
    assert [request["receipt"] for request in office.get(path).json()] == [older.receipt, newer.receipt]
    assert office.get(f"/api/contracts/{EMPLOYER}/transfer-requests").json() == []
    assert office.get("/api/contracts/99999999/transfer-requests").status_code == 404


def test_a_request_is_read_with_its_sums_and_what_falls_short(simulator: Simulator, office: httpx.Client) -> None:
    line = cut(simulator)
    sent = send(simulator)
    found = office.get(f"/api/transfer-requests/{sent.receipt}").json()
    assert (found["contract_number"], found["month"], found["transfer_on"]) == (MEMBER, "2026-11-01", "2026-11-30")
    assert (found["sent_by"], found["payer_name"]) == (USER, GOOD["payer_name"])
    assert sum(item["paid"] for item in found["items"]) == found["amount"]
    assert sum(item["short"] for item in found["items"]) == line.amount - 100
    assert (found["page"], found["pages"]) == (1, 1)
    (short,) = found["shorts"]
    assert (short["worker"], short["kind"], short["asked"], short["paid"], short["reason"]) == (
        line.worker,
        "loan",
        line.amount,
        100,
        "wage",
    )


@pytest.mark.parametrize("receipt", ["20261120-999999", "1", "-"])
def test_a_receipt_that_nobody_has_is_not_found(office: httpx.Client, receipt: str) -> None:
    answer = office.get(f"/api/transfer-requests/{receipt}")
    assert (answer.status_code, answer.json()["detail"]["code"]) == (404, "E4410")
    page = office.get(f"/transfer-requests/{receipt}")
    assert (page.status_code, "E4410" in page.text) == (404, True)


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=-1", "page=99999999999"])
def test_a_page_that_is_none_is_refused_by_the_api_and_the_first_at_the_console(
    simulator: Simulator, office: httpx.Client, query: str
) -> None:
    receipt = send(simulator).receipt
    assert office.get(f"/api/transfer-requests/{receipt}?{query}").status_code == 422
    assert office.get(f"/transfer-requests/{receipt}?{query}").status_code == 200
    assert str(receipt) in office.get(f"/transfer-requests?{query}").text


def test_the_console_lists_what_arrived_and_shows_each(simulator: Simulator, office: httpx.Client) -> None:
    assert "届いたまとめ入金依頼書はありません。" in office.get("/transfer-requests").text
    assert f'href="/transfer-requests?contract={MEMBER}"' in office.get(f"/contracts/{MEMBER}").text
    assert "/transfer-requests?contract" not in office.get(f"/contracts/{EMPLOYER}").text
    line, sent = cut(simulator), send(simulator)
    for path in ("/transfer-requests", f"/transfer-requests?contract={MEMBER}"):
        assert f'href="/transfer-requests/{sent.receipt}"' in office.get(path).text
    assert str(sent.receipt) not in office.get(f"/transfer-requests?contract={EMPLOYER}").text
    assert "E1006" in office.get("/transfer-requests?contract=abcdefgh").text
    page = office.get(f"/transfer-requests/{sent.receipt}").text
    for said in (f"{sent.amount:,} 円", GOOD["payer_name"], line.worker, "賃金不足", "2026年11月30日（月）"):
        assert said in page
