"""A manual as a PDF for A4 paper, printed by a browser from a page of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import cast

from markupsafe import Markup
from playwright.sync_api import Browser
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    Fit,
    IndirectObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

from manuals import words
from manuals.extracts import PageRangeError, extract_pages
from manuals.html import Target
from manuals.model import Chapter, Manual
from manuals.pages import HERE, parts_of, write_page

__all__ = ["PageRangeError", "PdfError", "extract_pages", "write_pdf"]

# It warns of every file that Chromium prints, and loses nothing of it.
logging.getLogger("pypdf._writer").setLevel(logging.ERROR)
APPENDICES = (("messages", words.MESSAGES), ("screens", words.SCREENS))
STYLES = ("content.css", "print.css")
WITHOUT_PICTURES = "img { visibility: hidden; }"
"""To know where everything is, their room is enough."""
WIDE = 888


@dataclass(frozen=True)
class Place:
    """A place in a PDF: its page, counted from 1, and how high on it, in points from the lower edge."""

    page: int
    top: float


class PdfError(Exception):
    """The browser did not print what was asked for; the text says in Japanese what is wrong."""


def write_pdf(manual: Manual, folder: Path, browser: Browser) -> Path:
    """Print a manual, whose pictures are in `folder`, and return the path of the PDF, named after the edition.

    It is printed twice: only then is known on which page each chapter begins; the first time without pictures.

    Raises:
        PdfError: a picture is missing, or a chapter cannot be found in the print.
        OSError: a file cannot be written.
    """
    source, draft = folder / f".{manual.edition}.html", folder / f".{manual.edition}.pdf"
    target = folder / f"{manual.edition}.pdf"
    try:
        _print(manual, dict.fromkeys(_anchors(manual), WIDE), source, draft, browser, style=WITHOUT_PICTURES)
        places = _places_of(manual, draft)
        _print(manual, {anchor: place.page for anchor, place in places.items()}, source, draft, browser)
        if _places_of(manual, draft) != places:
            raise PdfError("目次にページ番号を入れると、章や節の始まる所が変わります")
        _finish(manual, places, draft, target)
    finally:
        source.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    return target


def _print(
    manual: Manual, pages: Mapping[str, int], source: Path, target: Path, browser: Browser, style: str = ""
) -> None:
    styles = [*((HERE / "static" / name).read_text(encoding="utf-8") for name in STYLES), style]
    values = {"manual": manual, "parts": parts_of(manual), "appendices": APPENDICES, "targets": _targets(manual)}
    write_page(source, "print.html", **values, pages=pages, style=Markup("\n".join(styles)))  # noqa: S704 - ours
    page = browser.new_page(java_script_enabled=True, locale="ja-JP")
    try:
        page.goto(source.absolute().as_uri())
        if missing := page.evaluate(
            "[...document.images].filter(i => !i.naturalWidth).map(i => i.getAttribute('src'))"
        ):
            raise PdfError(f"図がありません: {'、'.join(missing)}")
        page.pdf(path=target, prefer_css_page_size=True, print_background=True, tagged=True)
    finally:
        page.close()


def _targets(manual: Manual) -> dict[str, Target]:
    return {one.id: Target(f"#{one.id}", one.number, one.title) for one in manual.sections()}


def _anchors(manual: Manual) -> Iterator[str]:
    for chapter in manual.chapters:
        yield _anchor(chapter)
        yield from (section.id for section in chapter.sections)
    yield from (id_ for id_, _ in APPENDICES)


def _anchor(chapter: Chapter) -> str:
    return f"chapter-{chapter.id}"


def _places_of(manual: Manual, pdf: Path) -> dict[str, Place]:
    """Where each chapter and section begins, by its anchor."""
    reader = PdfReader(pdf, strict=False)
    found = {
        name.removeprefix("/"): Place((reader.get_destination_page_number(place) or 0) + 1, float(place.top or 0))
        for name, place in reader.named_destinations.items()
    }
    if lost := [anchor for anchor in _anchors(manual) if anchor not in found]:
        raise PdfError(f"印刷したものに、この章や節が見つかりません: {'、'.join(lost)}")
    return {anchor: found[anchor] for anchor in _anchors(manual)}


def _finish(manual: Manual, places: Mapping[str, Place], draft: Path, target: Path) -> None:
    """Give the print its bookmarks, and say of it what stays the same from build to build."""
    writer = PdfWriter(clone_from=draft)
    _number_elements(writer)
    _add_bookmarks(writer, manual, places)
    cover = manual.cover
    issued = f"{datetime.combine(cover.issued, time(), UTC):D:%Y%m%d%H%M%S}Z"
    writer.metadata = {
        "/Title": f"{cover.title}　{cover.subtitle}",
        "/Author": cover.issuer,
        "/Subject": cover.version,
        "/Creator": "koujyo",
        "/Producer": "Chromium, pypdf",
        "/CreationDate": issued,
        "/ModDate": issued,
    }
    writer.root_object[NameObject("/Lang")] = TextStringObject("ja-JP")
    writer.page_mode = "/UseOutlines"
    writer.create_viewer_preferences()[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    with target.open("wb") as stream:
        writer.write(stream)


def _number_elements(writer: PdfWriter) -> None:
    """Number the elements of the structure tree from 1; Chromium's numbers tell what it had in memory before."""
    tree = cast("DictionaryObject", writer.root_object["/StructTreeRoot"])
    elements = list(_elements(tree))
    given = sorted((element["/ID"] for element in elements if "/ID" in element), key=str)
    names = {name: TextStringObject(f"node{number:08}") for number, name in enumerate(given, 1)}
    for element in elements:
        _rename(element, "/ID", names)
        for attributes in _listed(element.get("/A")):
            _rename(attributes, "/Headers", names)
    for node in _name_tree(tree.get("/IDTree")):
        _rename(node, "/Limits", names)
        _rename(node, "/Names", names)


