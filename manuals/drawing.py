"""Draws the pictures of a manual, several at once, and does not draw again what it has drawn before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from manuals.figures import Work
from manuals.pictures import Drawing, compose, fingerprint


@dataclass(frozen=True)
class Darkroom:
    """Where pictures come from and where they go.

    Attributes:
        report: the folder that the recorded pictures are in.
        cache: the folder of pictures drawn before, by their fingerprints.
        folder: the folder of the build.
    """

    report: Path
    cache: Path
    folder: Path


@dataclass(frozen=True)
class Drawn:
    """A picture of a build: whether it was there already, and the names of its files in the cache."""

    reused: bool
    names: frozenset[str]


def draw_pictures(room: Darkroom, works: Sequence[Work], pool: Executor, drawn: Callable[[], None]) -> list[Drawn]:
    """Draw the pictures; beside them the originals and their geometry.

    Args:
        room: the folders.
        works: the pictures; two of the same path are one.
        pool: does the work.
        drawn: called after each picture.

    Raises:
        OSError: a recorded picture cannot be read, or a file cannot be written.
        FontMissing: there is no font for the numbers.
    """
    once = {work.figure.path: work for work in works}.values()
    futures = [pool.submit(draw_picture, room, work) for work in once]
    done = []
    try:
        for future in as_completed(futures):
            done.append(future.result())
            drawn()
    finally:
        for future in futures:
            future.cancel()
    return done


def draw_picture(room: Darkroom, work: Work) -> Drawn:
    """Draw one picture, or take it from those drawn before.

    The original beside it has nothing drawn over it but the masks: what nobody may read is in no file of a build.
    """
    source = room.report / work.source
    shown, reused = _place(room, source, work.drawing, work.figure.path)
    original, _ = _place(room, source, replace(work.drawing, marks=()), work.figure.original)
    geometry = (room.folder / work.figure.original).with_suffix(".json")
    geometry.write_text(_geometry(work), encoding="utf-8", newline="\n")
    return Drawn(reused, frozenset({shown, original}))


def forget_unused(cache: Path, drawn: Iterable[Drawn]) -> None:
    """Remove all from the cache but these pictures."""
    used = frozenset[str]().union(*(one.names for one in drawn))
    for path in cache.glob("*.png"):
        if path.name not in used:
            path.unlink()


def _place(room: Darkroom, source: Path, drawing: Drawing, path: str) -> tuple[str, bool]:
    kept = room.cache / f"{fingerprint(source, drawing)}.png"
    reused = kept.is_file()
    if not reused:
        compose(source, drawing, kept)
    (room.folder / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, room.folder / path)
    return kept.name, reused


def _geometry(work: Work) -> str:
    labels = {badge.number: badge.label for badge in work.figure.badges}
    told = {
        "id": work.figure.id,
        "width": work.figure.width,
        "height": work.figure.height,
        "labels": labels,
        **asdict(work.drawing),
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
