"""Folders that take the place of older ones only when they are complete."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shelf:
    """A folder, and the draft beside what is in it; `prefix` tells drafts in one folder apart."""

    folder: Path
    prefix: str = ""

    @property
    def draft(self) -> Path:
        """Where to write."""
        return self.folder / f".{self.prefix}draft"

    def take_place(self, names: Sequence[str]) -> None:
        """Put these folders of the draft in the place of the older ones, which are gone then, and all of them or none.

        An older one is gone, too, where the draft has none of its name.

        Raises:
            OSError: an older one is in use.
        """
        old = self.folder / f".{self.prefix}old"
        _remove(old)
        old.mkdir()
        moved: list[tuple[Path, Path]] = []
        try:
            for name in names:
                for source, target in ((self.folder / name, old / name), (self.draft / name, self.folder / name)):
                    if source.exists():
                        moved.append((source, source.rename(target)))
        except OSError:
            for source, target in reversed(moved):
                target.rename(source)
            raise
        _remove(old)


@contextmanager
def beside(folder: Path, prefix: str = "") -> Iterator[Shelf]:
    """A shelf with an empty draft, which is gone at the end, whatever happens."""
    shelf = Shelf(folder, prefix)
    _remove(shelf.draft)
    shelf.draft.mkdir(parents=True)
    try:
        yield shelf
    finally:
        _remove(shelf.draft)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
