"""A mail as it arrived: the raw bytes, read only when somebody asks.

Anything may arrive, so nothing here raises on a mail that is badly made: what cannot be decoded is
shown as well as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32, default
from email.utils import getaddresses
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage, MIMEPart

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
            self._subject = _subject(self.raw)
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
        """The first header of this name, decoded, or nothing."""
        return next((decoded(value) for value in self.raw_headers(name)), "")

    def addresses(self, name: str) -> list[tuple[str, str]]:
        """The addresses in the headers of this name: (display name, address) pairs."""
        pairs = getaddresses([_legible(value) for value in self.raw_headers(name)])
        return [(decoded(shown), address) for shown, address in pairs if address]

    def raw_headers(self, name: str) -> list[str]:
        """The values of the headers of this name as they came, folded and encoded."""
        return [str(value) for key, value in self.message.raw_items() if key.lower() == name.lower()]

    def _body(self, subtype: str) -> str:
        try:
            part = self.message.get_body((subtype,))
        except PARSER_FAILURES:
            return ""
        return "" if part is None else _content(part)


def printable(text: str) -> str:
    """The text without lone surrogates, which fit in no JSON."""
    return text.encode("utf-8", "replace").decode("utf-8")


def decoded(value: str) -> str:
    """A header's value as people read it.

    The newer policy's own decoding is not used: it leaves the space between two encoded words of a display name
    (https://github.com/python/cpython/issues/128110), and it fails on some malformed headers.
    """
    text = _legible(value)
    try:
        return printable(str(make_header(decode_header(text))))
    except PARSER_FAILURES:
        return text


def _legible(value: str) -> str:
    unfolded = value.replace("\r", "").replace("\n", "")
    # The parser hands over bytes beyond ASCII as surrogates; most likely they are UTF-8.
    return printable(unfolded.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


@lru_cache(maxsize=256)
def _parse(raw: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(raw)


def _subject(raw: bytes) -> str:
    headers = BytesHeaderParser(policy=compat32).parsebytes(raw).raw_items()
    return next((decoded(str(value)) for name, value in headers if name.lower() == "subject"), "")


def _content(part: MIMEPart) -> str:
    try:
        content = str(part.get_content())
    except PARSER_FAILURES:  # an unknown charset, for instance
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return printable(content.replace("\r\n", "\n"))
