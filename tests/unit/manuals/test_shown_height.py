"""Pictures are shown without an empty lower part, and with all that is marked or masked."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from manuals.pictures import MARGIN, shown_height
from storyboard.marks import Mark
from storyboard.model import Box

HEIGHT = 960
CONTENT = 400


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Something down to 400, nothing below it, and a bar at the foot."""
    image = Image.new("RGB", (1280, HEIGHT), "#7f94a8")
    pen = ImageDraw.Draw(image)
    pen.rectangle((100, 50, 700, CONTENT - 1), fill="white")
    pen.rectangle((0, HEIGHT - 50, 1280, HEIGHT), fill="#dfe4e9")
    path = tmp_path / "picture.png"
    image.save(path)
    return path


def test_an_empty_lower_part_and_the_bar_below_it_are_left_out(picture: Path) -> None:
    assert shown_height(picture, (), ()) == CONTENT + MARGIN


@pytest.mark.parametrize(
    ("marks", "masks"),
    [((Mark(Box(100, 600, 50, 20), ()),), ()), ((), (Box(100, 600, 50, 20),))],
)
def test_what_is_marked_or_masked_is_shown(picture: Path, marks: tuple[Mark, ...], masks: tuple[Box, ...]) -> None:
    assert shown_height(picture, marks, masks) == 620 + MARGIN


def test_a_mark_in_the_bar_shows_all(picture: Path) -> None:
    assert shown_height(picture, (Mark(Box(10, HEIGHT - 40, 50, 20), ()),), ()) == HEIGHT


def test_a_full_picture_is_shown_as_it_is(tmp_path: Path) -> None:
    image = Image.new("RGB", (1280, HEIGHT), "white")
    ImageDraw.Draw(image).rectangle((100, 50, 700, HEIGHT - 30), fill="black")
    image.save(tmp_path / "full.png")
    assert shown_height(tmp_path / "full.png", (), ()) == HEIGHT
