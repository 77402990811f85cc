"""The wording of scenarios, by the rules of features/wording.toml: one spelling a word, no two sentences for one thing.

Run by `koujyo check` as a program of its own.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from koujyo.places import FEATURES, ROOT

if TYPE_CHECKING:
    from steps.sentences import Sentence

RULES = FEATURES / "wording.toml"
# From here on, of 1, two sentences are too much alike.
ALIKE = 0.9
NEGATIVE = ("ない", "ません")
# Comments, tags and tables: they hold names and data, which are written as they are.
NO_TEXT = ("#", "@", "|")


@dataclass(frozen=True)
class Rules:
    """The file of rules: patterns with what to write instead, and pairs of sentences that may be alike."""

    spellings: tuple[tuple[re.Pattern[str], str], ...]
    alike: frozenset[frozenset[str]]


def main() -> int:
    """Print what is wrong with the features and sentences of the checkout; returns the exit code."""
    from steps.sentences import known_sentences  # noqa: PLC0415 - costs time

    rules = read_rules(RULES)
    files = sorted(FEATURES.rglob("*.feature"))
    problems = [problem for file in files for problem in spelling_problems(file, rules)]
    problems += alike_problems(known_sentences(), rules)
    print("\n".join(problems))
    return 1 if problems else 0


def read_rules(file: Path) -> Rules:
    """Read the rules."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    spellings = tuple((re.compile(one["instead_of"]), one["write"]) for one in tables["spelling"])
    return Rules(spellings, frozenset(frozenset(one["sentences"]) for one in tables["alike"]))


def spelling_problems(file: Path, rules: Rules) -> Iterator[str]:
    """A line for each word of a feature that is spelt otherwise; quoted parts and tables are left alone."""
    shown = (file.relative_to(ROOT) if file.is_relative_to(ROOT) else file).as_posix()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text = re.sub(r"「[^」]*」", "「」", line.strip())
        if not text.startswith(NO_TEXT):
            for pattern, write in rules.spellings:
                if found := pattern.search(text):
                    yield f"{shown}:{number}: 「{found[0]}」は「{write}」と書きます（表記ゆれ）"


def alike_problems(sentences: Sequence[Sentence], rules: Rules) -> list[str]:
    """A line for each pair that is alike and not known to be meant, and for each known pair that is no longer there."""
    found = {frozenset((one.shown, other.shown)): _told(one, other) for one, other in _alike_pairs(sentences)}
    accepted = {frozenset(text.replace(":d}", "}") for text in pair) for pair in rules.alike}
    stale = (
        f"features/wording.toml: {_quoted(sorted(pair))}は、もうよく似た文ではありません"
        for pair in accepted - found.keys()
    )
    return [*(line for pair, line in found.items() if pair not in accepted), *sorted(stale)]


def _alike_pairs(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    for one, other in combinations(sentences, 2):
        if one.kind == other.kind and _is_alike(one.text, other.text):
            yield one, other


def _is_alike(one: str, other: str) -> bool:
    """Whether two differ in kana, width and punctuation only, or hardly at all; a sentence and its negation do not."""
    if one.endswith(NEGATIVE) != other.endswith(NEGATIVE):
        return False
    if _core(one) == _core(other):
        return True
    compared = SequenceMatcher(None, _plain(one), _plain(other), autojunk=False)
    return compared.real_quick_ratio() >= ALIKE and compared.quick_ratio() >= ALIKE and compared.ratio() >= ALIKE


def _plain(text: str) -> str:
    """A sentence in one width, whatever its placeholders are called."""
    return re.sub(r"\{\w+(:d)?\}", "{}", normalize("NFKC", text).casefold())


def _core(text: str) -> str:
    """What is left without hiragana and punctuation: nothing but the words."""
    return re.sub(r"[ぁ-ゖ、。・\s]", "", _plain(text))


def _told(one: Sentence, other: Sentence) -> str:
    reason = "features/wording.toml の alike に、違いを書いてください"
    return f"よく似た文です: {_quoted([one.shown, other.shown])}（{one.module}、{other.module}）。別の意味なら {reason}"


def _quoted(texts: Iterable[str]) -> str:
    return "".join(f"「{text}」" for text in texts)


if __name__ == "__main__":
    sys.exit(main())
