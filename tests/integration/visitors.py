"""A person at a browser without the browser: real HTTPS, cookies, forms read from the page, a client certificate."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import TypeVar

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from simulator.pki import open_sealed
from simulator.server import Endpoints, Settings, Simulator, SimulatorThread
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import issue_certificate
from simulator.services.registration import MasterEntry, register_master

INITIAL_LOGIN = "/master/initial-login"
REGISTRATION = "/master/registration"
AUTHENTICATION = "/certificate/user-authentication"
CODE = "/certificate/code"
ISSUE = "/certificate/issue"
RESULT = "/certificate/result"

EMPLOYER, INITIAL_PASSWORD = "10000001", "Rokin#01"
USER_ID, PASSWORD, WRONG = "master01", "Abcd#123", "Wrong#99"
ADDRESS = "master01@sample.co.jp"
ENTRY = {
    "user_id": USER_ID,
    "password": PASSWORD,
    "password_again": PASSWORD,
    "user_name": "労金　太郎",
    "mail_address": ADDRESS,
    "mail_address_again": ADDRESS,
}
Result = TypeVar("Result")


def settings(**changes: object) -> Settings:
    """Any free ports, fast."""
    quick = {"port": 0, "office_port": 0, "smtp_port": 0, "mail_port": 0, "fast_passwords": True, "seed": 1}
    return Settings(**{**quick, "key_pool": 1, **changes})  # type: ignore[arg-type]


@contextmanager
def running(**changes: object) -> Iterator[tuple[Simulator, Endpoints]]:
    """A simulator of its own."""
    thread = SimulatorThread(settings(**changes))
    endpoints = thread.start()
    try:
        yield thread.simulator, endpoints
    finally:
        thread.stop()


@dataclass
class Visitor:
    """One browser window."""

    client: httpx.Client
    simulator: Simulator

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def submit(self, path: str, values: Mapping[str, str], token: str | None = None) -> httpx.Response:
        """Fill in the form on this page and press its button, following where it leads."""
        return self.client.post(path, data={**values, "csrf_token": token or self.token(path)})

    def token(self, path: str) -> str:
        return token_in(self.get(path))

    def initial_login(self, number: str = EMPLOYER, password: str = INITIAL_PASSWORD) -> httpx.Response:
        return self.submit(INITIAL_LOGIN, {"contract_number": number, "initial_password": password})

    def register(self, **changes: str) -> httpx.Response:
        self.initial_login()
        return self.submit(REGISTRATION, {**ENTRY, **changes})

    def authenticate(self, user_id: str = USER_ID, password: str = PASSWORD) -> httpx.Response:
        return self.submit(AUTHENTICATION, {"user_id": user_id, "password": password})

    def mailed_code(self) -> str:
        return code_mailed_to(self.simulator, ADDRESS)

    def reach_issue(self) -> None:
        """From nobody to the issue screen."""
        self.register()
        self.authenticate()
        self.submit(CODE, {"code": self.mailed_code()})

    def wait_for_issue(self) -> httpx.Response:
        """The result page, once the server says that issuing has ended."""
        known, state = "", {"finished": False}
        while not state["finished"]:
            state = self.get(f"/certificate/issuing/progress?known={known}").raise_for_status().json()
            known = f"{state.get('done', 0):g}"
        return self.get(RESULT)

    def issue(self) -> bytes:
        """From nobody to the .p12 file."""
        self.reach_issue()
        self.submit(ISSUE, {})
        self.wait_for_issue()
        return self.get(f"{RESULT}/file").raise_for_status().content

    def log_in(self, password: str = PASSWORD) -> httpx.Response:
        return self.submit("/login", {"password": password})


def code_mailed_to(simulator: Simulator, address: str) -> str:
    """The code in the newest mail to an address."""
    mail = simulator.sink.mailbox.wait(to=address, timeout=5)
    assert mail is not None
    return next(line.strip() for line in mail.text.splitlines() if re.fullmatch(r"\s*[0-9]{6}\s*", line))


def certificate_of(simulator: Simulator, user_id: str, password: str = PASSWORD) -> bytes:
    """The .p12 file that a user has had issued; no page is opened for it."""
    code = authenticate(simulator.world, user_id, password)
    verify_code(simulator.world, code.id, code_mailed_to(simulator, f"{user_id}@sample.co.jp"))
    return issue_certificate(simulator.world, code.id, password).data


def master_certificate(simulator: Simulator) -> bytes:
    """The .p12 file of a master who is registered as a visitor would register."""
    entry = MasterEntry(USER_ID, PASSWORD, ENTRY["user_name"], ADDRESS)
    register_master(simulator.world, EMPLOYER, entry)
    return certificate_of(simulator, USER_ID)


@contextmanager
def visitor(simulator: Simulator, p12: bytes | None = None) -> Iterator[Visitor]:
    """A window that trusts the server's authority, with the certificate of a .p12 file if one is given."""
    context = ssl.create_default_context(cafile=simulator.endpoints.ca)
    if p12 is not None:
        load_certificate(context, p12)
    with httpx.Client(
        base_url=simulator.endpoints.portal.replace("127.0.0.1", "localhost"),
        verify=context,
        follow_redirects=True,
        timeout=20,
    ) as client:
        yield Visitor(client, simulator)


def load_certificate(context: ssl.SSLContext, p12: bytes) -> None:
    opened = open_sealed(p12, PASSWORD)
    key = opened.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.pem"
        path.write_bytes(key + opened.certificate.public_bytes(Encoding.PEM))
        context.load_cert_chain(path)


def token_in(page: httpx.Response) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, page.text
    return unescape(found[1])


def screen_of(page: httpx.Response) -> str:
    """The key of the screen a page shows."""
    found = re.search(r'<body data-screen="([^"]+)"', page.text)
    assert found, page.text[:200]
    return found[1]


def codes_in(page: httpx.Response) -> list[str]:
    """The message codes a page shows."""
    return re.findall(r'<span class="code">(E\d{4})</span>', page.text)


def at_once(verb: Callable[[int], Result], times: int) -> list[Result]:
    """Call a verb many times at the same moment."""
    together = Barrier(times)

    def call(number: int) -> Result:
        together.wait(20)
        return verb(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(call, range(times)))
