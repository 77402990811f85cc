"""Portal pages against a bare Starlette page of the same size on the same server set-up."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from benchmarks.load import Plan, compare
from benchmarks.measuring import Bar, Figure, Pair, Sense, medians, middle_ratio, ratios
from benchmarks.subjects import PASSWORD, issue_to_master, running_app, running_simulator
from simulator.pki import open_sealed, portal_tls
from simulator.portal.session_cookie import COOKIE
from simulator.server import Simulator

BAR = Bar(0.5, Sense.AT_LEAST)
WARM_UP = 1
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def measure(rounds: int) -> Figure:
    """Throughput of several pages in terms of the bare page's; the worst page counts."""
    with running_simulator() as simulator, _certificate(simulator) as certificate:
        results = {title: _compare(simulator, plan, rounds) for title, plan in _plans(simulator, certificate)}
    values = {title: ratios(pairs) for title, pairs in results.items()}
    worst = min(values, key=lambda title: middle_ratio(results[title]))
    remarks = [_remark(title, pairs) for title, pairs in results.items()]
    return Figure(
        "portal_pages",
        f"ポータルの画面の処理数（同じ大きさの素の Starlette の画面に対して。最も低い「{worst}」）",
        BAR,
        values[worst],
        tuple(remarks),
    )


def _remark(title: str, pairs: list[Pair]) -> str:
    middle = medians(pairs)
    return f"{title}: {middle.ours:.0f} 画面/秒、素の画面 {middle.reference:.0f} 画面/秒（{middle_ratio(pairs):.2f}）"


def _compare(simulator: Simulator, plan: Plan, rounds: int) -> list[Pair]:
    body = _body(plan)
    tls = portal_tls(simulator.identity, simulator.world.authority)
    with running_app(_bare(body), tls) as listener:
        bare = replace(plan, port=listener.port)
        return [compare(plan, bare) for _ in range(WARM_UP + rounds)][WARM_UP:]


def _bare(body: bytes) -> Starlette:
    async def page(request: Request) -> HTMLResponse:
        del request
        return HTMLResponse(body)

    return Starlette(routes=[Route("/{path:path}", page)])


def _plans(simulator: Simulator, certificate: Path) -> Iterator[tuple[str, Plan]]:
    catalogue = simulator.portal.catalogue
    port = int(simulator.endpoints.portal.rstrip("/").rpartition(":")[2])
    for key, cookie, pem in (
        ("login_top", None, None),
        ("initial_login", _visit(simulator), None),
        ("user_authentication", _visit(simulator), None),
        ("information", _log_in(simulator, certificate), str(certificate)),
    ):
        screen = catalogue.screen(key)
        request = f"GET {screen.path} HTTP/1.1\r\nhost: localhost:{port}\r\n"
        request += f"cookie: {COOKIE}={cookie}\r\n\r\n" if cookie else "\r\n"
        yield screen.title, Plan(port, (request,), ("HTTP/1.1 200",), tls=True, certificate=pem, http=True)


def _body(plan: Plan) -> bytes:
    """What the page is, taken over the same kind of connection."""
    lines = plan.requests[0].split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if line)
    with httpx.Client(verify=False, cert=plan.certificate) as client:  # noqa: S501 - our own server
        return client.get(f"https://127.0.0.1:{plan.port}{lines[0].split()[1]}", headers=headers).content


def _visit(simulator: Simulator) -> str:
    """A visitor with a session; its name."""
    with httpx.Client(verify=False, base_url=simulator.endpoints.portal) as client:  # noqa: S501
        return client.get("/master/initial-login").cookies[COOKIE]


def _log_in(simulator: Simulator, certificate: Path) -> str:
    """Log in with the certificate; the session's name."""
    with httpx.Client(verify=False, cert=str(certificate), base_url=simulator.endpoints.portal) as client:  # noqa: S501
        token = TOKEN.findall(client.get("/login").text)[0]
        answer = client.post("/login", data={"password": PASSWORD, "csrf_token": token})
        assert answer.headers["location"] == "/information", answer.text
        return str(client.cookies[COOKIE])


@contextmanager
def logged_in(simulator: Simulator) -> Iterator[httpx.Client]:
    """A client with the session and the certificate of a master who has just been registered."""
    with _certificate(simulator) as certificate:
        cookies = {COOKIE: _log_in(simulator, certificate)}
        with httpx.Client(
            verify=False,  # noqa: S501 - our own server
            cert=str(certificate),
            base_url=simulator.endpoints.portal,
            cookies=cookies,
            timeout=60,
        ) as client:
            yield client


@contextmanager
def _certificate(simulator: Simulator) -> Iterator[Path]:
    """A user's key and certificate in a file that OpenSSL reads."""
    opened = open_sealed(issue_to_master(simulator).data, PASSWORD)
    with tempfile.TemporaryDirectory(prefix="koujyo-") as folder:
        path = Path(folder) / "user.pem"
        key = opened.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(key + opened.certificate.public_bytes(Encoding.PEM))
        yield path
