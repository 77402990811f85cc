"""Many people at once, and one person who presses twice."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier
from typing import Literal

import pytest

from simulator.pki import open_sealed
from simulator.portal.issuing import IssuingDesk
from simulator.server import Simulator
from simulator.services.bank import release_master
from simulator.services.contracts import contracts, users
from simulator.services.trail import events
from tests.integration.visitors import (
    AUTHENTICATION,
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
    at_once,
    codes_in,
    screen_of,
    visitor,
)
from tests.model.portal_model import Page
from tests.model.windows import BrowserWindow, secured_line

CROWD, ROUNDS = 50, 20
LOGIN = "/login"


@contextmanager
def crowd(simulator: Simulator, path: str, size: int = CROWD) -> Iterator[list[tuple[Visitor, str]]]:
    """Windows with this page open, each with its token."""
    with ExitStack() as stack:
        windows = [stack.enter_context(visitor(simulator)) for _ in range(size)]
        yield [(window, window.token(path)) for window in windows]


@pytest.fixture
def checks(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every secret that was really compared."""
    compared: list[str] = []
    matches = simulator.world.passwords.matches

    def count(hashed: str | None, secret: str) -> bool:
        compared.append(secret)
        return matches(hashed, secret)

    monkeypatch.setattr(simulator.world.passwords, "matches", count)
    return compared


def test_fifty_wrong_initial_logins_at_once_get_six_checks_and_one_lock(
    simulator: Simulator, checks: list[str]
) -> None:
    values = {"contract_number": EMPLOYER, "initial_password": WRONG}
    with crowd(simulator, INITIAL_LOGIN) as people:
        pages = at_once(lambda n: people[n][0].submit(INITIAL_LOGIN, values, people[n][1]), CROWD)
    said = [code for page in pages for code in codes_in(page)]
    assert (len(said), set(said) <= {"E2001", "E2002"}) == (CROWD, True)
    assert len(checks) == 6
    contract = contracts(simulator.world)[0]
    assert (contract.failures, contract.locks, contract.blocked) == (6, 1, False)
    assert [line.kind for line in events(simulator.world)].count("locked") == 1


def test_fifty_wrong_user_authentications_at_once_get_six_checks_and_one_lock(
    simulator: Simulator, window: Visitor, checks: list[str]
) -> None:
    window.register()
    checks.clear()
    values = {"user_id": USER_ID, "password": WRONG}
    with crowd(simulator, AUTHENTICATION) as people:
        pages = at_once(lambda n: people[n][0].submit(AUTHENTICATION, values, people[n][1]), CROWD)
    said = [code for page in pages for code in codes_in(page)]
    assert (len(said), set(said) <= {"E2101", "E2102"}) == (CROWD, True)
    assert len(checks) == 6
    user = users(simulator.world)[0]
    assert (user.failures, user.locks, user.blocked) == (6, 1, False)
    assert [line.kind for line in events(simulator.world)].count("locked") == 1


@pytest.mark.long
def test_fifty_wrong_logins_at_once_twenty_times_get_six_checks_and_one_lock_each_time(
    simulator: Simulator, window: Visitor, checks: list[str]
) -> None:
    opened = open_sealed(window.issue(), PASSWORD)
    people = [BrowserWindow(secured_line(simulator.endpoints, opened)) for _ in range(CROWD)]
    for person in people:
        person.get(LOGIN)
    with ThreadPoolExecutor(CROWD) as pool:
        for _ in range(ROUNDS):
            checks.clear()
            said = [code for page in pool.map(_wrong_login(Barrier(CROWD)), people) for code in page.codes]
            assert (len(said), set(said) <= {"E3101", "E3102"}) == (CROWD, True)
            assert len(checks) == 6
            user = users(simulator.world)[0]
            assert (user.failures, user.locks, user.blocked) == (6, 1, False)
            release_master(simulator.world, EMPLOYER)
    for person in people:
        person.line.close()
    assert [line.kind for line in events(simulator.world, limit=10_000)].count("locked") == ROUNDS


def _wrong_login(together: Barrier) -> Callable[[BrowserWindow], Page]:
    def press(person: BrowserWindow) -> Page:
        together.wait(20)
        return person.press(LOGIN, password=WRONG).page()

    return press


