"""Where the badges of a picture stand: beside their controls, over as little of the picture as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image, ImageChops, ImageStat

from storyboard.marks import GAP, RADIUS, Badge, Mark
from storyboard.model import Box

DIFFERENT = 40
"""How many of 256 shades a pixel has to differ from the middle one of its row, and of its column, to be a letter's."""
PLAIN = 0.02
"""Which part of a place may show something, and it is still as good as empty."""
NEAR = 3
"""How far around a badge the picture is looked at: letters that it touches cannot be read either."""


def place_badges(picture: Image.Image, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks with their badges where they cover no frame, no other badge and as little else as can be.

    Of the places left of the frame (as the marks come), right of it, above, below and on its left corners, the first
    that is as good as empty is taken, otherwise the emptiest.

    Args:
        picture: what they will be drawn over, the masks included: no secret may decide where a badge stands.
        marks: with their badges in rows.
    """
    grey, placed = picture.convert("L"), list[Mark]()
    for mark in marks:
        # A badge within the frame of another control would be taken for that one's.
        frames = [other.frame for other in marks if other is not mark and not _is_inside(mark.frame, other.frame)]
        discs = [_disc(badge) for other in placed for badge in other.badges]
        free = [row for row in _rows(mark, picture.size) if not any(_overlap(row, box) for box in (*frames, *discs))]
        best = next((row for row in free if _shown(grey, row) <= PLAIN), None)
        best = best or min(free, key=lambda row: _shown(grey, row), default=_row(mark.badges))
        placed.append(replace(mark, badges=_in_row(mark.badges, best)))
    return tuple(placed)


def _rows(mark: Mark, size: tuple[int, int]) -> Iterator[Box]:
    """The places for a mark's badges that are inside the picture, the best first."""
    first, frame = _row(mark.badges), mark.frame
    middle = frame.x + frame.width / 2 - first.width / 2, frame.y + frame.height / 2 - first.height / 2
    corners = (
        (first.x, first.y),
        (frame.x + frame.width + GAP, middle[1]),
        (middle[0], frame.y - GAP - first.height),
        (middle[0], frame.y + frame.height + GAP),
        (frame.x - first.width + RADIUS, frame.y - RADIUS),
        (frame.x - first.width + RADIUS, frame.y + frame.height - RADIUS),
    )
    for x, y in corners:
        if x >= 0 and y >= 0 and x + first.width <= size[0] and y + first.height <= size[1]:
            yield replace(first, x=round(x, 1), y=round(y, 1))


def _shown(grey: Image.Image, row: Box) -> float:
    """Which part of a place, and of its surroundings, are letters and the like: neither ground nor straight edges."""
    left, top = max(round(row.x) - NEAR, 0), max(round(row.y) - NEAR, 0)
    place = grey.crop((left, top, round(row.x + row.width) + NEAR, round(row.y + row.height) + NEAR))
    beside, above = _middles(place), _middles(place.transpose(Image.Transpose.TRANSPOSE))
    different = [
        ImageChops.difference(place, usual).point([255 * (shade > DIFFERENT) for shade in range(256)])
        for usual in (beside, above.transpose(Image.Transpose.TRANSPOSE))
    ]
    return ImageChops.darker(*different).histogram()[255] / (place.width * place.height)


def _middles(place: Image.Image) -> Image.Image:
    """The picture in which every pixel has the median shade of its column."""
    columns = [place.crop((x, 0, x + 1, place.height)) for x in range(place.width)]
    line = Image.new("L", (place.width, 1))
    line.putdata([ImageStat.Stat(column).median[0] for column in columns])
    return line.resize(place.size)


def _row(badges: Sequence[Badge]) -> Box:
    left = _disc(badges[0])
    return replace(left, width=left.width * len(badges))


def _disc(badge: Badge) -> Box:
    return Box(round(badge.x - RADIUS, 1), round(badge.y - RADIUS, 1), 2 * RADIUS, 2 * RADIUS)


def _in_row(badges: Sequence[Badge], row: Box) -> tuple[Badge, ...]:
    y = round(row.y + RADIUS, 1)
    return tuple(
        Badge(badge.number, round(row.x + RADIUS * (2 * place + 1), 1), y) for place, badge in enumerate(badges)
    )


def _overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def _is_inside(one: Box, other: Box) -> bool:
    across = other.x <= one.x and one.x + one.width <= other.x + other.width
    return across and other.y <= one.y and one.y + one.height <= other.y + other.height
