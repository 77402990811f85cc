"""What `koujyo manual` was asked for, and what of that cannot be made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from manuals.manifest import FILE, ManifestError, read_manifest
from manuals.outline import Outline, load_outline
from manuals.review import NAMES
from simulator.catalogue import Edition

_PAGES = re.compile(r"[\d\s,、〜～-]+")


class BadOrder(ValueError):  # noqa: N818 - it names what it is
    """What was asked for cannot be made; the text says in Japanese why."""


@dataclass(frozen=True)
class Order:
    """What is to be made.

    Attributes:
        editions: whose manuals.
        chapters: the chapters of an extract, by their keys; the whole manual where empty.
        formats: of "html", "pdf", "docx".
        pages: pages of the PDF to be a PDF of their own; None for none.
        out: the folder of the manuals.
        report: the folder of the run.
        since: an older build to compare with; None for none.
        workers: how many pictures are drawn at once; 0 draws them in this process.
    """

    editions: tuple[Edition, ...]
    chapters: tuple[str, ...]
    formats: tuple[str, ...]
    pages: str | None
    out: Path
    report: Path
    since: Path | None
    workers: int

    @cached_property
    def outline(self) -> Outline:
        """What trainers wrote.

        Raises:
            OutlineError: it cannot be used.
        """
        return load_outline()

    @property
    def folder(self) -> Path:
        """Where the editions go: extracts do not take the place of whole manuals."""
        return self.out / "extract" if self.chapters else self.out

    def older(self, edition: Edition) -> Path | None:
        """The older build of an edition; `since` may name the folder of all editions or of this one."""
        if self.since is None:
            return None
        return self.since if (self.since / FILE).is_file() else self.since / edition.value

    def refuse_unfit(self) -> None:
        """Find what cannot be made.

        Raises:
            BadOrder: it was found.
            OutlineError: what trainers wrote cannot be used.
        """
        known = self.outline.chapters
        if strange := [key for key in self.chapters if key not in known]:
            told = "、".join(f"{key}（{one.title}）" for key, one in known.items())
            raise BadOrder(f"--chapter: {'、'.join(strange)} という章はありません。あるもの: {told}")
        if self.pages is not None and ("pdf" not in self.formats or not _PAGES.fullmatch(self.pages)):
            raise BadOrder("--pages は「3-12」のように書き、--format に pdf を含めてください。")
        if self.since and self.chapters:
            raise BadOrder("--since は、章の抜粋（--chapter）とは一緒に使えません。")
        for edition in self.editions:
            self._refuse_folders(edition)

    def _refuse_folders(self, edition: Edition) -> None:
        target, older = self.folder / edition, self.older(edition)
        if target.exists() and not (target / FILE).is_file():
            raise BadOrder(f"--out: {target} は手順書のフォルダーではないので、置き換えません。")
        if older:
            try:
                found = read_manifest(older).edition
            except ManifestError as problem:
                raise BadOrder(f"--since: {problem}") from problem
            if found is not edition:
                raise BadOrder(f"--since: {older} は{NAMES[found]}です（作るのは{NAMES[edition]}）。")
