"""Manuals as they were printed: what stands on each page, whatever its number."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import Destination


@dataclass(frozen=True)
class Page:
    """A page of a PDF.

    Attributes:
        number: counted from 1.
        heading: the last bookmark up to it.
        text: what can be read on it.
        lines: the same, line by line, without its number.
        digest: the same as long as it reads and looks the same.
        hidden: what it holds besides: where its links lead, what its notes say.
    """

    number: int
    heading: str
    text: str
    lines: tuple[str, ...]
    digest: str
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class Print:
    """A PDF: its pages, and what it says of itself: its properties and bookmarks."""

    pages: tuple[Page, ...]
    properties: tuple[str, ...]


def read_print(file: Path) -> Print:
    """Read a PDF; one that was read a moment ago is not read again.

    Raises:
        PyPdfError: it cannot be read.
        OSError: it is not there.
    """
    state = file.stat()
    return _read(file, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(file: Path, _: int, __: int) -> Print:
    reader = PdfReader(file)
    bookmarks = list(_flat(reader.outline))
    properties = [*map(str, (reader.metadata or {}).values()), *(str(one.title) for one in bookmarks)]
    if packet := reader.root_object.get("/Metadata"):
        properties.append(packet.get_object().get_data().decode("utf-8", errors="replace"))
    return Print(tuple(_pages(reader, _texts(file, reader), bookmarks)), tuple(properties))


def _texts(file: Path, reader: PdfReader) -> list[str]:
    """What can be read on each page; Poppler reads a hundred pages in the time that pypdf takes for one."""
    program = shutil.which("pdftotext")
    if program is None:
        return [page.extract_text() for page in reader.pages]
    done = subprocess.run([program, "-enc", "UTF-8", "-layout", file, "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8", errors="replace").split("\f")[: len(reader.pages)]


def _pages(reader: PdfReader, texts: Sequence[str], bookmarks: list[Destination]) -> Iterator[Page]:
    headings = _headings(reader, bookmarks)
    heading = ""
    for index, (page, text) in enumerate(zip(reader.pages, texts, strict=True)):
        heading = headings.get(index, heading)
        foot = _foot(index + 1, len(reader.pages))
        lines = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip() and not foot.fullmatch(line))
        looks = "\n".join((*lines, *sorted(_pictures(page))))
        yield Page(index + 1, heading, text, lines, sha256(looks.encode()).hexdigest(), tuple(_hidden(page)))


def _foot(number: int, count: int) -> re.Pattern[str]:
    """A page's number as it is printed: "12", "12 / 130", "通しページ 12 / 130"."""
    return re.compile(rf"\D{{0,12}}{number}\s*(?:[/／]\s*{count})?\D{{0,3}}")


def _headings(reader: PdfReader, bookmarks: list[Destination]) -> dict[int, str]:
    """The last bookmark on each page that has one, by the page's index."""
    places = ((reader.get_destination_page_number(one), one.title) for one in bookmarks)
    return {index: title for index, title in places if index is not None and title}


def _flat(outline: list[Any]) -> Iterator[Destination]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _pictures(page: PageObject) -> Iterator[str]:
    """What tells the pictures on a page from others."""
    resources = page.get("/Resources", {}).get_object()
    for part in resources.get("/XObject", {}).values():
        content = part.get_object()
        if content.get("/Subtype") == "/Image":
            # As they are in the file: to unpack them takes ten times as long, and tells no more.
            yield sha256(content._data).hexdigest()  # noqa: SLF001


def _hidden(page: PageObject) -> Iterator[str]:
    for note in page.get("/Annots", []):
        content = note.get_object()
        yield from (str(content[key]) for key in ("/Contents", "/T", "/TU", "/V") if key in content)
        yield str(content.get("/A", {}).get("/URI", ""))
