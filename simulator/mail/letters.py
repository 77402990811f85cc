"""The letters the portal sends: texts as data files, filled in by name.

A letter file is UTF-8 text: what the subject tells on the first line, an empty line, then the text with ``str.format``
fields. ``frame.txt`` holds what stands around every text. The wording is our own; the manuals print no mail.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources

from simulator.catalogue import load_catalogue
from simulator.clock import JAPAN

FRAME = "frame"


class LetterError(ValueError):
    """The kind of letter is unknown, or its values do not fit its text."""


@dataclass(frozen=True)
class Letter:
    """One letter, ready to be posted.

    Attributes:
        kind: the name of its text, for instance "code".
        recipient: one mail address.
        subject: one line.
        body: plain text, lines ended by a line feed.
    """

    kind: str
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class _Text:
    subject: str
    body: str
    fields: frozenset[str]


def compose(kind: str, recipient: str, **values: str | int | datetime) -> Letter:
    """Fill in the text of a kind of letter.

    Kinds and their values, each with user_name besides: "code" (CRT-13, CRT-21): code, minutes, expires_at;
    "locked" (ML-04): failures, minutes, locks, locked_until; "blocked" (ML-05): locks; "expiry_warning" (ML-06) and
    "expired" (ML-07): certificate, expires_at. The kinds of ML-08 are listed in no excerpt; ours are "registered" and
    "general_registered": user_id, registered_at; "certificate_issued": certificate, issued_at, expires_at;
    "password_changed" and "temporary_password": changed_at; "address_changed": before, after, changed_at.
    Moments have to be aware; they are told in Japan time.

    Raises:
        LetterError: for an unknown kind, a value too few or too many, or a naive moment.
    """
    text = _text(kind)
    if text.fields != values.keys():
        lacking, unknown = sorted(text.fields - values.keys()), sorted(values.keys() - text.fields)
        raise LetterError(f"letter {kind!r}: values lacking {lacking}, values unknown {unknown}")
    told = {name: _as_told(name, value) for name, value in values.items()}
    subject = f"【{load_catalogue().system_name}】{text.subject}"
    return Letter(kind, recipient, subject, text.body.format(**told))


def subject_of(kind: str) -> str:
    """What the subject of a kind of letter tells.

    Raises:
        LetterError: there is no such kind.
    """
    return _text(kind).subject


def _as_told(name: str, value: str | int | datetime) -> str | int | datetime:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise LetterError(f"{name} has to be an aware moment, not {value}")
    return value.astimezone(JAPAN)


def subjects() -> dict[str, str]:
    """What the subject of every kind of letter tells."""
    names = (file.name.partition(".")[0] for file in resources.files(__package__).joinpath("letters").iterdir())
    return {kind: _text(kind).subject for kind in sorted(names) if kind != FRAME}


@lru_cache
def _text(kind: str) -> _Text:
    files = {file.name: file.read_text("utf-8") for file in resources.files(__package__).joinpath("letters").iterdir()}
    frame = files.pop(f"{FRAME}.txt")
    try:
        subject, _, text = files[f"{kind}.txt"].partition("\n\n")
    except KeyError:
        raise LetterError(f"there is no letter of the kind {kind!r}") from None
    body = frame.replace("{text}", text).replace("{system_name}", load_catalogue().system_name)
    return _Text(subject, body, _field_names(body))


def _field_names(body: str) -> frozenset[str]:
    names = (name for _, name, _, _ in string.Formatter().parse(body) if name)
    return frozenset(name.partition(".")[0] for name in names)
