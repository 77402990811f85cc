"""What a build is made of, to be compared with another: a file in every build."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from hashlib import sha256
from pathlib import Path

from PIL import Image
from pydantic import BaseModel, ConfigDict, ValidationError

from manuals.model import Chapter, Manual
from manuals.page_text import title_of
from manuals.printed import Page, read_print
from simulator.catalogue import Edition

FILE = "manifest.json"
FORMAT = 1


class ManifestError(ValueError):
    """A folder is not a build of a manual; the text says in Japanese why."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Data):
    """A part of a build.

    Attributes:
        id: names it, the same from build to build as far as can be.
        digest: the same as long as it looks or reads the same.
        title: what it is called, for people.
        number: as printed.
        chapter: the id of its chapter, or the heading it is below.
        path: its file in the build; none for chapters and pages of the PDF.
    """

    id: str
    digest: str
    title: str
    number: str = ""
    chapter: str = ""
    path: str = ""


class Manifest(_Data):
    """A build: its chapters as texts, its pictures, its pages as HTML and as PDF; empty where that was not made."""

    format: int = FORMAT
    edition: Edition
    version: str
    issued: date
    chapters: tuple[Entry, ...]
    pictures: tuple[Entry, ...]
    html: tuple[Entry, ...]
    pdf: tuple[Entry, ...]


def write_manifest(manual: Manual, folder: Path) -> Manifest:
    """Describe the build in `folder`, and write that beside it."""
    pdf = pdf_of(folder, manual.edition)
    manifest = Manifest(
        edition=manual.edition,
        version=manual.cover.version,
        issued=manual.cover.issued,
        chapters=tuple(_chapter(one) for one in manual.chapters),
        pictures=tuple(_pictures(manual, folder)),
        html=tuple(_html(path, folder) for path in sorted(folder.rglob("*.html"))),
        pdf=tuple(_page(one) for one in read_print(pdf).pages) if pdf.is_file() else (),
    )
    (folder / FILE).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8", newline="\n")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read what a build is made of.

    Raises:
        ManifestError: `folder` is no build, or one of another version of this program.
    """
    try:
        return Manifest.model_validate_json((folder / FILE).read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError(f"{folder} は手順書のフォルダーではありません（{FILE} がありません）") from error
    except ValidationError as error:
        raise ManifestError(f"{folder / FILE} を読めません") from error


def pdf_of(folder: Path, edition: Edition) -> Path:
    """Where the PDF of a build is."""
    return folder / f"{edition}.pdf"


def _chapter(chapter: Chapter) -> Entry:
    told = json.dumps(dataclasses.asdict(chapter), ensure_ascii=False, sort_keys=True, default=str)
    return Entry(id=chapter.id, digest=_digest(told.encode()), title=chapter.title, number=f"第{chapter.number}章")


def _pictures(manual: Manual, folder: Path) -> list[Entry]:
    return [
        Entry(
            id=figure.id,
            digest=picture_digest(folder / figure.path),
            title=figure.caption,
            number=figure.number,
            chapter=chapter.id,
            path=figure.path,
        )
        for chapter in manual.chapters
        for section in chapter.sections
        for figure in section.figures()
    ]


def picture_digest(path: Path) -> str:
    """What a picture looks like, whatever wrote its file."""
    with Image.open(path) as picture:
        return _digest(f"{picture.size}".encode() + picture.convert("RGB").tobytes())


def _html(path: Path, folder: Path) -> Entry:
    name = path.relative_to(folder).as_posix()
    return Entry(id=name, digest=_digest(path.read_bytes()), title=title_of(path) or name, path=name)


def _page(page: Page) -> Entry:
    return Entry(
        id=f"page-{page.number}",
        digest=page.digest,
        title=page.heading,
        number=f"{page.number}",
        chapter=page.heading,
    )


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
