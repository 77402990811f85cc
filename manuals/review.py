"""The review sheet: what changed since an older build, side by side, as one HTML page with its pictures."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from manuals.changes import Change, Changes
from manuals.differences import draw_difference
from manuals.manifest import Manifest, pdf_of
from manuals.page_text import text_of
from manuals.printed import Page, read_print
from simulator.catalogue import Edition

NAMES = {Edition.EMPLOYER: "事業主編", Edition.MEMBER: "会員編"}
HERE = Path(__file__).with_name("templates")
DOTS_PER_INCH = 75
CONTEXT = 1
"""Lines shown before and after each that changed."""

Line = tuple[str, str]
"""How a line changed ("same", "gone", "new", "gap") and what it says."""


@dataclass(frozen=True)
class Row:
    """A part that changed, for the sheet; pictures by their paths beside it, None where there is none."""

    kind: str
    number: str
    title: str
    old: str | None
    new: str | None
    difference: str | None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Build:
    """A build: where it is, and what it is made of."""

    folder: Path
    manifest: Manifest


def write_review(old: Build, new: Build, changes: Changes, folder: Path) -> Path:
    """Write the sheet and its pictures to a folder; returns the page.

    Raises:
        OSError: a picture of a build is missing, or a file cannot be written.
    """
    folder.mkdir(parents=True)
    pages = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    sheet = folder / "index.html"
    text = pages.get_template("review.html").render(
        old=old.manifest,
        new=new.manifest,
        changes=changes,
        names=NAMES,
        day=_day,
        replaced=changes.pages_to_replace(),
        pictures=[_picture_row(change, old, new, folder) for change in changes.pictures],
        pages=_page_rows(changes.pdf, old, new, folder),
        html=[_html_row(change, old, new) for change in changes.html],
    )
    sheet.write_text(text, encoding="utf-8", newline="\n")
    return sheet


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def changed_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Line, ...]:
    """The lines that are gone and new, with a little of what stands around them."""
    told: list[Line] = []
    matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if told:
            told.append(("gap", "…"))
        for kind, first, last, begin, end in group:
            if kind == "equal":
                told += [("same", line) for line in old[first:last]]
            else:
                told += [("gone", line) for line in old[first:last]] + [("new", line) for line in new[begin:end]]
    return tuple(told)


def _picture_row(change: Change, old: Build, new: Build, folder: Path) -> Row:
    files = [
        _copied(build.folder / entry.path, folder / side / f"{entry.id}.png") if entry else None
        for side, build, entry in (("old", old, change.old), ("new", new, change.new))
    ]
    return _row(change, files[0], files[1], folder)


def _page_rows(changes: Sequence[Change], old: Build, new: Build, folder: Path) -> list[Row]:
    if not changes:
        return []
    sides = [(old, folder / "old", _read(old)), (new, folder / "new", _read(new))]
    rows = []
    for change in changes:
        numbers = [entry.number if entry else None for entry in (change.old, change.new)]
        pairs = list(zip(sides, numbers, strict=True))
        was, now = (_printed(build, number, place) for (build, place, _), number in pairs)
        before, after = (pages[number].lines if number else () for (_, _, pages), number in pairs)
        rows.append(_row(change, was, now, folder, changed_lines(before, after)))
    return rows


def _html_row(change: Change, old: Build, new: Build) -> Row:
    texts = [
        text_of(build.folder / entry.path) if entry else [] for build, entry in ((old, change.old), (new, change.new))
    ]
    entry = change.entry
    return Row(change.kind, entry.path, entry.title, None, None, None, changed_lines(*texts))


def _row(change: Change, old: Path | None, new: Path | None, folder: Path, lines: tuple[Line, ...] = ()) -> Row:
    drawn = None
    if old and new:
        drawn = folder / "difference" / new.name
        draw_difference(old, new, drawn)
    entry = change.entry
    paths = [path.relative_to(folder).as_posix() if path else None for path in (old, new, drawn)]
    return Row(change.kind, entry.number, entry.title, paths[0], paths[1], paths[2], lines)


def _read(build: Build) -> dict[str, Page]:
    return {str(page.number): page for page in read_print(pdf_of(build.folder, build.manifest.edition)).pages}


def _printed(build: Build, number: str | None, folder: Path) -> Path | None:
    """A page as a picture; None where no program for it is installed: the sheet then shows its lines alone."""
    program = shutil.which("pdftoppm")
    if number is None or program is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"page-{number}"
    place = ["-f", number, "-l", number, "-singlefile"]
    file = pdf_of(build.folder, build.manifest.edition)
    subprocess.run([program, "-r", str(DOTS_PER_INCH), "-png", *place, file, target], check=True, capture_output=True)
    return target.with_suffix(".png")


def _copied(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, target))
