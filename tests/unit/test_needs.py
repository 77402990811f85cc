"""What `--video` and `--headed` need is looked for, and an installed ffmpeg is lent to Playwright."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path

import pytest

from fixtures import needs
from fixtures.ffmpeg import PATH_VARIABLE, find_ffmpeg, lend_ffmpeg
from fixtures.needs import NO_FFMPEG, NO_SCREEN, lacking_for
from tests.unit.test_browsers import computer, download, install, put

__all__ = ["computer"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux の名前で確かめます")
OWN = "ffmpeg-7/ffmpeg-linux"


def test_playwright_s_own_comes_before_an_installed_one(computer: dict[str, str]) -> None:
    assert find_ffmpeg(computer) is None
    installed = install(computer, "ffmpeg")
    assert find_ffmpeg(computer) == installed
    own = put(Path(computer[PATH_VARIABLE]) / OWN)
    assert find_ffmpeg(computer) == own


def test_an_installed_one_is_lent_without_taking_the_downloads_away(computer: dict[str, str], tmp_path: Path) -> None:
    installed = install(computer, "ffmpeg")
    download(computer, "chromium-7")
    lent = tmp_path / "lent"
    lent.mkdir()
    lend_ffmpeg(lent, computer)
    assert computer[PATH_VARIABLE] == str(lent)
    assert (lent / OWN).resolve() == installed
    assert (lent / "chromium-7" / "INSTALLATION_COMPLETE").exists()
    assert find_ffmpeg(computer) == lent / OWN


def test_where_playwright_has_its_own_nothing_is_changed(computer: dict[str, str], tmp_path: Path) -> None:
    put(Path(computer[PATH_VARIABLE]) / OWN)
    before = dict(computer)
    lend_ffmpeg(tmp_path, computer)
    assert computer == before


def test_nothing_is_lacking_for_what_was_not_asked_for(computer: dict[str, str]) -> None:
    assert lacking_for(environment=computer) == ""
    assert lacking_for(video=True, environment=computer) == NO_FFMPEG
    assert lacking_for(headed=True, environment=computer) == NO_SCREEN
    install(computer, "ffmpeg")
    assert lacking_for(video=True, environment=computer) == ""


def test_a_wayland_screen_that_answers_is_one(computer: dict[str, str], tmp_path: Path) -> None:
    surroundings = {**computer, "WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert lacking_for(headed=True, environment=surroundings) == NO_SCREEN
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-1"))
        server.listen()
        assert lacking_for(headed=True, environment=surroundings) == ""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb がありません")
def test_an_x_display_nobody_serves_is_none(computer: dict[str, str]) -> None:
    assert lacking_for(headed=True, environment={**computer, "DISPLAY": ":987"}) == NO_SCREEN


def test_without_the_library_to_ask_with_the_browser_is_left_to_tell(
    computer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "X_LIBRARY", "libnothing.so.0")
    assert lacking_for(headed=True, environment={**computer, "DISPLAY": ":987"}) == ""


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_always_a_screen(
    computer: dict[str, str], monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert lacking_for(headed=True, environment=computer) == ""
