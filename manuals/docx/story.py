"""The text of a document as it grows: blocks, headings with their bookmarks, sections with their running heads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from docx.document import Document as DocumentType

from manuals.docx.elements import (
    RESULT,
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
from manuals.docx.pictures import Pictures


class Story:
    """The text of a document.

    Args:
        running: what stands at the head of every page.
    """

    def __init__(self, running: str) -> None:
        self.document: DocumentType = open_template()
        self._parts: Any = self.document.part
        self.lists = Lists(self.document)
        self.pictures = Pictures(self.document)
        self._body = self.document.element.body
        self._page = deepcopy(self._body.sectPr)
        self._running = running
        self._has_foot = False
        self._told: list[tuple[str, Element]] = []

    def add(self, *blocks: Element) -> None:
        """Append paragraphs and tables."""
        for block in blocks:
            self._body.sectPr.addprevious(block)

    def heading(self, heading: Heading, numbering: Iterable[Element] = ()) -> None:
        """Append a heading that the contents and references lead to."""
        marks = [contents_mark(heading.key), reference_mark(heading.key)]
        self.add(paragraph(heading.style, *bookmarked(marks, run(heading.text)), properties=numbering))

    def page_of(self, heading: str, mark: str) -> list[Element]:
        """Return a field that tells on which page a heading stands, by its key and one of its bookmarks."""
        runs = field(f"PAGEREF {mark} \\h", "")
        self._told.append((heading, runs[RESULT]))
        return runs

    def tell_pages(self, pages: Mapping[str, int]) -> None:
        """Let these fields tell the pages of headings, by their keys, until Word counts them itself."""
        for heading, told in self._told:
            told[:] = run(str(pages.get(heading, "")))[:]

    def end_section(self, title: str | None, *, is_heading: bool = True) -> None:
        """End what stands below one running head, which is the last heading or a word; a cover has none."""
        self.add(paragraph("Divider", properties=[self._section(title, is_heading=is_heading)]))

    def end(self, title: str) -> None:
        """End the document."""
        last = self._body.sectPr
        last.addprevious(self._section(title, is_heading=True))
        last.getparent().remove(last)

    def _section(self, title: str | None, *, is_heading: bool) -> Element:
        section = deepcopy(self._page)
        if title is not None:
            references = [("w:headerReference", self._make_header(title, is_heading=is_heading))]
            if not self._has_foot:
                references.append(("w:footerReference", self._make_footer()))
            for place, (tag, id_) in enumerate(references):
                section.insert(place, make(tag, {"type": "default", "r:id": id_}))
        return section

    def _make_header(self, title: str, *, is_heading: bool) -> str:
        part, id_ = self._parts.add_header_part()
        runs = [run(f"{self._running}\t"), *(field("STYLEREF 1", title) if is_heading else [run(title)])]
        _fill(part.element, paragraph("Header", *runs))
        return str(id_)

    def _make_footer(self) -> str:
        """The foot of the first section with one; those that follow have it, too."""
        self._has_foot = True
        part, id_ = self._parts.add_footer_part()
        _fill(part.element, paragraph("Footer", *field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")))
        return str(id_)


def _fill(element: Element, content: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.append(content)
