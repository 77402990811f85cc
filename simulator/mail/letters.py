"""The letters the portal sends: texts as data files, filled in by name.

A letter file is UTF-8 text: the subject on the first line, an empty line, then the body with
``str.format`` fields. The wording is our own; the manuals print no mail.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources

from simulator.clock import JAPAN


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

    Kinds and their values: "code" (clauses CRT-13 and CRT-21): user_name, code, minutes, expires_at;
    "locked" (ML-04): user_name, failures, minutes, locks, locked_until; "blocked" (ML-05): user_name, locks.
    Moments have to be aware; they are told in Japan time.

    Raises:
        LetterError: for an unknown kind, a value too few or too many, or a naive moment.
    """
    text = _text(kind)
    if text.fields != values.keys():
        lacking, unknown = sorted(text.fields - values.keys()), sorted(values.keys() - text.fields)
        raise LetterError(f"letter {kind!r}: values lacking {lacking}, values unknown {unknown}")
    told = {name: _as_told(name, value) for name, value in values.items()}
    return Letter(kind, recipient, text.subject, text.body.format(**told))


def _as_told(name: str, value: str | int | datetime) -> str | int | datetime:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise LetterError(f"{name} has to be an aware moment, not {value}")
    return value.astimezone(JAPAN)


@lru_cache
def _text(kind: str) -> _Text:
    files = {file.name: file for file in resources.files(__package__).joinpath("letters").iterdir()}
    try:
        subject, _, body = files[f"{kind}.txt"].read_text("utf-8").partition("\n\n")
    except KeyError:
        raise LetterError(f"there is no letter of the kind {kind!r}") from None
    return _Text(subject, body, _field_names(body))


def _field_names(body: str) -> frozenset[str]:
    names = (name for _, name, _, _ in string.Formatter().parse(body) if name)
    return frozenset(name.partition(".")[0] for name in names)