def _rename(owner: PdfObject, key: str, names: Mapping[PdfObject, PdfObject]) -> None:
    """Give what `owner` says under a key its new names."""
    if isinstance(owner, DictionaryObject) and key in owner:
        said = owner[key]
        renamed = ArrayObject(names.get(one, one) for one in said) if isinstance(said, ArrayObject) else names[said]
        owner[NameObject(key)] = renamed


def _name_tree(node: PdfObject | None) -> Iterator[DictionaryObject]:
    """A name tree's nodes."""
    for one in _listed(node):
        if isinstance(one, DictionaryObject):
            yield one
            for child in _listed(one.get("/Kids")):
                yield from _name_tree(child)


def _elements(element: DictionaryObject) -> Iterator[DictionaryObject]:
    """The elements below one of the structure tree, in the order they are read."""
    for child in _listed(element.get("/K")):
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child
            yield from _elements(child)


def _listed(value: PdfObject | None) -> list[PdfObject]:
    """What may be left out, stand alone or be a list, as a list of the objects themselves."""
    found = value.get_object() if value is not None else None
    if not isinstance(found, ArrayObject):
        return [] if found is None else [found]
    return [one for one in (entry.get_object() for entry in found) if one is not None]


def _add_bookmarks(writer: PdfWriter, manual: Manual, places: Mapping[str, Place]) -> None:
    def add(title: str, anchor: str, parent: IndirectObject | None = None, *, is_open: bool = False) -> IndirectObject:
        place = places[anchor]
        fit = Fit.xyz(left=0, top=place.top)
        return writer.add_outline_item(title=title, page_number=place.page - 1, parent=parent, fit=fit, is_open=is_open)

    for title, chapters in parts_of(manual):
        part = add(title, _anchor(chapters[0]), is_open=True)
        for chapter in chapters:
            entry = add(f"第{chapter.number}章　{chapter.title}", _anchor(chapter), part)
            for section in chapter.sections:
                add(f"{section.number}　{section.title}", section.id, entry)
    for anchor, title in APPENDICES:
        add(title, anchor)
