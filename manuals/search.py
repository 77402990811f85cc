"""What the search of an HTML manual looks in: every section, message and screen with its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from manuals import words
from manuals.model import Audience, Chapter, Figure, Instruction, Manual, Scene, ScreenTables, Section
from manuals.pages import plain

MESSAGES_PAGE, SCREENS_PAGE = "messages.html", "screens.html"


@dataclass(frozen=True)
class Entry:
    """A place that can be found.

    Attributes:
        href: where it is.
        place: what it belongs to, as printed above the title.
        title: as printed.
        audience: whose chapter it is in.
        text: all other words there.
    """

    href: str
    place: str
    title: str
    audience: Audience
    text: str


def page_of(chapter: Chapter) -> str:
    """The file of a chapter's page."""
    return f"chapter-{chapter.id}.html"


def search_script(manual: Manual) -> str:
    """Return the script file with all entries: a page opened from a disk may run scripts, but not read other files."""
    entries = [asdict(entry) for entry in entries_of(manual)]
    return f'"use strict";\nconst ENTRIES = {json.dumps(entries, ensure_ascii=False, indent=0)};\n'


def entries_of(manual: Manual) -> Iterator[Entry]:
    """All places, in the order of the manual."""
    for chapter in manual.chapters:
        yield _chapter(chapter)
        yield from (_section(chapter, section) for section in chapter.sections)
    for message in manual.messages:
        text = f"{message.text} {message.cause} {message.remedy}"
        yield Entry(f"{MESSAGES_PAGE}#message-{message.code}", words.MESSAGES, message.code, "everyone", text)
    for screen in manual.screens:
        yield Entry(f"{SCREENS_PAGE}#screen-{screen.id}", words.SCREENS, f"{screen.id} {screen.title}", "everyone", "")


def _chapter(chapter: Chapter) -> Entry:
    words = (*chapter.lead, *chapter.notes, *chapter.cautions)
    title = f"第{chapter.number}章 {chapter.title}"
    return Entry(page_of(chapter), chapter.part, title, chapter.audience, _joined(words))


def _section(chapter: Chapter, section: Section) -> Entry:
    return Entry(
        f"{page_of(chapter)}#{section.id}",
        f"第{chapter.number}章 {chapter.title}",
        f"{section.number} {section.title}",
        chapter.audience,
        _joined(_section_words(section)),
    )


def _section_words(section: Section) -> Iterator[str]:
    yield section.lead
    yield from section.given
    for scene in section.scenes:
        yield from _scene_words(scene)
    for tables in section.tables:
        yield from _table_words(tables)


def _scene_words(scene: Scene) -> Iterator[str]:
    for instruction in scene.instructions:
        yield from _instruction_words(instruction)
    for figure in (scene.figure, scene.outcome):
        yield from _figure_words(figure) if figure else ()
    yield from scene.results
    for mail in scene.mails:
        yield from (mail.subject, mail.text)


def _instruction_words(instruction: Instruction) -> Iterator[str]:
    yield instruction.text
    yield from (cell for row in instruction.entries for cell in row)


def _figure_words(figure: Figure) -> Iterator[str]:
    yield figure.caption
    yield figure.screen_id or ""
    yield from (badge.label for badge in figure.badges)


def _table_words(tables: ScreenTables) -> Iterator[str]:
    yield from (word for line in tables.inputs for word in (line.label, line.rule, line.explanation))
    yield from (word for line in tables.buttons for word in (line.label, line.meaning))
    yield from tables.notes


def _joined(words: Iterator[str] | tuple[str, ...]) -> str:
    """All the words once, with single spaces."""
    return " ".join(dict.fromkeys(plain(" ".join(word.split())) for word in words if word.strip()))
