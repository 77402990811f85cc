"""Numbers of headings and instructions: real lists, which Word goes on counting when trainers insert something."""

from __future__ import annotations

from docx.document import Document as DocumentType

from manuals.docx.elements import Element, make

_HEADINGS, _INSTRUCTIONS = 1, 2
_FIRST_OF_OURS = 10
"""The lists with lower numbers are the template's."""


class Lists:
    """The lists of a document.

    Args:
        document: made of the template.
    """

    def __init__(self, document: DocumentType) -> None:
        self._numbering = document.part.numbering_part.element
        self._next = _FIRST_OF_OURS
        self._headings = _HEADINGS
        self._chapter = 0

    def begin_chapter(self, number: int) -> list[Element]:
        """Return what numbers the heading of a chapter, which in an extract need not follow the one before."""
        if number != self._chapter + 1:
            self._headings = self._begin(_HEADINGS, number)
        self._chapter = number
        return self.heading(0)

    def heading(self, level: int) -> list[Element]:
        """Return what numbers a heading; nothing where its style does."""
        return [] if self._headings == _HEADINGS else [_numbered(self._headings, level)]

    def begin_instructions(self) -> Element:
        """Return what numbers the instructions of a section, from 1."""
        return _numbered(self._begin(_INSTRUCTIONS, 1))

    def _begin(self, kind: int, number: int) -> int:
        start = make("w:lvlOverride", {"ilvl": 0}, make("w:startOverride", {"val": number}))
        made = make("w:num", {"numId": self._next}, make("w:abstractNumId", {"val": kind}), start)
        self._numbering.append(made)
        self._next += 1
        return self._next - 1


def unnumbered() -> Element:
    """Return what takes the number from a heading."""
    return make("w:numPr", None, make("w:numId", {"val": 0}))


def _numbered(list_: int, level: int = 0) -> Element:
    return make("w:numPr", None, make("w:ilvl", {"val": level}), make("w:numId", {"val": list_}))
