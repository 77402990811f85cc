"""Badges stand where they hide nothing, beside their controls."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from manuals.badge_places import place_badges
from manuals.pictures import with_badges_placed
from storyboard.marks import GAP, RADIUS, Badge, Mark, marks
from storyboard.model import Box, Touch

SIZE = (800, 400)
BUTTON = Box(300, 180, 120, 40)
LEFT = (BUTTON.x - 60, BUTTON.y + 10)
RIGHT = (BUTTON.x + BUTTON.width + 8, BUTTON.y + 10)
ABOVE = (BUTTON.x + 20, BUTTON.y - 32)
BELOW = (BUTTON.x + 20, BUTTON.y + BUTTON.height + 8)


def touch(box: Box) -> Touch:
    return Touch("次へ", "button", box)


def picture(*written: tuple[float, float]) -> Image.Image:
    """A page with these places covered with words."""
    page = Image.new("RGB", SIZE, "#f4f6f8")
    pen = ImageDraw.Draw(page)
    for x, y in written:
        for line in range(3):
            pen.text((x, y + 10 * line), "wordwordwords", fill="#222222")
    return page


def place_of(page: Image.Image, *boxes: Box) -> str:
    """On which side of the first box its badge stands."""
    mark = place_badges(page, marks([touch(box) for box in boxes], SIZE))[0]
    frame, badge = mark.frame, mark.badges[0]
    if badge.x + RADIUS <= frame.x:
        return "left"
    if badge.x - RADIUS >= frame.x + frame.width:
        return "right"
    if badge.y + RADIUS <= frame.y:
        return "above"
    return "below" if badge.y - RADIUS >= frame.y + frame.height else "corner"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ((), "left"),
        ((RIGHT, ABOVE, BELOW), "left"),
        ((LEFT,), "right"),
        ((LEFT, RIGHT), "above"),
        ((LEFT, RIGHT, ABOVE), "below"),
    ],
)
def test_the_first_place_without_words_is_taken(written: tuple[tuple[float, float], ...], place: str) -> None:
    assert place_of(picture(*written), BUTTON) == place


def test_the_line_of_a_table_and_the_edge_of_a_window_may_be_covered() -> None:
    page = picture()
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, BUTTON.x - 18, SIZE[1]), fill="#1d3d63")
    pen.line((0, BUTTON.y + 25, SIZE[0], BUTTON.y + 25), fill="#000000")
    assert place_of(page, BUTTON) == "left"


def test_a_badge_is_not_put_into_the_frame_of_another_control() -> None:
    beside = Box(BUTTON.x - 130, BUTTON.y, 120, BUTTON.height)
    assert place_of(picture(), BUTTON, beside) == "right"
    around = Box(BUTTON.x - 130, BUTTON.y - 60, 400, 160)
    assert place_of(picture(LEFT), BUTTON, around) == "right"


def test_badges_do_not_cover_each_other() -> None:
    beside = Box(BUTTON.x + BUTTON.width + 55, BUTTON.y, 120, BUTTON.height)
    placed = place_badges(picture(LEFT), marks([touch(BUTTON), touch(beside)], SIZE))
    (first,), (second,) = (mark.badges for mark in placed)
    assert first.x - RADIUS >= placed[0].frame.x + placed[0].frame.width  # where the other one would stand by itself
    assert abs(first.x - second.x) >= 2 * RADIUS or abs(first.y - second.y) >= 2 * RADIUS


def test_a_control_used_twice_keeps_its_badges_in_one_row() -> None:
    (mark,) = place_badges(picture(LEFT), marks([touch(BUTTON), touch(BUTTON)], SIZE))
    first, second = mark.badges
    assert (first.number, second.number) == (1, 2)
    assert (second.x - first.x, second.y) == (2 * RADIUS, first.y)
    assert first.x - RADIUS == mark.frame.x + mark.frame.width + GAP


def test_where_no_place_is_left_a_badge_stays_where_it_was() -> None:
    frame = Box(0, 0, *SIZE)
    mark = Mark(frame, (Badge(1, RADIUS + 2, RADIUS + 2),))
    others = [Mark(Box(20 * count, 0, 19, SIZE[1]), (Badge(2 + count, 400, 200),)) for count in range(40)]
    assert place_badges(picture(), [mark, *others])[0] == mark


def test_the_length_of_a_secret_does_not_decide_where_a_badge_stands(tmp_path: Path) -> None:
    field, found = Box(BUTTON.x - 90, BUTTON.y, 80, BUTTON.height), marks([touch(BUTTON)], SIZE)
    placed = []
    for length in (1, 16):
        page = picture()
        ImageDraw.Draw(page).text((field.x + 6, field.y + 12), "#" * length, fill="#000000")
        page.save(tmp_path / "page.png")
        placed.append((with_badges_placed(tmp_path / "page.png", found, [field]), place_of(page, BUTTON)))
    (masked, seen), (masked_again, seen_again) = placed
    assert masked == masked_again
    assert seen != seen_again  # the mask makes the difference
