"""Writes a manual in one of its formats; a task of its own, so that several are written at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright

from fixtures.browsers import find_browser
from manuals.model import Manual


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
    writer = writer_of(task.format)
    try:
        if task.format == "pdf":
            with _browser() as browser:
                writer(task.manual, task.folder, browser)
        else:
            writer(task.manual, task.folder)
    except Error as problem:
        raise WriterProblem(f"{task.format}: {problem.message}") from problem


def writer_of(name: str) -> Any:
    """What writes a format.

    Raises:
        WriterProblem: nothing does.
    """
    try:
        return getattr(import_module(f"manuals.{name}"), f"write_{name}")
    except ModuleNotFoundError as problem:
        raise WriterProblem(f"この形はまだ作れません: {name}") from problem


def extract(pages: str, folder: Path, edition: str) -> None:
    """Write some pages of a PDF to a PDF of their own, beside it.

    Raises:
        ValueError: `pages` cannot be understood, or are not there; the text says so in Japanese.
    """
    extracts: Any = import_module("manuals.extracts")
    extracts.extract_pages(folder / f"{edition}.pdf", pages, folder / f"{edition}-{'_'.join(pages.split())}.pdf")


@contextmanager
def _browser() -> Iterator[Browser]:
    choice = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=choice.executable, channel=choice.channel)
        yield browser
        browser.close()
