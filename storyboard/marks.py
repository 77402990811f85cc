"""Where frames and numbered badges are drawn over a picture; the picture itself is never changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.model import Box, Touch

RADIUS = 15.0
"""Radius of a badge in CSS pixels of the picture."""
GAP = 5.0
"""Distance between a control and its frame, and between a frame and its badge."""


@dataclass(frozen=True)
class Badge:
    """A number and the centre of its disc, in CSS pixels of the picture."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Mark:
    """One framed control with the badges of all touches it received."""

    frame: Box
    badges: tuple[Badge, ...]


def marks(touches: Sequence[Touch], size: tuple[int, int]) -> tuple[Mark, ...]:
    """Return what to draw for `touches`, numbered from 1 in their order, in a picture of `size` (width, height).

    A control touched more than once is framed once. Controls without geometry or outside the picture are left out.
    """
    numbers: defaultdict[Box, list[int]] = defaultdict(list)
    for number, touch in enumerate(touches, 1):
        frame = touch.box and _frame(touch.box, size)
        if frame:
            numbers[frame].append(number)
    return tuple(Mark(frame, _badges(frame, found, size)) for frame, found in numbers.items())


def _frame(box: Box, size: tuple[int, int]) -> Box | None:
    """Return `box` with a gap around it, cut at the picture's edges, or None where nothing of it is to be seen."""
    if box.x >= size[0] or box.y >= size[1] or box.x + box.width <= 0 or box.y + box.height <= 0:
        return None
    left, top = max(box.x - GAP, 2), max(box.y - GAP, 2)
    right, bottom = min(box.x + box.width + GAP, size[0] - 2), min(box.y + box.height + GAP, size[1] - 2)
    return Box(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))


def _badges(frame: Box, numbers: Sequence[int], size: tuple[int, int]) -> tuple[Badge, ...]:
    """Place the badges left of the frame, or on its upper left corner where the picture ends before that."""
    width = len(numbers) * 2 * RADIUS
    beside = frame.x >= width + GAP
    first = frame.x - width - GAP + RADIUS if beside else max(frame.x, RADIUS + 2)
    middle = frame.y + frame.height / 2 if beside else frame.y
    y = round(min(max(middle, RADIUS + 2), size[1] - RADIUS - 2), 1)
    return tuple(Badge(number, round(first + 2 * RADIUS * index, 1), y) for index, number in enumerate(numbers))
