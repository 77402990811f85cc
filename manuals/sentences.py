"""Sentences of scenarios as a manual says them: politely, and without what nobody may read."""

from __future__ import annotations

from collections.abc import Iterable

from manuals.outline import Wording

MASK = "●●●●●●●●"
SHORTEST_SECRET = 4


class UnknownEnding(ValueError):  # noqa: N818 - it names what happened
    """The manuals' wording does not say how a sentence ends politely; the text names the sentence."""


def polite(sentence: str, wording: Wording) -> str:
    """Return a scenario's sentence as it stands in a manual; nothing where the wording leaves it out.

    Raises:
        UnknownEnding: the wording says nothing of its end.
    """
    for form, text in wording.forms:
        if found := form.fullmatch(sentence):
            return text.format_map(found.groupdict())
    for plain in sorted(wording.endings, key=len, reverse=True):
        if sentence.endswith(plain):
            return f"{sentence.removesuffix(plain)}{wording.endings[plain]}。"
    raise UnknownEnding(f"content/wording.yaml の endings に、この文の終わりがありません: {sentence}")


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return a text with every secret in it replaced, whatever its length, by the same mask."""
    for secret in sorted({secret for secret in secrets if len(secret) >= SHORTEST_SECRET}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text
