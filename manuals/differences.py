"""Draws what is different between two pictures."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from manuals.pictures import BADGE

# Differences nearer to one another than this many pixels are framed together.
CELL = 24


def draw_difference(old: Path, new: Path, target: Path) -> None:
    """Draw the new picture pale, with frames around all that is not as it was."""
    with Image.open(old) as first, Image.open(new) as second:
        size = max(first.width, second.width), max(first.height, second.height)
        before, after = (_on_paper(one, size) for one in (first, second))
    places = ImageChops.difference(before, after).convert("L").point(lambda level: 255 if level else 0)
    result = Image.blend(after.convert("L").convert("RGB"), Image.new("RGB", size, "white"), 0.6)
    pen = ImageDraw.Draw(result)
    for box in _clusters(places):
        result.paste(after.crop((box[0], box[1], box[2] + 1, box[3] + 1)), box[:2])
        pen.rectangle(box, outline=BADGE, width=3)
    target.parent.mkdir(parents=True, exist_ok=True)
    result.save(target, "PNG")


def _on_paper(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    paper = Image.new("RGB", size, "white")
    paper.paste(picture.convert("RGB"))
    return paper


def _cells(places: Image.Image) -> set[tuple[int, int]]:
    """Which cells anything is in."""
    corners = itertools.product(range(0, places.width, CELL), range(0, places.height, CELL))
    return {(x // CELL, y // CELL) for x, y in corners if places.crop((x, y, x + CELL, y + CELL)).getbbox()}


def _box(cells: Sequence[tuple[int, int]], size: tuple[int, int]) -> tuple[int, int, int, int]:
    columns, rows = [x for x, _ in cells], [y for _, y in cells]
    right, bottom = min((max(columns) + 1) * CELL, size[0]) - 1, min((max(rows) + 1) * CELL, size[1]) - 1
    return min(columns) * CELL, min(rows) * CELL, right, bottom


def _clusters(places: Image.Image) -> list[tuple[int, int, int, int]]:
    """Boxes around cells that touch one another."""
    left = _cells(places)
    boxes = []
    while left:
        boxes.append(_box(_connected(left.pop(), left), places.size))
    return sorted(boxes)


def _connected(start: tuple[int, int], left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    found, waiting = [start], [start]
    while waiting:
        x, y = waiting.pop()
        for place in [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]:
            if place in left:
                left.remove(place)
                found.append(place)
                waiting.append(place)
    return found
