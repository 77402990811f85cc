"""Expressions of tags: names with `and`, `or`, `not` and brackets, as for pytest's `-m`; any tag may stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\s*([()]|[^\s()]+)")
_Test = Callable[[Collection[str]], bool]


class BadExpression(ValueError):  # noqa: N818 - it names what it is
    """It is no expression of tags; the text says in Japanese why."""


@dataclass(frozen=True)
class Matching:
    """Tells whether tags fit an expression; `tags` are those it names."""

    tags: frozenset[str]
    fits: _Test

    def __call__(self, tags: Collection[str]) -> bool:
        """Whether these tags fit."""
        return self.fits(tags)


def matching(expression: str) -> Matching:
    """Read an expression.

    Raises:
        BadExpression: it is none.
    """
    reader = _Reader(_WORD.findall(expression))
    test = reader.alternatives()
    if reader.word is not None:
        raise BadExpression(f"「{reader.word}」の前に and か or が要ります")
    return Matching(frozenset(reader.tags), test)


class _Reader:
    def __init__(self, words: list[str]) -> None:
        self._words: Iterator[str] = iter(words)
        self.tags: set[str] = set()
        self.word: str | None = None
        self._step()

    def _step(self) -> str | None:
        word, self.word = self.word, next(self._words, None)
        return word

    def alternatives(self) -> _Test:
        tests = [self._all()]
        while self.word == "or":
            self._step()
            tests.append(self._all())
        return lambda tags: any(test(tags) for test in tests)

    def _all(self) -> _Test:
        tests = [self._one()]
        while self.word == "and":
            self._step()
            tests.append(self._one())
        return lambda tags: all(test(tags) for test in tests)

    def _one(self) -> _Test:
        word = self._step()
        if word is None or word in {"and", "or", ")"}:
            raise BadExpression(f"「{word}」の前にタグが要ります" if word else "タグが足りません")
        if word == "not":
            test = self._one()
            return lambda tags: not test(tags)
        if word == "(":
            test = self.alternatives()
            if self._step() != ")":
                raise BadExpression("閉じかっこが足りません")
            return test
        tag = word.removeprefix("@")
        self.tags.add(tag)
        return lambda tags: tag in tags
