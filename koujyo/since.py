"""`koujyo manual --since`: what is different from an older build, and the sheet on which to compare the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from manuals.changes import Changes, compare
from manuals.manifest import read_manifest
from manuals.review import Build, write_review


def reviewed(older: Path | None, built: Path) -> Changes | None:
    """What is different in a build; the sheet is beside it then. None where there is no older one to compare with.

    Raises:
        ManifestError: one of the two does not tell what is in it.
        OSError: a file cannot be read or written.
    """
    if older is None:
        return None
    old, new = (Build(folder, read_manifest(folder)) for folder in (older, built))
    changes = compare(old.manifest, new.manifest)
    if changes:
        write_review(old, new, changes, review_of(built))
    return changes


def review_of(built: Path) -> Path:
    """The folder of the sheet that belongs to a build."""
    return built.with_name(f"{built.name}-review")


def told(changes: Changes, review: Path) -> Iterator[str]:
    """What changed, for the person at the terminal."""
    if not changes:
        yield "前に作ったものと同じです。"
        return
    for title, found in (("写真", changes.pictures), ("章", changes.chapters), ("HTML のページ", changes.html)):
        for change in found:
            yield f"{title}・{change.kind}: {change.entry.number} {change.entry.title}"
    for title, numbers in changes.pages_to_replace():
        yield f"PDF の{title}: {numbers}"
    yield f"見比べる表: {review / 'index.html'}"
