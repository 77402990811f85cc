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

from benchmarks.measuring import MeasurementError


@dataclass(frozen=True)
class Plan:
    """What the generator does.

    Attributes:
        port: on 127.0.0.1.
        requests: sent in turn on every connection, each after the answer to the one before; once around counts one.
        expected: how the answer to each request begins.
        greeted: whether the server speaks first.
        tls: whether to speak TLS.
        certificate: file with the client's key and certificate.
        http: whether an answer has a header with its length; otherwise it ends with its line.
        connections: how many at once.
        duration: seconds.
    """

    port: int
    requests: tuple[str, ...]
    expected: tuple[str, ...]
    greeted: bool = False
    tls: bool = False
    certificate: str | None = None
    http: bool = False
    connections: int = 4
    duration: float = 1.0


def throughput(plan: Plan) -> float:
    """Requests, or rounds of them, a second.

    Raises:
        MeasurementError: the server did not answer as expected.
    """
    command = [sys.executable, "-m", "benchmarks.load", json.dumps(asdict(plan))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise MeasurementError(done.stderr.strip().splitlines()[-1])
    return float(done.stdout)


class _Connection:
    """One connection and its place in the conversation."""

    def __init__(self, plan: Plan) -> None:
        self.socket = _connect(plan)
        self._read = self._read_http if plan.http else self._read_line
        self._turns = cycle([(r.encode(), e.encode()) for r, e in zip(plan.requests, plan.expected, strict=True)])
        self._left = self._round = len(plan.requests)
        if plan.greeted:
            self._read()
        self._expected = b""

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


def generate(plan: Plan) -> float:
    """Do what the plan says, in this process; rounds a second."""
    connections = [_Connection(plan) for _ in range(plan.connections)]
    for connection in connections:  # also takes in the tickets that TLS sends by itself
        _warm_up(connection)
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        return _run(selector, plan.duration)


def _run(selector: selectors.BaseSelector, duration: float) -> float:
    rounds, started = 0, time.perf_counter()
    while (now := time.perf_counter()) < started + duration:
        for key, _ in selector.select(timeout=10):
            rounds += key.data.answer()
            key.data.ask()
    return rounds / (now - started)


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
    """Read the plan from the command line, print the throughput."""
    given = json.loads(arguments[0])
    print(generate(Plan(**{**given, "requests": tuple(given["requests"]), "expected": tuple(given["expected"])})))


if __name__ == "__main__":
    main(sys.argv[1:])
