"""The parts of a mail, found in one pass over its bytes, whatever those are.

Python's own parser is not used: it ends in a RecursionError, takes seconds or raises on mails made for that. This
one goes through the bytes once, and gives up with MimeError where a mail is beyond all reason.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from simulator.mail.charsets import decode, is_stateful

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 50
MOST_PARTS = 1_000
LONGEST_HEAD = 256_000

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\n[ \t].*)*)", re.MULTILINE)
_DELIMITER = re.compile(rb"(?:\A|\r?\n)--([^\r\n]*?)(--)?[ \t]*(?=\r?\n|\Z)")
_ENCODED_WORD = re.compile(r"=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=")
_PARAMETER = re.compile(r';\s*([^\s=;*]+)(?:\*(\d+))?(\*)?\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))', re.DOTALL)
_ADDRESS_TOKEN = re.compile(
    r'"((?:\\.|[^"\\])*)"|<([^<>]*)>?|\(((?:\\.|[^()\\])*)\)|([,;])|(:)|([^\s",;:<>()]+|["()])', re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NOTHING = [b""]
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))

Fields = dict[str, list[bytes]]  # by names in lower case


class MimeError(ValueError):
    """The mail cannot be taken apart; the text says why, in Japanese."""


@dataclass(slots=True)
class Part:
    """One part of a mail that holds no others; its content stays where it is.

    Attributes:
        id: Mailpit's name of it: 0 for a mail of one part, otherwise the places on the way to it: 1.2.
        fields: its header fields.
        content_type: in lower case; text/plain where the header tells nothing.
        ancestors: the content types of the parts around it, the outermost first.
        start, end: where its encoded content is.
    """

    id: str
    fields: Fields = field(repr=False)
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    ancestors: tuple[str, ...]
    start: int
    end: int

    @property
    def content_id(self) -> str:
        """The Content-ID without its brackets."""
        return legible(value_of(self.fields, "Content-ID")).strip().strip("<>")

    def content(self, raw: bytes) -> bytes:
        """The decoded content, as much of it as can be decoded."""
        encoded = raw[self.start : self.end]
        match value_of(self.fields, "Content-Transfer-Encoding").strip().lower():
            case b"base64":
                return _from_base64(encoded)
            case b"quoted-printable":
                return binascii.a2b_qp(encoded)
            case _:
                return encoded

    def text(self, raw: bytes) -> str:
        """The content as text with LF line ends."""
        return decode(self.content(raw), self.parameters.get("charset", "")).replace("\r\n", "\n")


@dataclass(slots=True)
class _Open:
    """A multipart whose end has not come."""

    id: str
    boundary: bytes
    types: tuple[str, ...]
    children: int = 0


def split_head(raw: bytes, start: int = 0, end: int | None = None) -> tuple[Fields, int]:
    """The header fields that begin at `start`, and where the content after them begins.

    Raises:
        MimeError: the head is too long.
    """
    end = len(raw) if end is None else end
    if raw.startswith((b"\n", b"\r\n"), start):
        return {}, raw.index(b"\n", start) + 1
    if not _FIELD.match(raw, start, end):
        return {}, start
    found = _HEAD_END.search(raw, start, min(end, start + LONGEST_HEAD))
    if found is None and end - start > LONGEST_HEAD:
        raise MimeError(f"ヘッダーが{LONGEST_HEAD:,}バイトを超えています")
    head_end, content = found.span() if found else (end, end)
    fields: Fields = {}
    for name, value in _FIELD.findall(raw, start, head_end):
        fields.setdefault(name.decode("ascii").lower(), []).append(value.strip())
    return fields, content


def parts_of(raw: bytes) -> tuple[Fields, list[Part]]:
    """The fields of the whole mail, and its parts that hold no others, in order.

    Raises:
        MimeError: the head is too long, or there are too many parts or they are too deep.
    """
    reader = _Reader(raw)
    fields = reader.begin("0", (), 0)
    reader.go_on()
    return fields, reader.parts


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._open: list[_Open] = []
        self.parts: list[Part] = []
        self._inside: Part | None = None
        self._at = 0

    def begin(self, part_id: str, ancestors: tuple[str, ...], start: int) -> Fields:
        """Read a part's head; what follows is its content, or its own parts."""
        if len(self.parts) + len(self._open) >= MOST_PARTS:
            raise MimeError(f"部分が{MOST_PARTS:,}個を超えています")
        fields, content = split_head(self._raw, start, self._next_delimiter(start))
        content_type, parameters = _with_parameters(value_of(fields, "Content-Type"))
        content_type = content_type if "/" in content_type else "text/plain"
        self._at = max(content - 2, start)  # a delimiter may follow the head's empty line at once
        boundary = parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        if content_type.startswith("multipart/") and boundary:
            if len(self._open) >= DEEPEST:
                raise MimeError(f"入れ子が{DEEPEST}段を超えています")
            self._open.append(_Open("" if part_id == "0" else f"{part_id}.", boundary, (*ancestors, content_type)))
            return fields
        disposition, more = _with_parameters(value_of(fields, "Content-Disposition"))
        filename = more.get("filename") or parameters.get("name", "")
        self._inside = Part(
            part_id, fields, content_type, parameters, disposition, filename, ancestors, content, len(self._raw)
        )
        self.parts.append(self._inside)
        return fields

    def go_on(self) -> None:
        """Read every part that follows."""
        while self._open and (found := _DELIMITER.search(self._raw, self._at)):
            self._at = found.end()
            text, closing = found[1].rstrip(b" \t"), found[2] is not None
            level = self._level(text + b"--") if closing else None
            level, closing = (level, False) if level is not None else (self._level(text), closing)
            if level is None:
                continue
            self._end_at(found.start())
            del self._open[level + (0 if closing else 1) :]
            if not closing:
                around = self._open[-1]
                around.children += 1
                line_end = self._raw.find(b"\n", found.end()) + 1
                self.begin(f"{around.id}{around.children}", around.types, line_end or len(self._raw))

    def _end_at(self, end: int) -> None:
        if self._inside is not None:
            self._inside.end = max(end, self._inside.start)
            self._inside = None

    def _level(self, text: bytes) -> int | None:
        return next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at].boundary == text), None)

    def _next_delimiter(self, start: int) -> int:
        """Where a head that begins at `start` ends at the latest."""
        if not self._open:
            return len(self._raw)
        found = self._raw.find(b"\n--" + self._open[-1].boundary, start, start + LONGEST_HEAD)
        return len(self._raw) if found < 0 else found + 1


