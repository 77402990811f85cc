"""What the viewers show of a file: the beginning of a PDF, and of a CSV."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice

MOST_LINES, MOST_COLUMNS = 24, 8


@dataclass(frozen=True)
class Paper:
    """The beginning of a PDF: its lines, and of how many pages it is."""

    pages: int
    lines: tuple[str, ...]


def read_paper(data: bytes) -> Paper | None:
    """The first page's lines; None for what is no PDF."""
    from pypdf import PdfReader  # noqa: PLC0415 - costs time, and few look at a PDF on the desk
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        pages = PdfReader(BytesIO(data)).pages
        lines = (" ".join(line.split()) for line in pages[0].extract_text().splitlines())
        return Paper(len(pages), tuple(islice((line for line in lines if line), MOST_LINES)))
    except (PyPdfError, IndexError, ValueError, KeyError):
        return None


def read_sheet(data: bytes) -> tuple[tuple[str, ...], ...]:
    """The first lines of a CSV, as Excel takes it: UTF-8 where it says so at its beginning, else Shift_JIS."""
    codec = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp932"
    rows = csv.reader(StringIO(data.decode(codec, "replace"), newline=""))
    return tuple(tuple(row[:MOST_COLUMNS]) for row in islice(rows, MOST_LINES))
