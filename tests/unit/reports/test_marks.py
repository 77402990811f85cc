from collections.abc import Callable

import pytest

from storyboard.marks import GAP, RADIUS, marks
from storyboard.model import Box, Touch
from tests.unit.reports.report_samples import Report, full_scenario

SIZE = (1280, 800)


def touch(*box: float) -> Touch:
    return Touch("欄", "input", Box(*box))


def test_a_frame_stands_around_the_control_and_its_badge_to_the_left() -> None:
    (mark,) = marks([touch(400, 100, 200, 30)], SIZE)
    assert mark.frame == Box(400 - GAP, 100 - GAP, 200 + 2 * GAP, 30 + 2 * GAP)
    (badge,) = mark.badges
    assert badge.number == 1
    assert badge.x + RADIUS <= mark.frame.x
    assert badge.y == pytest.approx(115)


def test_numbers_follow_the_order_of_touch_and_count_controls_without_a_place() -> None:
    found = marks([touch(400, 100, 9, 9), Touch("キー", "key"), touch(400, 300, 9, 9)], SIZE)
    assert [badge.number for mark in found for badge in mark.badges] == [1, 3]


def test_a_control_touched_twice_is_framed_once_with_two_badges_which_do_not_overlap() -> None:
    (mark,) = marks([touch(400, 100, 200, 30), touch(400, 100, 200, 30)], SIZE)
    first, second = mark.badges
    assert (first.number, second.number) == (1, 2)
    assert second.x - first.x >= 2 * RADIUS


@pytest.mark.parametrize("box", [(1280, 10, 50, 50), (10, 800, 50, 50), (-60, 10, 50, 50), (10, -60, 50, 50)])
def test_a_control_outside_the_picture_gets_no_frame(box: tuple[float, ...]) -> None:
    assert marks([touch(*box)], SIZE) == ()


@pytest.mark.parametrize("box", [(0, 0, 1280, 800), (-20, -20, 60, 60), (1250, 780, 200, 200), (3, 400, 90, 20)])
def test_frames_and_badges_stay_inside_the_picture(box: tuple[float, ...]) -> None:
    (mark,) = marks([touch(*box)], SIZE)
    frame, (badge,) = mark.frame, mark.badges
    assert frame.x >= 0
    assert frame.y >= 0
    assert frame.x + frame.width <= SIZE[0]
    assert frame.y + frame.height <= SIZE[1]
    assert RADIUS <= badge.x <= SIZE[0] - RADIUS
    assert RADIUS <= badge.y <= SIZE[1] - RADIUS


def test_the_page_draws_the_geometry_in_the_coordinates_of_the_picture(write_report: Callable[..., Report]) -> None:
    page = write_report(full_scenario()).read("scenarios/full-01.html")
    assert page.all("svg", viewbox="0 0 1280 800")
    (image,) = page.all("img", src="../pictures/full-01-02.png")
    assert (image["width"], image["height"]) == ("1280", "800")
    sides = ("x", "y", "width", "height")
    frames = [tuple(float(found[side] or 0) for side in sides) for found in page.all("rect", class_="frame")]
    assert frames == [(431, 172, 334, 40), (431, 216, 334, 40), (431, 295, 190, 50)]
    assert len(page.all("rect", class_="halo")) == len(page.all("circle", class_="disc")) == len(frames)
