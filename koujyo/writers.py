"""Writes a manual in one of its formats; a task of its own, so that several are written at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from fixtures.browsers import find_browser
from manuals.docx import write_docx
from manuals.html import write_html
from manuals.model import Manual
from manuals.pdf import PdfError, write_pdf

WRITERS = {"html": write_html, "docx": write_docx}


class WriterProblem(Exception):  # noqa: N818 - it names what happened
    """A format could not be written; the text says in Japanese which, and why."""


@dataclass(frozen=True)
class Task:
    """A manual, the format it is to be written in, and the folder that its pictures are in."""

    format: str
    manual: Manual
    folder: Path


def write(task: Task) -> None:
    """Write one format.

    Raises:
        BrowserMissing: there is none to print the PDF.
        WriterProblem: it could not be written.
        OSError: a file cannot be written.
    """
    try:
        if task.format == "pdf":
            _print(task)
        else:
            WRITERS[task.format](task.manual, task.folder)
    except PdfError as problem:
        raise WriterProblem(str(problem)) from problem
    except Error as problem:
        raise WriterProblem(f"PDF を印刷できません（{problem.message}）") from problem


def _print(task: Task) -> None:
    with _browser() as browser:
        write_pdf(task.manual, task.folder, browser)


@contextmanager
def _browser() -> Iterator[Browser]:
    choice = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=choice.executable, channel=choice.channel)
        yield browser
        browser.close()
