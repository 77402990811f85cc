"""Browser windows over one kept connection for each certificate: real HTTPS without the cost of a client library."""

from __future__ import annotations

import http.client
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from simulator.pki import OpenedP12
from simulator.server import Endpoints
from tests.model.portal_model import Page

COOKIE = "__Host-koujyo"
REDIRECT, BROKEN = 303, 500
_SCREEN = re.compile(r'<body data-screen="([^"]+)"')
_CODES = re.compile(r'<span class="code">(E\d{4})</span>')
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return unescape(self.body.decode())

    def page(self) -> Page:
        found = _SCREEN.search(self.text)
        return Page(found[1] if found else f"HTTP {self.status}", tuple(_CODES.findall(self.text)))


class Line:
    """A kept connection to one listener, with a client certificate or without."""

    def __init__(self, url: str, context: ssl.SSLContext | None = None) -> None:
        place = urlsplit(url)
        host, port = place.hostname or "", place.port
        if context is None:
            self._connection = http.client.HTTPConnection(host, port, timeout=20)
        else:
            self._connection = http.client.HTTPSConnection(host, port, timeout=20, context=context)

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        self._connection.request(method, path, body, dict(headers))
        response = self._connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        if answer.status >= BROKEN:  # the server hangs up after that
            self.close()
        return answer

    def json(self, method: str, path: str, content: object = None) -> Any:
        """Ask an API; anything but success is an error."""
        body = None if content is None else json.dumps(content).encode()
        answer = self.ask(method, path, body, {"Content-Type": "application/json"} if body else {})
        assert answer.status < 300, (path, answer.status, answer.text)
        return json.loads(answer.body) if answer.body else None

    def close(self) -> None:
        self._connection.close()


def secured_line(endpoints: Endpoints, opened: OpenedP12 | None = None) -> Line:
    """A connection to the portal, presenting this certificate if there is one."""
    context = ssl.create_default_context(cafile=endpoints.ca)
    if opened is not None:
        _load(context, opened)
    return Line(endpoints.portal, context)


def _load(context: ssl.SSLContext, opened: OpenedP12) -> None:
    key = opened.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.pem"
        path.write_bytes(key + opened.certificate.public_bytes(Encoding.PEM))
        context.load_cert_chain(path)


@dataclass
class BrowserWindow:
    """A window with its own cookies; `line` decides which certificate is presented."""

    line: Line
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def press(self, path: str, **values: str) -> Answer:
        """Send the form on the page that is open, and follow where it leads."""
        return self._ask("POST", path, urlencode({**values, "csrf_token": self.token}).encode())

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.line.ask(method, path, body, headers)
        self._keep_cookies(answer)
        if answer.status == REDIRECT:
            return self._ask("GET", answer.headers["Location"])
        if found := _TOKEN.search(answer.body.decode(errors="replace")):
            self.token = unescape(found[1])
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            pair, _, attributes = line.partition(";")
            name, _, value = pair.partition("=")
            if "max-age=0" in attributes.lower() or "1970" in attributes or value in {"", "null"}:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
