"""Pictures of the real screen are the same however far a loading sign has turned."""

from __future__ import annotations

import pytest
from PIL import Image

from fixtures.real_screen.screen import BAR_COLOUR, SIZE, TAB_COLOUR, steady

TAB = (40, 6, 272, 40)
SIGN = (47, 11, 65, 29)
TITLE = (72, 14, 145, 26)
BELOW = (0, 40, *SIZE)
INK = (20, 30, 40)


def browser(sign: tuple[int, int, int] = INK, seam: tuple[int, int, int] = BAR_COLOUR) -> Image.Image:
    """A browser with one tab, its sign and title."""
    picture = Image.new("RGB", SIZE, BAR_COLOUR)
    for colour, box in ((TAB_COLOUR, TAB), (sign, SIGN), (INK, TITLE), (TAB_COLOUR, BELOW)):
        picture.paste(colour, box)
    picture.putpixel((280, 20), seam)
    return picture


def test_the_sign_in_the_chosen_tab_is_left_out_and_its_title_kept() -> None:
    picture = steady(browser())
    assert picture.crop(SIGN).getcolors() == [(18 * 18, TAB_COLOUR)]
    assert picture.crop(TITLE).getcolors() == [(73 * 12, INK)]
    assert picture.tobytes() == steady(browser(sign=(90, 120, 200))).tobytes()


@pytest.mark.parametrize(("seam", "same"), [((210, 226, 253), True), ((200, 220, 250), False)])
def test_only_what_nobody_can_see_is_evened_out(seam: tuple[int, int, int], *, same: bool) -> None:
    assert (steady(browser(seam=seam)).tobytes() == steady(browser()).tobytes()) is same


def test_a_screen_without_a_browser_is_left_as_it_is() -> None:
    picture = Image.new("RGB", SIZE, INK)
    picture.paste(TAB_COLOUR, TAB)
    assert steady(picture.copy()).tobytes() == picture.tobytes()
