"""On which pages headings stand, as LibreOffice lays a document out; Word numbers them itself when it opens it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader

from manuals.docx.headings import Heading

PROGRAM = "soffice"
_PATIENCE = 300
"""Seconds."""


def print_pdf(document: Path, folder: Path) -> Path | None:
    """Print a document with LibreOffice and return the PDF in a folder; None where there is none in time."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    home = f"-env:UserInstallation={(folder / 'office').absolute().as_uri()}"
    command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document)]
    printed = folder / f"{document.stem}.pdf"
    return printed if ended(command) and printed.is_file() else None


def ended(command: Sequence[str], patience: float = _PATIENCE) -> bool:
    """Run a program, and end it with all that it started when it takes too long."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True) as process:
        try:
            return process.wait(patience) == 0
        except subprocess.TimeoutExpired:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            return False


def measured(document: Path, headings: Iterable[Heading]) -> Mapping[str, int]:
    """Return on which page, from 1, each heading stands, by its key; empty where no LibreOffice Writer can tell."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        printed = print_pdf(document, Path(folder))
        return _matched(list(headings), _outline(printed)) if printed else {}


def _matched(headings: list[Heading], outline: list[tuple[str, int]]) -> Mapping[str, int]:
    """Outlines have all headings in order, with their numbers, but no titles of parts: these precede a chapter."""
    pages: dict[str, int] = {}
    place, waiting = 0, list[Heading]()
    for heading in headings:
        waiting.append(heading)
        if heading.style != "Part":
            found = next((at for at in range(place, len(outline)) if outline[at][0] == _printed(heading)), None)
            if found is not None:
                place = found + 1
                pages |= {one.key: outline[found][1] for one in waiting}
            waiting = []
    return pages


def _printed(heading: Heading) -> str:
    return f"{heading.number} {heading.text}".strip()


def _outline(printed: Path) -> list[tuple[str, int]]:
    with PdfReader(printed) as reader:
        return list(_lines(reader, reader.outline))


def _lines(reader: PdfReader, outline: Any) -> Iterator[tuple[str, int]]:
    for line in outline:
        if isinstance(line, list):
            yield from _lines(reader, line)
        else:
            yield str(line.title), (reader.get_destination_page_number(line) or 0) + 1
