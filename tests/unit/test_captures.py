"""A picture that a browser did not give is asked for again, but not for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Error, Page
from playwright.sync_api import TimeoutError as NoAnswer

from fixtures.recorder import CAPTURES, capture

NO_ANSWER = NoAnswer("Page.screenshot: Timeout 15000ms exceeded.")
NOT_ABLE = Error("Protocol error (Page.captureScreenshot): Unable to capture screenshot")
CLOSED = Error("Target page, context or browser has been closed")


class Camera:
    """A page that fails to give its picture in these ways, one after the other."""

    def __init__(self, *failures: Error) -> None:
        self._failures = list(failures)

    def screenshot(self, *, path: Path, **_: Any) -> None:
        """Write it, or fail."""
        if self._failures:
            raise self._failures.pop(0)
        path.write_bytes(b"picture")


@pytest.mark.parametrize("failures", [(), (NO_ANSWER,), (NOT_ABLE, NO_ANSWER)], ids=["at once", "silent", "twice"])
def test_a_picture_comes_at_last(failures: tuple[Error, ...], tmp_path: Path) -> None:
    capture(cast("Page", Camera(*failures)), tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == b"picture"


@pytest.mark.parametrize("failures", [(NO_ANSWER,) * CAPTURES, (CLOSED,)], ids=["never", "closed"])
def test_what_does_not_pass_by_itself_is_told(failures: tuple[Error, ...], tmp_path: Path) -> None:
    with pytest.raises(Error, match=failures[-1].message):
        capture(cast("Page", Camera(*failures)), tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()
