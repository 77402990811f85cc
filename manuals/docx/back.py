"""The message list and the index of screens."""

from __future__ import annotations

from manuals import words
from manuals.docx import headings
from manuals.docx.elements import Element, link, paragraph, plain, reference_mark, run
from manuals.docx.numbering import unnumbered
from manuals.docx.story import Story
from manuals.docx.tables import grid
from manuals.model import Manual, Section


def add_messages(story: Story, manual: Manual) -> None:
    """Append all messages with their causes and cures."""
    story.heading(headings.MESSAGES, [unnumbered()])
    story.add(plain("BodyText", words.MESSAGES_LEAD))
    rows = [(line.code, line.text, line.cause, line.remedy) for line in manual.messages]
    story.add(*grid(words.MESSAGES, words.MESSAGE_HEADS, rows, (11, 34, 26, 29)))


def add_screens(story: Story, manual: Manual) -> None:
    """Append the index of screens, which leads to the sections that show them."""
    story.heading(headings.SCREENS, [unnumbered()])
    story.add(plain("BodyText", words.SCREENS_LEAD))
    sections = {section.id: section for section in manual.sections()}
    rows = [
        (line.id, line.title, [_place(story, sections[id_]) for id_ in line.sections if id_ in sections])
        for line in manual.screens
    ]
    story.add(*grid(words.SCREENS, words.SCREEN_HEADS, rows, (15, 27, 58)))


def _place(story: Story, section: Section) -> Element:
    mark = reference_mark(section.id)
    title = link(mark, run(f"{section.number} {section.title}", "Hyperlink"))
    return paragraph(
        "TableText", title, run(words.PAGE_BEFORE), *story.page_of(section.id, mark), run(words.PAGE_AFTER)
    )
