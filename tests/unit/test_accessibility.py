"""What is read off the real screen lies where it is seen."""

import pytest

from fixtures.real_screen.accessibility import within

FRAME = (100, 50, 400, 200)


@pytest.mark.parametrize(
    ("box", "seen"),
    [
        ((120, 60, 30, 20), (120, 60, 30, 20)),
        ((120, 60, 900, 20), (120, 60, 380, 20)),
        ((20, 10, 100, 60), (100, 50, 20, 20)),
        ((100, 50, 400, 200), FRAME),
        ((600, 300, 50, 50), (600, 300, 0, 0)),
    ],
)
def test_of_a_box_only_the_part_within_its_frame_is_seen(
    box: tuple[int, int, int, int], seen: tuple[int, int, int, int]
) -> None:
    assert within(box, FRAME) == seen