def test_five_wrong_initial_logins_at_once_all_count(simulator: Simulator) -> None:
    values = {"contract_number": EMPLOYER, "initial_password": WRONG}
    with crowd(simulator, INITIAL_LOGIN, 5) as people:
        pages = at_once(lambda n: people[n][0].submit(INITIAL_LOGIN, values, people[n][1]), 5)
    assert [codes_in(page) for page in pages] == [["E2001"]] * 5
    assert contracts(simulator.world)[0].failures == 5


def test_pressing_register_twice_at_once_registers_once(simulator: Simulator, window: Visitor) -> None:
    window.initial_login()
    token = window.token(REGISTRATION)
    pages = at_once(lambda _: window.submit(REGISTRATION, ENTRY, token), 5)
    assert [user.user_id for user in users(simulator.world)] == [USER_ID]
    assert [line.kind for line in events(simulator.world)].count("master_registered") == 1
    assert {screen_of(page) for page in pages} <= {"registration_result", "master_registration", "operation_error"}
    assert {page.status_code for page in pages} <= {200, 409, 422}


def test_pressing_issue_twice_at_once_issues_once_and_every_press_leads_to_it(
    simulator: Simulator, window: Visitor
) -> None:
    window.reach_issue()
    token = window.token(ISSUE)
    pages = at_once(lambda _: window.submit(ISSUE, {}, token), 5)
    assert {screen_of(page) for page in pages} == {"certificate_issuing"}
    assert screen_of(window.wait_for_issue()) == "certificate_result"
    assert window.get(f"{RESULT}/file").status_code == 200
    assert [line.kind for line in events(simulator.world)].count("certificate_issued") == 1


def test_requests_that_overtake_each_other_begin_one_issue(simulator: Simulator) -> None:
    broken: list[Exception] = []

    async def begin_twice() -> set[str]:
        desk = IssuingDesk(simulator.world, 0.0, broken.append)
        return {desk.begin(1, WRONG), desk.begin(1, WRONG)}

    assert len(asyncio.run(begin_twice())) == 1
    assert broken == []


def test_pressing_issue_again_later_leads_to_the_same_issue(simulator: Simulator, window: Visitor) -> None:
    window.reach_issue()
    token = window.token(ISSUE)
    for _ in range(2):
        window.submit(ISSUE, {}, token)
        assert screen_of(window.wait_for_issue()) == "certificate_result"
    assert [line.kind for line in events(simulator.world)].count("certificate_issued") == 1


def test_masters_of_many_contracts_register_at_once(simulator: Simulator) -> None:
    parties = [(EMPLOYER, "Rokin#01", "employer1"), ("20000001", "Kaiin#01", "member001")]
    with visitor(simulator) as first, visitor(simulator) as second:
        windows = [first, second]
        for window, (number, password, _) in zip(windows, parties, strict=True):
            window.initial_login(number, password)
        pages = at_once(lambda n: windows[n].submit(REGISTRATION, {**ENTRY, "user_id": parties[n][2]}), 2)
    assert [screen_of(page) for page in pages] == ["registration_result"] * 2
    assert [user.user_id for user in users(simulator.world)] == ["employer1", "member001"]


def test_progress_answers_only_when_there_is_news(simulator: Simulator, window: Visitor) -> None:
    window.reach_issue()
    simulator.portal.issuing.seconds = 600
    window.submit(ISSUE, {})
    assert window.get("/certificate/issuing/progress").json() == {"done": 0.0, "finished": False}
    simulator.portal.issuing.seconds = 0
    assert screen_of(window.wait_for_issue()) == "certificate_result"


def test_progress_waits_until_there_is_more_than_the_page_knows(simulator: Simulator, window: Visitor) -> None:
    class Hurrying(asyncio.Event):
        """Somebody waits: now issuing may go on."""

        async def wait(self) -> Literal[True]:
            simulator.portal.issuing.seconds = 0
            return await super().wait()

    window.reach_issue()
    simulator.portal.issuing.seconds = 600
    window.submit(ISSUE, {})
    (job,) = simulator.portal.issuing._jobs.values()  # noqa: SLF001
    job.changed = Hurrying()
    assert window.get("/certificate/issuing/progress?known=0").json()["done"] > 0
    window.wait_for_issue()
