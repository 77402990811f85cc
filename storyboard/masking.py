"""How secrets are masked in whatever is written: one mask, the same for all of them, and every way of spelling them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, quote_plus

DOT = "●"
MASK = DOT * 8
"""What stands for a secret; its length tells nothing."""
SHORTEST_SECRET = 4
"""Shorter ones cannot be told from other words, so that they are masked only where they stand alone in their place."""
# A word or number is a secret only where it stands alone: fingerprints, colours and lengths hold such digits, too. What
# JSON and addresses write for another character may stand before it.
_ALONE = (
    r"(?:(?<![0-9A-Za-z#.])|(?<=\\[bfnrt])|(?<=\\u[0-9a-f]{4})|(?<=%[0-9A-Fa-f]{2}))",
    r"(?![0-9A-Za-z])",
)
_WORD = re.compile(r"[0-9]+|[A-Za-z]+")
# What names files, places and kinds in a storyboard: never a word of a scenario.
_STRUCTURE = frozenset(
    {"id", "file", "tags", "clauses", "chapter", "edition", "outcome", "browser", "worker"}
    | {"keyword", "kind", "surface", "screen_id", "picture", "page", "trace"}
)
# コード is also part of other words: 文字コード, エラーコード, レコード.
SPOKEN_OF = (
    r"パスワード|パスフレーズ|暗証|秘密|合言葉|ワンタイム|(?<![A-Za-z])PIN(?![A-Za-z])|(?i:password|passcode|passphrase)"
    r"|(?<!文字)(?<!メッセージ)(?<!エラー)(?<!機関)(?<!店)(?<!銀行)(?<!商品)(?<!バー)(?<!レ)コード"
)
_SPEAKS = re.compile(SPOKEN_OF)
# Full Japanese letters; passwords, the wrong ones too, have at most some of half or full width beside others.
_PROSE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々]")


def speaks(text: str) -> bool:
    """Whether a text speaks of a password or code."""
    return _SPEAKS.search(normalize("NFKC", text)) is not None


def is_prose(text: str) -> bool:
    """Whether a text has letters of Japanese prose, which passwords have not."""
    return _PROSE.search(text) is not None


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return a text with every secret in it replaced, whatever its length, by the same mask."""
    pattern = pattern_of(frozenset(secrets))
    return pattern.sub(MASK, text) if pattern else text


@lru_cache
def pattern_of(secrets: frozenset[str]) -> re.Pattern[str] | None:
    """What finds these secrets however they are spelt; None where none is long enough to be told from other words."""
    spelt = {one for secret in secrets if len(secret) >= SHORTEST_SECRET for one in spellings(secret)}
    told = [
        re.escape(one).join(_ALONE if _WORD.fullmatch(one) else ("", ""))
        for one in sorted(spelt, key=lambda one: (-len(one), one))
    ]
    return re.compile("|".join(told)) if told else None


def spellings(secret: str) -> Iterator[str]:
    """A secret as HTML, JSON, Python, scripts and addresses write it."""
    bare = html.escape(secret, quote=False)
    yield from (secret, bare, html.escape(secret), bare.replace('"', "&quot;"))
    yield bare.replace('"', "&#34;").replace("'", "&#39;")  # as templates write it
    yield from (quote(secret), quote(secret, safe=""), quote_plus(secret))
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    yield from (repr(secret)[1:-1], json.dumps(html.escape(secret), ensure_ascii=False)[1:-1])


def masked_copy(value: Any, mask: Callable[[str], str]) -> Any:
    """Return a storyboard, or a part of one, with `mask` applied to every text that a scenario may have put there."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        return type(value)(**{n: one if n in _STRUCTURE else masked_copy(one, mask) for n, one in told.items()})
    if isinstance(value, tuple):
        return tuple(masked_copy(one, mask) for one in value)
    return mask(value) if isinstance(value, str) else value
