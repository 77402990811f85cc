"""One HTTP listener inside the caller's event loop: uvicorn's protocol without its process handling.

``uvicorn.Server`` takes the signal handlers, ends the process when a port is in use, looks around ten times a second
and waits for idle TLS clients when it stops. A simulator has several listeners in one loop, often in a thread of a
test run; so only uvicorn's configuration and HTTP protocol are used, on servers of asyncio.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from asyncio import sslproto
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from starlette.types import ASGIApp

IDLE_SECONDS: Final = 60
GRACE_SECONDS: Final = 0.2


class Listener:
    """Serves an ASGI application on one address.

    Args:
        app: the application; its lifespan is the caller's business.
        host: name or address to listen on.
        port: port number, or 0 for any that is free.
        ssl_context: for HTTPS. The peer's certificate then reaches the application by the ASGI extension "tls"
            (https://asgi.readthedocs.io/en/latest/specs/tls.html).
    """

    def __init__(self, app: ASGIApp, host: str, port: int, *, ssl_context: ssl.SSLContext | None = None) -> None:
        self._config = _configuration(app)
        self._host = host
        self._wanted_port = port
        self._ssl_context = ssl_context
        self._state = ServerState()
        self._server: asyncio.Server | None = None

    @property
    def is_running(self) -> bool:
        """Whether it accepts connections."""
        return self._server is not None

    @property
    def port(self) -> int:
        """The port it listens on; before the start the one asked for."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else self._wanted_port

    def url_for(self, path: str = "/") -> str:
        """The URL of ``path`` on this listener."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._ssl_context else 'http'}://{host}:{self.port}{path}"

    async def start(self) -> None:
        """Bind and accept connections; does nothing when it runs already.

        Raises:
            OSError: the address cannot be bound, for instance because the port is in use.
        """
        if self._server is not None:
            return
        if self._ssl_context is not None:
            send_alerts_on_refusal()
        self._server = await asyncio.get_running_loop().create_server(
            self._protocol, self._host, self._wanted_port, ssl=self._ssl_context, backlog=self._config.backlog
        )

    async def stop(self) -> None:
        """Stop accepting, let requests under way finish for a moment, close every connection."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=GRACE_SECONDS)
        for task in list(self._state.tasks):
            task.cancel()
        # An idle TLS client never answers the closing notice, which has been sent by now: do not wait for it.
        for connection in list(self._state.connections):
            connection.transport.abort()
        while self._state.connections:  # noqa: ASYNC110 - the loop's next turns tell each that it is closed
            await asyncio.sleep(0)

    def _protocol(self) -> CertificateProtocol:
        return CertificateProtocol(self._config, self._state, {})


class CertificateProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol which tells the application about TLS, and the peer's certificate, on each request."""

    _tls: dict[object, object] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Read the certificate once for all requests of the connection."""
        super().connection_made(transport)
        connection = transport.get_extra_info("ssl_object")
        self._tls = None if connection is None else _tls_extension(connection)

    def on_message_begin(self) -> None:
        """Put the extension into the scope of the request."""
        self.server_state.default_headers = _date_header(int(time.time()))
        super().on_message_begin()
        self.scope["extensions"] = {} if self._tls is None else {"tls": {**self._tls}}


def send_alerts_on_refusal() -> None:
    """Make asyncio send the TLS alert when a handshake fails; does nothing the second time.

    asyncio leaves the alert in its buffer and drops the connection, so a browser cannot say why it was refused:
    https://github.com/python/cpython/issues/98078. Acts on asyncio's own event loops only.
    """
    if getattr(sslproto.SSLProtocol, "_sends_alerts", False):
        return
    protocol: Any = sslproto.SSLProtocol
    complete = protocol._on_handshake_complete  # noqa: SLF001

    def complete_with_alert(self: Any, error: BaseException | None) -> None:
        if error is not None and self._transport is not None and (alert := self._outgoing.read()):
            self._transport.write(alert)
        complete(self, error)

    protocol._on_handshake_complete = complete_with_alert  # noqa: SLF001
    protocol._sends_alerts = True  # noqa: SLF001


def _configuration(app: ASGIApp) -> Config:
    config = Config(
        app,
        interface="asgi3",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
    )
    config.load()
    return config


@lru_cache(maxsize=1)
def _date_header(second: int) -> list[tuple[bytes, bytes]]:
    return [(b"date", formatdate(second, usegmt=True).encode())]


def _tls_extension(connection: ssl.SSLObject) -> dict[object, object]:
    der = connection.getpeercert(binary_form=True)
    return {
        "server_cert": None,
        "client_cert_chain": [] if der is None else [ssl.DER_cert_to_PEM_cert(der)],
        "client_cert_name": None if der is None else x509.load_der_x509_certificate(der).subject.rfc4514_string(),
        "client_cert_error": None,
        "tls_version": ssl.TLSVersion[(connection.version() or "").replace(".", "_")].value,
        "cipher_suite": _cipher_number(connection),
    }


def _cipher_number(connection: ssl.SSLObject) -> int | None:
    name = (connection.cipher() or ("",))[0]
    numbers = (cipher["id"] & 0xFFFF for cipher in connection.context.get_ciphers() if cipher["name"] == name)
    return next(numbers, None)
