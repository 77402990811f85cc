"""Chapters: trail, lead, sections, cautions and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from manuals import words
from manuals.docx.elements import Element, plain
from manuals.docx.headings import Heading, chapter_heading, section_heading
from manuals.docx.scenes import SceneWriter
from manuals.docx.story import Story
from manuals.docx.tables import box, grid
from manuals.docx.trails import trail
from manuals.model import Chapter, ScreenTables, Section
from manuals.pages import AUDIENCES

CAUTION_FILL, CAUTION_EDGE = "FFF6EC", "D55E00"


def add_chapter(story: Story, part: Heading | None, chapter: Chapter, folder: Path) -> None:
    """Append a chapter, on a page of its own.

    Args:
        story: the document.
        part: the title of the part that it begins; None where it goes on with one.
        chapter: it.
        folder: what the paths of its pictures are relative to.
    """
    if part:
        story.heading(part)
    heading = chapter_heading(chapter)
    story.heading(heading, story.lists.begin_chapter(chapter.number))
    story.add(plain("Audience", f"{words.AUDIENCE}{AUDIENCES[chapter.audience]}", keep_next=True))
    if chapter.trail:
        story.add(*trail(chapter.trail))
    story.add(*(plain("BodyText", text) for text in chapter.lead))
    way = () if any(step.is_current for step in chapter.trail) else chapter.trail
    for section in chapter.sections:
        _add_section(story, section, SceneWriter(story, folder, way))
    story.add(*_cautions(chapter.cautions), *notes(chapter.notes))


def notes(texts: Iterable[str]) -> Iterator[Element]:
    """Paragraphs after ※."""
    return (plain("Note", text) for text in texts)


def _add_section(story: Story, section: Section, writer: SceneWriter) -> None:
    story.heading(section_heading(section), story.lists.heading(1))
    if section.lead:
        story.add(plain("BodyText", section.lead))
    if section.given:
        story.add(plain("Heading3", words.GIVEN), *(plain("ListBullet", text) for text in section.given))
        story.add(make_gap())
    for scene in section.scenes:
        writer.add(scene)
    for screen in section.tables:
        story.add(*_screen(screen), *notes(screen.notes))


def make_gap() -> Element:
    """Some space."""
    return plain("Gap", "")


def _screen(screen: ScreenTables) -> Iterator[Element]:
    if screen.inputs or screen.buttons:
        yield plain("Heading3", f"「{screen.title}」画面の項目（{screen.id}）")
    if screen.inputs:
        rows = [(line.label, line.rule or words.NOTHING, line.explanation or words.NOTHING) for line in screen.inputs]
        yield from _named(words.INPUTS, screen, words.INPUT_HEADS, rows, (24, 33, 43))
    if screen.buttons:
        meanings = [(line.label, line.meaning) for line in screen.buttons]
        yield from _named(words.BUTTONS, screen, words.BUTTON_HEADS, meanings, (24, 76))


def _named(
    name: str, screen: ScreenTables, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], shares: tuple[int, ...]
) -> Iterator[Element]:
    yield plain("TableName", name)
    yield from grid(f"「{screen.title}」画面の{name}", heads, rows, shares)


def _cautions(texts: tuple[str, ...]) -> list[Element]:
    if not texts:
        return []
    content = [plain("BoxTitle", words.CAUTION), *(plain("ListBullet", text) for text in texts)]
    return [make_gap(), *box(words.CAUTION, content, CAUTION_FILL, CAUTION_EDGE)]
