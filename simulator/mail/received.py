"""A mail as it arrived: the raw bytes, read only when somebody asks.

Anything may arrive, so nothing here raises on a mail that is badly made: what cannot be decoded is
shown as well as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32, default
from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from datetime import datetime

# The standard library's parser is known to fail in these ways on malformed headers and bodies.
PARSER_FAILURES = (MessageError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(slots=True, eq=False)
class ReceivedMail:
    """One mail in the mailbox.

    Attributes:
        number: its place in the order of arrival, from 1; never given twice.
        raw: the bytes as they came, with CR LF line ends.
        envelope_sender: what the client said in MAIL FROM.
        recipients: what it said in RCPT TO.
        received_at: the arrival by the simulated clock.
    """

    number: int
    raw: bytes = field(repr=False)
    envelope_sender: str
    recipients: tuple[str, ...]
    received_at: datetime
    _subject: str | None = field(default=None, init=False, repr=False)

    @property
    def id(self) -> str:
        """The number as text, of a width at which text order is order of arrival."""
        return f"{self.number:08d}"

    @property
    def subject(self) -> str:
        """The decoded subject; read without the rest of the mail, and kept, because searches ask for it."""
        if self._subject is None:
            self._subject = printable(_subject(self.raw))
        return self._subject

    @property
    def message(self) -> EmailMessage:
        """The parsed mail; shared, so for reading only."""
        return _parse(self.raw)

    @property
    def text(self) -> str:
        """The plain text of the body with LF line ends, or nothing when the mail has none."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML of the body, or nothing."""
        return self._body("html")

    @property
    def sender(self) -> str:
        """The address in the From header, or the envelope's sender without one."""
        addresses = self.addresses("From")
        return addresses[0][1] if addresses else self.envelope_sender

    def header(self, name: str) -> str:
        """One decoded header, or nothing."""
        try:
            value = self.message[name]
        except PARSER_FAILURES:
            value = next((raw for key, raw in self.message.raw_items() if key.lower() == name.lower()), "")
        return printable("" if value is None else str(value))

    def addresses(self, name: str) -> list[tuple[str, str]]:
        """The addresses in a header: (display name, address) pairs."""
        try:
            values = self.message.get_all(name, [])
            return [(printable(a.display_name), printable(a.addr_spec)) for value in values for a in value.addresses]
        except PARSER_FAILURES:
            return []

    def _body(self, subtype: str) -> str:
        try:
            part = self.message.get_body((subtype,))
        except PARSER_FAILURES:
            return ""
        return "" if part is None else _content(part)


def printable(text: str) -> str:
    """The text without lone surrogates, which stand for undecodable bytes and fit in no JSON."""
    return text.encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=256)
def _parse(raw: bytes) -> EmailMessage:
    return cast("EmailMessage", BytesParser(policy=default).parsebytes(raw))


def _subject(raw: bytes) -> str:
    # compat32 reads a subject three times as fast as the newer policy, and decodes alike.
    value = str(BytesHeaderParser(policy=compat32).parsebytes(raw).get("Subject", ""))
    unfolded = value.replace("\r", "").replace("\n", "")
    try:
        return str(make_header(decode_header(unfolded)))
    except PARSER_FAILURES:
        return unfolded


def _content(part: EmailMessage) -> str:
    try:
        content = str(part.get_content())
    except PARSER_FAILURES:  # an unknown charset, for instance
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return printable(content.replace("\r\n", "\n"))
