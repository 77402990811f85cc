"""The mail sink: a real SMTP server which keeps what it gets, beside the HTTP API which shows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiosmtpd.smtp import DATA_SIZE_DEFAULT, SMTP

from simulator.listener import Listener
from simulator.mail.api import mail_api
from simulator.mail.mailbox import Mailbox

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

    from simulator.clock import Clock

IDENTITY = "koujyo simulator mail sink"


class MailSink:
    """Takes every mail for every address, on two ports of one host, inside the caller's event loop.

    Args:
        clock: the simulated clock; it tells when a mail arrived.
        host: name or address to listen on.
        smtp_port: port for SMTP, or 0 for any that is free.
        mail_port: port for the HTTP API, or 0 likewise.
    """

    def __init__(self, clock: Clock, host: str, smtp_port: int, mail_port: int) -> None:
        self.mailbox = Mailbox()
        self._clock = clock
        self._host = host
        self._wanted_smtp_port = smtp_port
        self._server: asyncio.Server | None = None
        self._conversations: set[_Conversation] = set()
        self._listener = Listener(mail_api(self.mailbox, lambda: self.is_running), host, mail_port)

    @property
    def is_running(self) -> bool:
        """Whether it takes mail."""
        return self._server is not None

    @property
    def smtp_port(self) -> int:
        """The SMTP port; before the start the one asked for."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else self._wanted_smtp_port

    @property
    def mail_port(self) -> int:
        """The port of the HTTP API; before the start the one asked for."""
        return self._listener.port

    def url_for(self, path: str = "/") -> str:
        """The URL of a path of the HTTP API."""
        return self._listener.url_for(path)

    def clear(self) -> None:
        """Forget every mail."""
        self.mailbox.clear()

    async def start(self) -> None:
        """Bind both ports; does nothing when it runs already.

        Raises:
            OSError: one of the ports cannot be bound; neither is then.
        """
        if self._server is not None:
            return
        server = await asyncio.get_running_loop().create_server(self._converse, self._host, self._wanted_smtp_port)
        try:
            await self._listener.start()
        except OSError:
            server.close()
            raise
        self._server = server

    async def stop(self) -> None:
        """Close both ports and every connection; those who wait for mail are told. The mails stay."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        self.mailbox.interrupt()
        await asyncio.gather(*(conversation.end() for conversation in list(self._conversations)))
        await self._listener.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Aiosmtpd's hook for a mail that has come in whole; envelopes it hands over are complete."""
        raw, sender = envelope.original_content or b"", envelope.mail_from or ""
        mail = self.mailbox.add(raw, sender, envelope.rcpt_tos, self._clock.now())
        return f"250 OK: queued as {mail.id}"

    def _converse(self) -> _Conversation:
        return _Conversation(self, self._conversations)


class _Conversation(SMTP):
    """aiosmtpd's protocol for one connection, which can be ended from outside and takes lines of any length."""

    line_length_limit = DATA_SIZE_DEFAULT

    def __init__(self, sink: MailSink, conversations: set[_Conversation]) -> None:
        # Without a host name aiosmtpd asks the DNS for one on every connection.
        super().__init__(
            sink, hostname="localhost", ident=IDENTITY, enable_SMTPUTF8=True, loop=asyncio.get_running_loop()
        )
        self._conversations = conversations

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._conversations.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._conversations.discard(self)

    async def end(self) -> None:
        """Close the connection and wait for its task."""
        if self.transport is not None:
            self.transport.close()
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()
            await asyncio.wait([self._handler_coroutine])
