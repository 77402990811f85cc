"""A manual as a folder of static pages that needs neither a network nor a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from manuals.checklist import Checklist
from manuals.model import Chapter, Manual, Section
from manuals.pages import HERE, parts_of, write_page
from manuals.search import MESSAGES_PAGE, SCREENS_PAGE, page_of, search_script
from reports.wording import source

ASSETS = "assets"
INDEX, CHECKLIST_PAGE = "index.html", "checklist.html"


@dataclass(frozen=True)
class Target:
    """Where a section is, for those who refer to it."""

    href: str
    number: str
    title: str


def write_html(manual: Manual, folder: Path) -> Path:
    """Write the pages of a manual beside its pictures and return the path of the first one.

    The same manual gives the same bytes. Pages of chapters which are no longer there are removed.

    Raises:
        OSError: a page cannot be written.
    """
    _clear(folder)
    shutil.copytree(HERE / "static", folder / ASSETS, dirs_exist_ok=True)
    (folder / ASSETS / "search-index.js").write_text(search_script(manual), encoding="utf-8", newline="\n")
    shared = _shared(manual)
    for before, chapter, after in _neighbours(manual.chapters):
        values = {**shared, "chapter": chapter, "before": before, "after": after, "page": page_of(chapter)}
        write_page(folder / page_of(chapter), "chapter.html", **values)
    write_page(folder / MESSAGES_PAGE, "messages.html", **shared, page=MESSAGES_PAGE)
    write_page(folder / SCREENS_PAGE, "screens.html", **shared, page=SCREENS_PAGE)
    return write_page(folder / INDEX, "index.html", **shared, page=INDEX)


def write_checklist(manual: Manual, checklist: Checklist, folder: Path) -> Path:
    """Write what the checklist says, for who makes the manual, beside its pages, and return the path.

    Raises:
        OSError: the page cannot be written.
    """
    known = {chapter.id: chapter for chapter in manual.chapters}
    values = {"checklist": checklist, "known": known, "page": CHECKLIST_PAGE, "read": source}
    return write_page(folder / CHECKLIST_PAGE, "checklist.html", **_shared(manual), **values)


def _shared(manual: Manual) -> dict[str, object]:
    """What all pages are made of."""
    parts = parts_of(manual)
    return {"manual": manual, "parts": parts, "page_of": page_of, "chapter": None, "targets": targets(manual)}


def targets(manual: Manual) -> Mapping[str, Target]:
    """Where each section is, by its id."""
    return {section.id: _target(chapter, section) for chapter in manual.chapters for section in chapter.sections}


def _target(chapter: Chapter, section: Section) -> Target:
    return Target(f"{page_of(chapter)}#{section.id}", section.number, section.title)


def _neighbours(chapters: Sequence[Chapter]) -> Iterator[tuple[Chapter | None, Chapter, Chapter | None]]:
    return zip([None, *chapters], chapters, [*chapters[1:], None], strict=False)


def _clear(folder: Path) -> None:
    for path in folder.glob("chapter-*.html"):
        path.unlink()
