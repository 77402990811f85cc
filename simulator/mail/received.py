"""A mail as it arrived, taken apart once.

Anything may arrive, so nothing here raises on a mail that is badly made: what cannot be decoded is shown as well as
it can be, and what cannot be read at all says so in its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from simulator.mail.mime import (
    Fields,
    MimeError,
    Part,
    addresses_in,
    decoded,
    legible,
    parts_of,
    split_head,
    value_of,
)

if TYPE_CHECKING:
    from datetime import datetime

_ALTERNATIVE = "multipart/alternative"
_BETWEEN_TEXTS = "\n--\n"
_TAG = re.compile(r"<([^<>]*)>")
_INVISIBLE = frozenset({"script", "style", "title"})
SNIPPET_LENGTH = 250
_SNIPPET_SOURCE = 4_000


@dataclass(slots=True, eq=False)
class Content:
    """What is in a mail.

    Attributes:
        fields: the header fields as they came.
        subject: the decoded subject.
        text: the plain text with LF line ends; what stands in the way where the mail is unreadable.
        html: the HTML, or nothing.
        inline: the parts shown inside the text: those that say so, and those of no disposition that are no text.
        attachments: the other parts that are no text.
        is_readable: whether the mail could be taken apart.
    """

    fields: Fields = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    inline: tuple[Part, ...] = ()
    attachments: tuple[Part, ...] = ()
    is_readable: bool = True

    @classmethod
    def read(cls, raw: bytes) -> Content:
        """Take a mail apart."""
        try:
            return cls._read(raw)
        except MimeError as error:
            return cls._unreadable(raw, str(error))
        except Exception as error:  # noqa: BLE001 - one mail never breaks the mailbox for everybody
            return cls._unreadable(raw, f"内部の誤り {error!r}")

    @classmethod
    def _read(cls, raw: bytes) -> Content:
        fields, parts = parts_of(raw)
        subject = decoded(legible(value_of(fields, "Subject")))
        if len(parts) == 1 and not parts[0].ancestors:
            part = parts[0]
            if part.content_type not in {"text/plain", "text/html"} or part.disposition == "attachment":
                alone = (part,)
                inline = part.disposition == "inline"
                return cls(fields, subject, "", "", alone if inline else (), () if inline else alone)
        plain, html = (
            [part for part in parts if part.content_type == kind and part.disposition != "attachment"]
            for kind in ("text/plain", "text/html")
        )
        if parts and parts[0].ancestors[:1] == (_ALTERNATIVE,):
            plain = plain[:1]
        return cls(
            fields,
            subject,
            _BETWEEN_TEXTS.join(part.text(raw) for part in plain),
            html[0].text(raw) if html else "",
            tuple(part for part in parts if _is_named(part) and _is_inline(part)),
            tuple(part for part in parts if _is_named(part) and _is_attached(part)),
        )

    @classmethod
    def _unreadable(cls, raw: bytes, reason: str) -> Content:
        try:
            fields, _ = split_head(raw)
        except MimeError:
            fields = {}
        subject = decoded(legible(value_of(fields, "Subject")[:1000]))
        return cls(fields, subject, f"（このメールは読み取れません: {reason}。）\n", is_readable=False)


def _is_named(part: Part) -> bool:
    return bool(part.filename or part.content_id or part.content_type == "message/rfc822")


def _is_attached(part: Part) -> bool:
    return part.disposition == "attachment" or (
        part.content_type == "application/octet-stream" and part.disposition != "inline"
    )


def _is_inline(part: Part) -> bool:
    is_text = part.content_type in {"text/plain", "text/html"}
    return part.disposition == "inline" or not (_is_attached(part) or is_text)


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
    _content: Content | None = field(default=None, repr=False)

    @property
    def content(self) -> Content:
        """What is in it; taken apart once, for the first who asks: senders do not wait for that."""
        if self._content is None:
            self._content = Content.read(self.raw)
        return self._content

    @property
    def id(self) -> str:
        """The number as text, of a width at which text order is order of arrival."""
        return f"{self.number:08d}"

    @property
    def subject(self) -> str:
        """The decoded subject."""
        return self.content.subject

    @property
    def text(self) -> str:
        """The plain text of the body with LF line ends, or nothing when the mail has none."""
        return self.content.text

    @property
    def html(self) -> str:
        """The HTML of the body, or nothing."""
        return self.content.html

    @property
    def readable_text(self) -> str:
        """The text, or what people would read of the HTML where there is no other."""
        return self.text or _shown(self.html)

    @property
    def snippet(self) -> str:
        """The beginning of the text on one line."""
        text = self.text[:_SNIPPET_SOURCE] or _shown(self.html[:_SNIPPET_SOURCE])
        return " ".join(text.split())[:SNIPPET_LENGTH]

    @property
    def sender(self) -> str:
        """The address in the From header, or the envelope's sender without one."""
        addresses = self.addresses("From")
        return addresses[0][1] if addresses else printable(self.envelope_sender)

    def header(self, name: str) -> str:
        """The first header of this name, decoded, or nothing."""
        return decoded(legible(value_of(self.content.fields, name)))

    def addresses(self, name: str) -> list[tuple[str, str]]:
        """The addresses in the headers of this name: (display name, address) pairs."""
        return [pair for value in self.content.fields.get(name.lower(), []) for pair in addresses_in(legible(value))]


def _shown(html: str) -> str:
    """What a browser would show of this HTML, more or less."""
    pieces, hidden = _TAG.split(html), ""
    texts = [pieces[0]]
    for tag, text in zip(pieces[1::2], pieces[2::2], strict=True):
        name = tag.partition(" ")[0].lower()
        hidden = name if not hidden and name in _INVISIBLE else "" if name == f"/{hidden}" else hidden
        texts.append("" if hidden else text)
    return unescape(" ".join(texts))


def printable(text: str) -> str:
    """The text without lone surrogates, which fit in no JSON."""
    return text.encode("utf-8", "replace").decode("utf-8")
