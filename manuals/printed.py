"""Pages of manuals as they were printed: what stands on each, whatever its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

# Running feet: "12", "12 / 130", "- 12 -", "通しページ 12 / 130".
_NUMBER = re.compile(r"^\W*(?:通しページ)?\W*\d+\W*(?:[/／]\W*\d+\W*)?$")


@dataclass(frozen=True)
class Page:
    """A page of a PDF: its number, counted from 1, the heading it is below, its lines, and what it looks like."""

    number: int
    heading: str
    lines: tuple[str, ...]
    digest: str


def printed_pages(file: Path) -> list[Page]:
    """Read the pages of a PDF.

    Raises:
        PyPdfError: it cannot be read.
        OSError: it is not there.
    """
    reader = PdfReader(file)
    headings = _headings(reader)
    pages, heading = [], ""
    for index, page in enumerate(reader.pages):
        heading = headings.get(index, heading)
        lines = tuple(line for line in page.extract_text().splitlines() if line.strip() and not _NUMBER.match(line))
        pictures = sorted(_pictures(page))
        pages.append(Page(index + 1, heading, lines, sha256("\n".join((*lines, *pictures)).encode()).hexdigest()))
    return pages


def bookmarks_of(reader: PdfReader) -> Iterator[Destination]:
    """All bookmarks of a PDF, in order."""
    return _bookmarks(reader.outline)


def _headings(reader: PdfReader) -> dict[int, str]:
    """The first bookmark on each page that has one, by the page's index."""
    found: dict[int, str] = {}
    for bookmark in bookmarks_of(reader):
        index = reader.get_destination_page_number(bookmark)
        if index is not None and bookmark.title:
            found.setdefault(index, bookmark.title)
    return found


def _bookmarks(outline: list[Any]) -> Iterator[Destination]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(entry)
        else:
            yield entry


def _pictures(page: PageObject) -> Iterator[str]:
    """What tells the pictures on a page from others."""
    resources = page.get("/Resources", {}).get_object()
    for part in resources.get("/XObject", {}).values():
        content = part.get_object()
        if content.get("/Subtype") == "/Image":
            yield sha256(content.get_data()).hexdigest()
