"""Starting, stopping and restarting whole simulators."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy.exc import SQLAlchemyError

from simulator.mail.letters import subjects
from simulator.rules import JAPAN
from simulator.server import Endpoints, Simulator, SimulatorThread
from simulator.services.contracts import contracts, users
from simulator.services.seed import Seed
from simulator.services.trail import events
from tests.integration.visitors import (
    INITIAL_LOGIN,
    INITIAL_PASSWORD,
    RESULT,
    USER_ID,
    codes_in,
    running,
    screen_of,
    settings,
    visitor,
)

START = datetime(2026, 11, 20, 10, tzinfo=JAPAN)
PORTS = ["port", "office_port", "smtp_port", "mail_port"]


def port_of(url: str) -> int:
    """The port of a URL or of host:port."""
    return urlsplit(url if "//" in url else f"//{url}").port or 0


def accepts(url: str) -> bool:
    with socket.socket() as probe:
        probe.settimeout(5)
        return probe.connect_ex(("127.0.0.1", port_of(url))) == 0


def addresses(endpoints: Endpoints) -> list[str]:
    return [endpoints.portal, endpoints.office, endpoints.smtp, endpoints.mail]


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name in {"simulator", "key-pool"}}


@contextmanager
def occupied() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_it_starts_on_free_ports_answers_on_all_and_stops_without_a_trace() -> None:
    with running() as (simulator, endpoints):
        assert simulator.is_running
        assert len({port_of(url) for url in addresses(endpoints)}) == 4
        with visitor(simulator) as person, smtplib.SMTP(*endpoints.smtp.split(":")) as mail_server:  # type: ignore[arg-type]
            assert person.get("/").status_code == 200
            assert mail_server.noop()[0] == 250
        assert httpx.get(f"{endpoints.office.rstrip('/')}/api/clock").status_code == 200
        assert httpx.get(f"{endpoints.mail.rstrip('/')}/livez").status_code == 200
        assert simulator.endpoints == endpoints
        assert Path(endpoints.ca).read_bytes() == simulator.identity.ca_pem
        assert threads() == {"simulator", "key-pool"}
    is_running: bool = simulator.is_running
    assert not is_running
    assert [url for url in addresses(endpoints) if accepts(url)] == []
    assert threads() == set()
    assert not Path(endpoints.ca).exists()


def test_stopping_twice_or_before_the_start_does_nothing() -> None:
    thread = SimulatorThread(settings())
    thread.stop()
    thread.start()
    thread.stop()
    thread.stop()
    assert not thread.is_running


@pytest.mark.parametrize("port", PORTS)
def test_a_port_in_use_is_an_oserror_and_leaves_nothing_running(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    listen = socket.socket.listen

    def note(bound: socket.socket, *backlog: int) -> None:
        listen(bound, *backlog)
        started.append(bound.getsockname()[1])

    monkeypatch.setattr(socket.socket, "listen", note)
    with occupied() as taken:
        started.clear()
        thread = SimulatorThread(settings(**{port: taken}))
        with pytest.raises(OSError, match=str(taken)):
            thread.start()
        assert not thread.is_running
        assert [number for number in started if accepts(f"127.0.0.1:{number}")] == []
        assert threads() == set()


def test_whatever_else_breaks_the_start_ends_the_thread_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: Seed) -> None:
        raise RuntimeError("broken seed")

    monkeypatch.setattr(Seed, "plant", breaks)
    with pytest.raises(RuntimeError, match="broken seed"):
        SimulatorThread(settings()).start()
    assert threads() == set()


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////no/such/folder/koujyo.db", "nosuchdatabase://host/name"])
def test_a_database_that_cannot_be_opened_is_told_at_once(url: str) -> None:
    with pytest.raises(SQLAlchemyError):
        Simulator(settings(database=url))


def test_a_file_database_and_a_state_folder_survive_a_restart(tmp_path: Path) -> None:
    kept = {"database": f"sqlite:///{tmp_path}/koujyo.db", "state": tmp_path / "state", "clock": START}
    with running(**kept) as (simulator, endpoints):
        authority = Path(endpoints.ca).read_bytes()
        with visitor(simulator) as person:
            p12 = person.issue()
        before = [line.kind for line in events(simulator.world)]
    with running(**kept) as (simulator, endpoints):
        assert Path(endpoints.ca).read_bytes() == authority
        assert [user.user_id for user in users(simulator.world)] == [USER_ID]
        assert [line.kind for line in events(simulator.world)] == before
        with visitor(simulator, p12) as person:
            assert screen_of(person.log_in()) == "information"


def test_counters_of_a_file_database_survive_a_restart(tmp_path: Path) -> None:
    kept = {"database": f"sqlite:///{tmp_path}/koujyo.db", "clock": START}
    with running(**kept) as (simulator, _), visitor(simulator) as person:
        assert [codes_in(person.initial_login(password="Wrong#99")) for _ in range(6)][-1] == ["E2002"]
    with running(**kept) as (simulator, _), visitor(simulator) as person:
        assert codes_in(person.initial_login()) == ["E2002"]


def test_a_reset_of_a_file_database_leaves_exactly_the_seeded_world(tmp_path: Path) -> None:
    with running(database=f"sqlite:///{tmp_path}/koujyo.db", clock=START) as (simulator, _):
        seeded = [(c.number, c.edition, c.name, c.created_at) for c in contracts(simulator.world)]
        with visitor(simulator) as person:
            person.issue()
        simulator.reset()
        assert [(c.number, c.edition, c.name, c.created_at) for c in contracts(simulator.world)] == seeded
        assert users(simulator.world) == []
        assert [line.kind for line in events(simulator.world)] == ["contract_opened"] * 2
        with visitor(simulator) as person:
            assert screen_of(person.register()) == "registration_result"


def test_private_keys_in_the_state_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    with running(state=tmp_path / "state"):
        files = list((tmp_path / "state").iterdir())
        assert {file.name for file in files} >= {"server.pem", "client-ca.pem", "server-ca.pem"}
        assert [file.name for file in files if file.stat().st_mode & 0o077] == []


def test_two_simulators_side_by_side_share_nothing() -> None:
    with running() as (first, _), running(clock=START) as (second, _), visitor(first) as person:
        p12 = person.issue()
        assert users(second.world) == []
        assert (len(first.sink.mailbox), len(second.sink.mailbox)) == (3, 0)
        first.clock.set(first.clock.now().replace(year=2030))
        assert second.clock.now() == START
        with visitor(second) as other:
            other.client.cookies.update(person.client.cookies)
            assert codes_in(other.get(RESULT)) == ["E9001"]
        # The other one's authority is not trusted: TLS itself refuses.
        with visitor(second, p12) as stranger, pytest.raises(httpx.TransportError):
            stranger.get("/login")
        second.reset()
        assert [user.user_id for user in users(first.world)] == [USER_ID]


def test_a_running_issue_does_not_keep_the_simulator_from_stopping() -> None:
    with running(issuing_seconds=600) as (simulator, _), visitor(simulator) as person:
        person.reach_issue()
        person.submit("/certificate/issue", {})
    assert threads() == set()


def test_the_mark_says_that_it_is_a_simulator_unless_it_is_hidden() -> None:
    pages = []
    for hide_mark in (False, True):
        with running(hide_mark=hide_mark) as (simulator, _), visitor(simulator) as person:
            pages.append(person.get(INITIAL_LOGIN).text)
    assert ["シミュレータ" in page for page in pages] == [True, False]
    assert INITIAL_PASSWORD not in "".join(pages)


def test_a_clock_that_runs_by_itself_sends_the_daily_mails() -> None:
    with running(clock=START, ticking=True) as (simulator, _), visitor(simulator) as person:
        person.issue()
        simulator.clock.set(datetime(2027, 10, 21, 7, tzinfo=JAPAN))
        mail = simulator.sink.mailbox.wait(subject=subjects()["expiry_warning"], timeout=10)
        assert mail is not None
        assert simulator.portal.failures == []