def value_of(fields: Fields, name: str) -> bytes:
    """The first value of the fields of this name, or nothing."""
    return fields.get(name.lower(), _NOTHING)[0]


def legible(value: bytes) -> str:
    """A field's value on one line, encoded words left alone."""
    return decode(value.replace(b"\r", b"").replace(b"\n", b"") if b"\n" in value else value)


def decoded(text: str) -> str:
    """A header's text as people read it.

    Only the space between two encoded words is dropped. Characters that a sender cut in two between them are whole
    again where the encoding allows it.
    """
    if "=?" not in text:
        return text
    texts, at, label, pending = [], 0, "", b""
    for word in _ENCODED_WORD.finditer(text):
        gap, name = text[at : word.start()], word[1].partition("*")[0]
        if (at == 0 or gap.strip() or name.lower() != label.lower() or is_stateful(name)) and pending:
            texts.append(decode(pending, label))
            pending = b""
        if at == 0 or gap.strip():
            texts.append(gap)
        at, label = word.end(), name
        pending += _from_base64(word[3].encode()) if word[2] in "Bb" else binascii.a2b_qp(word[3].encode(), header=True)
    return "".join([*texts, decode(pending, label) if pending else "", text[at:]])


def addresses_in(text: str) -> Iterator[tuple[str, str]]:
    """The addresses in a header's legible text, each as (display name, address)."""
    words: list[str] = []
    angle = comment = None
    for quoted, inside, remark, end, colon, word in [*_ADDRESS_TOKEN.findall(text), ("", "", "", ",", "", "")]:
        if end:
            address = angle if angle is not None else next((word for word in words if "@" in word), "".join(words))
            if address.strip():
                yield decoded(" ".join(words) if angle is not None else comment or ""), address.strip()
            words, angle, comment = [], None, None
        elif colon:  # the name of a group
            words = []
        elif word.startswith("@") and words:
            words[-1] += word
        elif word or quoted:
            words.append(word or _ESCAPED.sub(r"\1", quoted))
        elif remark:
            comment = remark
        elif inside:
            angle = inside


@lru_cache(maxsize=256)  # most mails have one of a few
def _with_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """A structured value and its parameters, those of RFC 2231 put together, encoded words in them decoded."""
    value = legible(raw)
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for name, number, extended, quoted, bare in _PARAMETER.findall(value):
        text = _ESCAPED.sub(r"\1", quoted) if quoted else bare.strip()
        pieces.setdefault(name.lower(), []).append((int(number[:9] or 0), text, bool(extended)))
    return value.partition(";")[0].strip().lower(), {name: _put_together(found) for name, found in pieces.items()}


def _put_together(pieces: list[tuple[int, str, bool]]) -> str:
    pieces.sort(key=lambda piece: piece[0])
    if not any(extended for _, _, extended in pieces):
        return decoded("".join(text for _, text, _ in pieces))
    label, _, rest = pieces[0][1].partition("'")
    first = rest.partition("'")[2] if pieces[0][2] and "'" in rest else pieces[0][1]
    texts = [first, *(text for _, text, _ in pieces[1:])]
    raw = b"".join(
        unquote_to_bytes(text) if extended else text.encode()
        for text, (_, _, extended) in zip(texts, pieces, strict=True)
    )
    return decode(raw, label)


def _from_base64(encoded: bytes) -> bytes:
    letters = encoded.translate(None, _NOT_BASE64)
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]  # six bits alone are no byte
    return binascii.a2b_base64(whole + b"==")
