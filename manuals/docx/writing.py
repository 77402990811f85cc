"""Writes a manual as one Word document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from manuals import words
from manuals.docx.back import add_messages, add_screens
from manuals.docx.chapters import add_chapter
from manuals.docx.front import add_contents, add_cover
from manuals.docx.headings import APPENDICES, headings, with_parts
from manuals.docx.package import describe, save
from manuals.docx.paging import measured
from manuals.docx.story import Story
from manuals.model import Manual

_SOME_PAGE = 100


def write_docx(manual: Manual, folder: Path, pages: Mapping[str, int] | None = None) -> Path:
    """Write a manual and return its path, `folder/<edition>.docx`; the same manual gives the same bytes.

    Args:
        manual: it.
        folder: where the document goes and what the paths of the pictures are relative to.
        pages: on which page each heading stands, by its key, as the contents tell until Word updates them;
            LibreOffice is asked where None.

    Raises:
        OSError: a picture is not there, or the document cannot be written.
    """
    target = folder / f"{manual.edition.value}.docx"
    story = _story(manual, folder)
    if pages is None:
        pages = _measured(story, manual)
    story.tell_pages(pages)
    save(story.document, target)
    return target


def _measured(story: Story, manual: Manual) -> Mapping[str, int]:
    told = list(headings(manual))
    # Lines of the contents must be as long as they will be.
    story.tell_pages({heading.key: _SOME_PAGE for heading in told})
    with TemporaryDirectory() as folder:
        sketch = Path(folder) / "sketch.docx"
        save(story.document, sketch, is_sketch=True)
        return measured(sketch, told)


def _story(manual: Manual, folder: Path) -> Story:
    story = Story(f"{manual.cover.title}　{manual.cover.subtitle}")
    describe(story.document, manual.cover)
    add_cover(story, manual.cover)
    add_contents(story, list(headings(manual)))
    for part, chapter in with_parts(manual):
        add_chapter(story, part, chapter, folder)
        story.end_section(chapter.title)
    _add_appendices(story, manual)
    return story


def _add_appendices(story: Story, manual: Manual) -> None:
    if manual.messages or manual.screens:
        story.heading(APPENDICES)
    if manual.messages:
        add_messages(story, manual)
        if manual.screens:
            story.end_section(words.MESSAGES)
    if manual.screens:
        add_screens(story, manual)
    story.end(words.SCREENS if manual.screens else words.MESSAGES)
