"""`koujyo serve`: the endpoints file, signals, and every start-up fault in one line."""

import asyncio
import errno
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from koujyo.__main__ import app
from koujyo.endpoints import CannotStart, EndpointsFile
from koujyo.serving import database_url, run, same_ports

runner = CliRunner()


@dataclass(frozen=True)
class Endpoints:
    portal: str = "https://127.0.0.1:1"
    office: str = "http://127.0.0.1:2"
    smtp: str = "127.0.0.1:3"
    mail: str = "http://127.0.0.1:4"
    ca: str = "ca.pem"


class Simulator:
    """Stands in for the real one: it starts at once, or fails with `fault`."""

    def __init__(self, settings: Any = None, *, fault: Exception | None = None) -> None:
        self.settings, self.fault, self.stopped = settings, fault, False
        self.clock = SimpleNamespace(now=lambda: datetime(2026, 11, 24, 10, tzinfo=UTC))

    async def start(self) -> Endpoints:
        if self.fault:
            raise self.fault
        return Endpoints()

    async def stop(self) -> None:
        self.stopped = True


class SignallingFile(EndpointsFile):
    """Sends this process a signal as soon as the file is there."""

    def __init__(self, folder: Path, number: signal.Signals) -> None:
        super().__init__(folder)
        self.number, self.written = number, dict[str, str]()

    def write(self, endpoints: Mapping[str, str]) -> None:
        super().write(endpoints)
        self.written = json.loads(self.path.read_text(encoding="utf-8"))
        os.kill(os.getpid(), self.number)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[SimpleNamespace]:
    """The settings `serve` would start a simulator with; the start itself fails, so that the command ends."""
    seen: list[SimpleNamespace] = []

    def make(settings: SimpleNamespace) -> Simulator:
        seen.append(settings)
        return Simulator(fault=OSError(errno.EADDRINUSE, "in use"))

    module = ModuleType("simulator.server")
    monkeypatch.setattr(module, "Settings", SimpleNamespace, raising=False)
    monkeypatch.setattr(module, "Simulator", make, raising=False)
    monkeypatch.setitem(sys.modules, "simulator.server", module)
    return seen


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def explanation(fault: Exception, tmp_path: Path, ports: dict[str, int] | None = None) -> str:
    simulator = Simulator(fault=fault)
    with pytest.raises(CannotStart) as caught:
        asyncio.run(run(lambda: simulator, EndpointsFile(tmp_path), "127.0.0.1", ports or {}))
    assert list(tmp_path.iterdir()) == []
    return str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send these signals to a process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_simulator_and_takes_the_endpoints_away(
    tmp_path: Path, number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    simulator, endpoints = Simulator(), SignallingFile(tmp_path, number)

    asyncio.run(asyncio.wait_for(run(lambda: simulator, endpoints, "127.0.0.1", {}), 10))

    assert list(endpoints.written) == ["portal", "office", "smtp", "mail", "ca"]
    assert simulator.stopped
    assert list(tmp_path.iterdir()) == []
    assert endpoints.written["portal"] in capsys.readouterr().out


def test_serve_hands_its_options_to_the_simulator(started: list[SimpleNamespace], tmp_path: Path) -> None:
    switches = [
        "--running-clock",
        "--hide-mark",
        "--legacy-p12",
        "--shuffle-keys",
        "--seed",
        "7",
        "--issuing-seconds",
        "0.5",
    ]
    ports = ["--port", "0", "--office-port", "0", "--smtp-port", "0", "--mail-port", "0"]
    runner.invoke(app, ["serve", *ports, *switches, "--clock", "2026-11-24T10:00", "--state", str(tmp_path)])

    (settings,) = started
    assert settings.clock == datetime.fromisoformat("2026-11-24T10:00+09:00")
    assert settings.state == tmp_path
    assert settings.database is None
    assert (settings.port, settings.office_port, settings.smtp_port, settings.mail_port) == (0, 0, 0, 0)
    assert (settings.ticking, settings.hide_mark, settings.legacy_p12, settings.shuffle_keys) == (True,) * 4
    assert (settings.seed, settings.issuing_seconds) == (7, 0.5)


@pytest.mark.usefixtures("started")
def test_a_port_in_use_is_named_with_its_option(tmp_path: Path, taken_port: int) -> None:
    result = runner.invoke(app, ["serve", "--smtp-port", str(taken_port), "--state", str(tmp_path)])

    assert result.exit_code == 2
    assert f"{taken_port}（--smtp-port）" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--clock", "きのう"], "--clock"),
        (["--port", "9000", "--mail-port", "9000"], "--port と --mail-port が同じ番号 9000"),
        (["--announced-url", "portal.example.jp"], "--announced-url"),
        (["--database", "nosuch://server/name"], "--database"),
        (["--database", "/no/such/folder/file.db"], "--database"),
    ],
)
def test_bad_input_is_refused_in_one_line_before_anything_starts(
    started: list[SimpleNamespace], tmp_path: Path, options: list[str], says: str
) -> None:
    result = runner.invoke(app, ["serve", "--state", str(tmp_path), *options])

    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert started == []


@pytest.mark.parametrize(("host", "warned"), [("192.0.2.1", True), ("127.0.0.1", False), ("localhost", False)])
@pytest.mark.usefixtures("started")
def test_a_host_that_others_can_reach_is_warned_about(tmp_path: Path, *, host: str, warned: bool) -> None:
    result = runner.invoke(app, ["serve", "--host", host, "--state", str(tmp_path)])

    assert ("警告" in result.stderr) is warned


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (PermissionError(errno.EACCES, "denied"), "権限"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "--host"),
        (OSError(errno.EADDRNOTAVAIL, "not ours"), "--host"),
        (OSError(errno.EMFILE, "too many"), "too many"),
        (OperationalError("connect", None, Exception("unable to open")), "unable to open"),
        (ModuleNotFoundError("No module named 'psycopg'"), "psycopg"),
    ],
)
def test_faults_at_start_are_explained(tmp_path: Path, fault: Exception, says: str) -> None:
    assert says in explanation(fault, tmp_path)


def test_only_the_ports_that_are_taken_are_named(tmp_path: Path, taken_port: int) -> None:
    text = explanation(OSError(errno.EADDRINUSE, ""), tmp_path, {"--port": taken_port, "--mail-port": 0})

    assert f"{taken_port}（--port）" in text
    assert "--mail-port" not in text


def test_any_free_port_may_be_asked_for_more_than_once() -> None:
    same_ports({"--port": 0, "--office-port": 0})


def test_a_database_is_a_file_or_a_url(tmp_path: Path) -> None:
    assert database_url(None) is None
    assert database_url("sqlite://") == "sqlite://"
    assert database_url(str(tmp_path / "a.db")) == f"sqlite:///{(tmp_path / 'a.db').as_posix()}"


def test_a_state_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CannotStart, match="書き込めません"):
        EndpointsFile(tmp_path / "file" / "state").claim()


def test_a_stale_endpoints_file_is_removed(tmp_path: Path) -> None:
    endpoints = EndpointsFile(tmp_path)
    endpoints.write({"portal": "https://127.0.0.1:1"})

    endpoints.claim()

    assert not endpoints.path.exists()


def test_the_folder_of_a_running_simulator_is_left_to_it(tmp_path: Path, taken_port: int) -> None:
    endpoints = EndpointsFile(tmp_path)
    endpoints.write({"portal": f"https://127.0.0.1:{taken_port}"})

    with pytest.raises(CannotStart, match="起動中"):
        endpoints.claim()
    assert endpoints.path.exists()
