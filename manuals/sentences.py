"""Sentences of scenarios as a manual says them: politely."""

from __future__ import annotations

from manuals.outline import Wording


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
