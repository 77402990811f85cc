"""The text of a document as it grows: blocks, headings with their bookmarks, sections with their running heads."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.document import Document as DocumentType
from docx.shared import Mm

from manuals.docx.elements import (
    Element,
    bookmarked,
    contents_mark,
    field,
    make,
    paragraph,
    reference_mark,
    run,
)
from manuals.docx.headings import Heading
from manuals.docx.numbering import Lists
from manuals.docx.package import open_template
from manuals.model import Figure

WIDE, NARROW, SMALL = Mm(146), Mm(108), Mm(78)
"""The widths that pictures have."""
WIDE_PIXELS, NARROW_PIXELS = 900, 500
TALLEST = Mm(190)


class Story:
    """The text of a document.

    Args:
        running: what stands at the head of every page.
    """

    def __init__(self, running: str) -> None:
        self.document: DocumentType = open_template()
        self._parts: Any = self.document.part
        self.lists = Lists(self.document)
        self._body = self.document.element.body
        self._page = deepcopy(self._body.sectPr)
        self._running = running
        self._footer = self._make_footer()

    def add(self, *blocks: Element) -> None:
        """Append paragraphs and tables."""
        for block in blocks:
            self._body.sectPr.addprevious(block)

    def heading(self, heading: Heading, numbering: Iterable[Element] = ()) -> None:
        """Append a heading that the contents and references lead to."""
        marks = [contents_mark(heading.key), reference_mark(heading.key)]
        self.add(paragraph(heading.style, *bookmarked(marks, run(heading.text)), properties=numbering))

    def picture(self, figure: Figure, path: str) -> Element:
        """Return a run with a picture, as wide as others of its kind and not higher than a page bears."""
        width = WIDE if figure.width >= WIDE_PIXELS else NARROW if figure.width >= NARROW_PIXELS else SMALL
        height = int(width * figure.height / figure.width)
        if height > TALLEST:
            width, height = Mm(TALLEST.mm * figure.width / figure.height), TALLEST
        inline = self.document.part.new_pic_inline(path, width, height)
        inline.docPr.set("name", figure.number)
        inline.docPr.set("descr", figure.alt)
        return make("w:r", None, make("w:drawing", None, inline))

    def end_section(self, title: str | None) -> None:
        """End what stands below one running head; a cover has none, nor a page number."""
        self.add(paragraph("Divider", properties=[self._section(title)]))

    def end(self, title: str) -> None:
        """End the document."""
        last = self._body.sectPr
        last.addprevious(self._section(title))
        last.getparent().remove(last)

    def _section(self, title: str | None) -> Element:
        section = deepcopy(self._page)
        if title is not None:
            references = [("w:headerReference", self._make_header(title)), ("w:footerReference", self._footer)]
            for place, (tag, id_) in enumerate(references):
                section.insert(place, make(tag, {"type": "default", "r:id": id_}))
        return section

    def _make_header(self, title: str) -> str:
        part, id_ = self._parts.add_header_part()
        runs = [run(f"{self._running}\t"), *(field("STYLEREF 1", title) if title else [])]
        _fill(part.element, paragraph("Header", *runs))
        return str(id_)

    def _make_footer(self) -> str:
        part, id_ = self._parts.add_footer_part()
        _fill(part.element, paragraph("Footer", *field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")))
        return str(id_)


def _fill(element: Element, content: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.append(content)
