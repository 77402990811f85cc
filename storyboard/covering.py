"""Covers the places of secrets in a picture, each in the same way whatever it held."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from storyboard.masking import MASK
from storyboard.model import Box

PAPER, DOTS = "#ffffff", "#404040"


def cover(picture: Image.Image, places: Sequence[Box]) -> None:
    """Draw the mask over these places."""
    pen = ImageDraw.Draw(picture)
    for place in places:
        _draw_mask(pen, place)


def _draw_mask(pen: ImageDraw.ImageDraw, box: Box) -> None:
    inside = Box(box.x + 2, box.y + 2, box.width - 4, box.height - 4)
    pen.rectangle((inside.x, inside.y, inside.x + inside.width, inside.y + inside.height), fill=PAPER)
    radius = min(4.0, inside.height / 4)
    for count in range(len(MASK)):
        middle = inside.x + 4 * radius * (count + 0.5)
        if middle + radius < inside.x + inside.width:
            pen.circle((middle, inside.y + inside.height / 2), radius, fill=DOTS)
