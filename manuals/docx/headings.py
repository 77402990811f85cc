"""The headings of a manual, which its contents list and its pages bear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from manuals import words
from manuals.model import Chapter, Manual, Section


@dataclass(frozen=True)
class Heading:
    """A heading that the contents list.

    Attributes:
        key: what its bookmarks are named after.
        style: of the heading.
        contents_style: of its line in the contents.
        number: as printed; empty where it has none.
        text: without the number.
    """

    key: str
    style: str
    contents_style: str
    number: str
    text: str


MESSAGES = Heading("messages", "Heading1", "TOC1", "", words.MESSAGES)
SCREENS = Heading("screens", "Heading1", "TOC1", "", words.SCREENS)


def part_heading(chapter: Chapter) -> Heading:
    """The title of the part that a chapter begins."""
    return Heading(f"part-{chapter.id}", "Part", "TOC3", "", chapter.part)


def chapter_heading(chapter: Chapter) -> Heading:
    """The title of a chapter."""
    return Heading(f"chapter-{chapter.id}", "Heading1", "TOC1", f"第{chapter.number}章", chapter.title)


def section_heading(section: Section) -> Heading:
    """The title of a section."""
    return Heading(section.id, "Heading2", "TOC2", section.number, section.title)


APPENDICES = Heading("part-appendices", "Part", "TOC3", "", words.APPENDICES)


def with_parts(manual: Manual) -> Iterator[tuple[Heading | None, Chapter]]:
    """The chapters in order, each with the title of its part where it is the first one there."""
    part = ""
    for chapter in manual.chapters:
        yield (part_heading(chapter) if chapter.part and chapter.part != part else None), chapter
        part = chapter.part


def headings(manual: Manual) -> Iterator[Heading]:
    """All that the contents list, in order."""
    for part, chapter in with_parts(manual):
        if part:
            yield part
        yield chapter_heading(chapter)
        yield from map(section_heading, chapter.sections)
    if manual.messages or manual.screens:
        yield APPENDICES
    if manual.messages:
        yield MESSAGES
    if manual.screens:
        yield SCREENS
