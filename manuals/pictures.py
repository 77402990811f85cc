"""Pictures of a manual: frames, numbered badges and masks drawn over what a scenario saw."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from PIL import Image, ImageChops, ImageDraw, ImageFont

from manuals.badge_places import place_badges
from simulator.documents.fonts import BOLD, font_file
from storyboard.covering import cover
from storyboard.marks import RADIUS, Badge, Mark
from storyboard.model import Box

VERSION = 1
"""Counts the ways of drawing: pictures drawn in another way are drawn anew."""
# Vermilion and black of the palette of Okabe and Ito, which people of every colour vision tell from white and blue:
# https://jfly.uni-koeln.de/color/
BADGE = "#d55e00"
INK = "#ffffff"
FRAME_WIDTH = 3
SCALE = 4
"""Discs are drawn this much larger first, so that they are smooth."""
DIGITS = 19
FOOT = 64
"""How high a bar at the foot of a picture may be that need not be shown, such as that of Windows."""
MARGIN = 28


@dataclass(frozen=True)
class Drawing:
    """What is drawn over an untouched picture; lengths in CSS pixels from its upper left corner.

    Attributes:
        marks: framed controls with their badges.
        masks: places that nobody may read.
        height: how much of the picture is shown, from above.
    """

    marks: tuple[Mark, ...]
    masks: tuple[Box, ...]
    height: int


def compose(original: Path, drawing: Drawing, target: Path) -> None:
    """Draw over a picture and write the result; the same picture and drawing give the same bytes.

    Raises:
        OSError: the picture cannot be read, the result cannot be written, or there is no font for the numbers.
    """
    with Image.open(original) as opened:
        picture = opened.convert("RGB").crop((0, 0, opened.width, drawing.height))
    cover(picture, drawing.masks)
    pen = ImageDraw.Draw(picture)
    for mark in drawing.marks:
        pen.rounded_rectangle(_corners(mark.frame), 4, outline=BADGE, width=FRAME_WIDTH)
    for badge in _badges(drawing.marks):
        _draw_disc(picture, badge)
    _write_numbers(ImageDraw.Draw(picture), drawing.marks)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Two pictures may be the same, and be drawn at the same time.
    draft = target.with_suffix(f".{os.getpid()}-{get_ident()}.part")
    picture.save(draft, "PNG")
    draft.replace(target)


def fingerprint(original: Path, drawing: Drawing) -> str:
    """Return what tells this picture with this drawing from every other, the way of drawing included."""
    told = json.dumps([VERSION, asdict(drawing)], sort_keys=True)
    return sha256(original.read_bytes() + told.encode()).hexdigest()


def with_badges_placed(original: Path, marks: Sequence[Mark], masks: Sequence[Box]) -> tuple[Mark, ...]:
    """Return the marks of a picture with their badges where they hide least of it.

    Raises:
        OSError: the picture cannot be read.
    """
    with Image.open(original) as opened:
        picture = opened.convert("RGB")
    cover(picture, masks)
    return place_badges(picture, marks)


def shown_height(original: Path, marks: tuple[Mark, ...], masks: tuple[Box, ...]) -> int:
    """Return how much of a picture is worth showing, from above: all but an empty lower part.

    A bar below the empty part goes with it, unless something in it is marked.

    Raises:
        OSError: the picture cannot be read.
    """
    with Image.open(original) as opened:
        picture = opened.convert("RGB")
    above = (0, 0, picture.width, max(picture.height - FOOT, 1))
    empty = Image.new("RGB", picture.size, picture.getpixel((2, above[3] - 1)))
    content = ImageChops.difference(picture, empty).crop(above).getbbox()
    needed = [box.y + box.height for box in (*(mark.frame for mark in marks), *masks)]
    lowest = max([content[3] if content else 0, *(badge.y + RADIUS for badge in _badges(marks)), *needed])
    return picture.height if lowest >= above[3] else min(picture.height, round(lowest) + MARGIN)


def _draw_disc(picture: Image.Image, badge: Badge) -> None:
    """A disc with a smooth edge: drawn large, and made small."""
    side = int(2 * RADIUS) + 2
    left, top = round(badge.x - side / 2), round(badge.y - side / 2)
    disc = Image.new("RGBA", (side * SCALE, side * SCALE))
    for radius, colour in ((RADIUS, INK), (RADIUS - 1.5, BADGE)):
        edge = (side / 2 - radius) * SCALE
        ImageDraw.Draw(disc).ellipse((edge, edge, side * SCALE - edge, side * SCALE - edge), fill=colour)
    small = disc.resize((side, side), Image.Resampling.BOX)
    picture.paste(small, (left, top), small)


def _write_numbers(pen: ImageDraw.ImageDraw, marks: tuple[Mark, ...]) -> None:
    for badge in _badges(marks):
        pen.text((badge.x, badge.y), str(badge.number), fill=INK, font=_font(), anchor="mm")


def _badges(marks: tuple[Mark, ...]) -> Iterator[Badge]:
    return (badge for mark in marks for badge in mark.badges)


@lru_cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(BOLD), DIGITS, layout_engine=ImageFont.Layout.BASIC)


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.x + box.width, box.y + box.height
