"""The load generator: a process of its own that keeps several connections busy, as fast as the server answers.

Plain sockets, because a client library would cost more than the servers that are measured.
"""

from __future__ import annotations

import json
import selectors
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any

from benchmarks.measuring import MeasurementError, Pair

SLICES = 20


@dataclass(frozen=True)
class Plan:
    """What the generator does.

    Attributes:
        port: on 127.0.0.1.
        requests: sent in turn on every connection, each after the answer to the one before; once around counts one.
        expected: how the answer to each request begins.
        greeting: the answer to a server that speaks first; empty for one that waits.
        tls: whether to speak TLS.
        certificate: file with the client's key and certificate.
        http: whether an answer has a header with its length; otherwise it ends with its line.
        connections: how many at once.
        duration: seconds in all, in `SLICES` slices.
    """

    port: int
    requests: tuple[str, ...]
    expected: tuple[str, ...]
    greeting: str = ""
    tls: bool = False
    certificate: str | None = None
    http: bool = False
    connections: int = 4
    duration: float = 0.5


def compare(ours: Plan, reference: Plan) -> Pair:
    """Requests, or rounds of them, a second of two servers, which take turns many times a second.

    Raises:
        MeasurementError: a server did not answer as expected.
    """
    command = [sys.executable, "-m", "benchmarks.load", json.dumps([asdict(ours), asdict(reference)])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise MeasurementError(done.stderr.strip().splitlines()[-1])
    return Pair(*json.loads(done.stdout))


class _Connection:
    """One connection and its place in the conversation."""

    def __init__(self, plan: Plan) -> None:
        self.socket = _connect(plan)
        self._read = self._read_http if plan.http else self._read_line
        self._turns = cycle([(r.encode(), e.encode()) for r, e in zip(plan.requests, plan.expected, strict=True)])
        self._left = self._round = len(plan.requests)
        self._expected = b""
        if plan.greeting:
            self._read()
            self.socket.sendall(plan.greeting.encode())
            self._read()

    def ask(self) -> None:
        """Send the next request."""
        request, self._expected = next(self._turns)
        self.socket.sendall(request)

    def answer(self) -> bool:
        """Read the answer; whether a round is complete."""
        answer = self._read()
        if not answer.startswith(self._expected):
            raise MeasurementError(f"expected {self._expected!r}, got {answer[:200]!r}")
        self._left -= 1
        if self._left:
            return False
        self._left = self._round
        return True

    def _read_line(self) -> bytes:
        data = self.socket.recv(65536)
        while not data.endswith(b"\r\n"):
            data += self._more()
        return data

    def _read_http(self) -> bytes:
        data = self.socket.recv(65536)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        place = data.index(b"content-length: ") + 16
        total = end + 4 + int(data[place : data.index(b"\r", place)])
        while len(data) < total:
            data += self._more()
        return data

    def _more(self) -> bytes:
        if not (data := self.socket.recv(65536)):
            raise MeasurementError("the server closed the connection")
        return data


class _Crew:
    """The connections to one server."""

    def __init__(self, plan: Plan) -> None:
        self._connections = [_Connection(plan) for _ in range(plan.connections)]
        self._slice = plan.duration / SLICES
        self._rounds, self._seconds = 0, 0.0
        for connection in self._connections:  # also takes in the tickets that TLS sends by itself
            _warm_up(connection)

    @property
    def throughput(self) -> float:
        """Rounds a second of its own time."""
        return self._rounds / self._seconds

    def work(self) -> None:
        """Keep the server busy for one slice of time."""
        started = time.perf_counter()
        with selectors.DefaultSelector() as selector:
            for connection in self._connections:
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                connection.ask()
            while selector.get_map():
                for key, _ in selector.select(timeout=10):
                    self._rounds += key.data.answer()
                    if time.perf_counter() < started + self._slice:
                        key.data.ask()
                    else:
                        selector.unregister(key.fileobj)
        self._seconds += time.perf_counter() - started


def generate(plans: Sequence[Plan]) -> list[float]:
    """Do what the plans say, in this process; the throughput of each."""
    crews = [_Crew(plan) for plan in plans]
    for _ in range(SLICES):
        for crew in crews:
            crew.work()
    return [crew.throughput for crew in crews]


def _warm_up(connection: _Connection) -> None:
    for _ in range(20):
        connection.ask()
        while not connection.answer():
            connection.ask()


def _connect(plan: Plan) -> socket.socket:
    plain = socket.create_connection(("127.0.0.1", plan.port), timeout=10)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not plan.tls:
        return plain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if plan.certificate:
        context.load_cert_chain(plan.certificate)
    return context.wrap_socket(plain)


def main(arguments: Sequence[str]) -> None:
    """Read the plans from the command line, print their throughputs."""
    print(json.dumps(generate([_plan(given) for given in json.loads(arguments[0])])))


def _plan(given: dict[str, Any]) -> Plan:
    return Plan(**{**given, "requests": tuple(given["requests"]), "expected": tuple(given["expected"])})


if __name__ == "__main__":
    main(sys.argv[1:])
