"""Cover and contents."""

from __future__ import annotations

from collections.abc import Sequence

from manuals import words
from manuals.docx.elements import Element, closing, contents_mark, link, opening, paragraph, plain, run
from manuals.docx.headings import Heading
from manuals.docx.story import Story
from manuals.model import Cover
from manuals.pages import day

CONTENTS_FIELD = 'TOC \\o "1-2" \\h \\z \\u \\t "部見出し,3"'
"""Chapters and sections; titles of parts, which are no level of their own, in the style of the third one."""
_BREAK = "　"
"""Where a title is broken into lines."""


def add_cover(story: Story, cover: Cover) -> None:
    """Append the cover."""
    story.add(
        paragraph("Title", run(cover.title.replace(_BREAK, "\n"))),
        plain("Subtitle", cover.subtitle),
        plain("CoverIssuer", cover.issuer),
        plain("CoverText", f"{cover.version}　{day(cover.issued)}"),
        plain("CoverNote", cover.note),
    )
    story.end_section(None)


def add_contents(story: Story, headings: Sequence[Heading]) -> None:
    """Append the contents: a field that is already filled."""
    story.add(plain("TOCHeading", words.CONTENTS))
    for place, heading in enumerate(headings):
        begin = opening(CONTENTS_FIELD) if place == 0 else []
        story.add(paragraph(heading.contents_style, *begin, _line(story, heading)))
    story.add(paragraph("Divider", closing()))
    story.end_section(words.CONTENTS, is_heading=False)


def _line(story: Story, heading: Heading) -> Element:
    mark = contents_mark(heading.key)
    number = [run(f"{heading.number}\t")] if heading.number else []
    return link(mark, *number, run(f"{heading.text}\t"), *story.page_of(heading.key, mark))
