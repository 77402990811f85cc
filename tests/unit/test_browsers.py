"""The search for the browser: option, environment variable, Playwright's own, installed Chromium, Edge, Chrome."""

import importlib.util
import json
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from fixtures import browsers
from fixtures.browsers import BrowserChoice, BrowserMissing, find_browser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in programs are shell scripts")


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a computer with nothing on it; Playwright's revision is 7."""
    driver = tmp_path / "playwright" / "driver" / "package"
    driver.mkdir(parents=True)
    names = ("chromium", "chromium-headless-shell", "ffmpeg")
    listing = {"browsers": [{"name": name, "revision": "7"} for name in names]}
    (driver / "browsers.json").write_text(json.dumps(listing), encoding="utf-8")
    spec = ModuleSpec("playwright", None, origin=str(tmp_path / "playwright" / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    places = {
        channel: (title, dict.fromkeys(places, str(tmp_path / "opt" / channel)))
        for channel, (title, places) in browsers.CHANNELS.items()
    }
    monkeypatch.setattr(browsers, "CHANNELS", places)
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "own")}


def put(program: Path, text: str = "#!/bin/sh\n") -> Path:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return program


def install(computer: dict[str, str], name: str, text: str = "#!/bin/sh\n") -> Path:
    return put(Path(computer["PATH"]) / name, text)


def download(computer: dict[str, str], name: str) -> None:
    put(Path(computer["PLAYWRIGHT_BROWSERS_PATH"]) / name / "INSTALLATION_COMPLETE")


def test_without_any_browser_the_message_says_what_to_do(computer: dict[str, str]) -> None:
    with pytest.raises(BrowserMissing, match="playwright install chromium"):
        find_browser(environment=computer)


def test_the_option_comes_before_the_environment_variable(computer: dict[str, str], tmp_path: Path) -> None:
    mine, other = put(tmp_path / "mine"), put(tmp_path / "other")

    assert find_browser(mine, {**computer, "KOUJYO_BROWSER": str(other)}).executable == mine


def test_the_environment_variable_comes_before_playwright_s_own(computer: dict[str, str]) -> None:
    download(computer, "chromium_headless_shell-7")
    mine = install(computer, "my-browser")

    assert find_browser(environment={**computer, "KOUJYO_BROWSER": "my-browser"}).executable == mine


@pytest.mark.parametrize("option", ["/no/such/browser", "no-such-browser"])
def test_a_named_browser_that_is_not_there_is_never_replaced_by_another(computer: dict[str, str], option: str) -> None:
    install(computer, "chromium")

    with pytest.raises(BrowserMissing, match=option):
        find_browser(option, computer)
    with pytest.raises(BrowserMissing, match="KOUJYO_BROWSER"):
        find_browser(environment={**computer, "KOUJYO_BROWSER": option})


def test_playwright_s_own_comes_before_an_installed_one(computer: dict[str, str]) -> None:
    download(computer, "chromium_headless_shell-7")
    install(computer, "chromium-headless-shell")

    choice = find_browser(environment=computer)

    assert (choice.executable, choice.channel) == (None, None)


def test_a_download_of_another_revision_does_not_count(computer: dict[str, str]) -> None:
    download(computer, "chromium-6")
    mine = install(computer, "chromium")

    assert find_browser(environment=computer).executable == mine


def test_playwright_s_full_chromium_serves_headless_by_its_channel(computer: dict[str, str]) -> None:
    download(computer, "chromium-7")

    assert find_browser(environment=computer).channel == "chromium"
    assert find_browser(environment=computer, headed=True).channel is None


@pytest.mark.parametrize(("headed", "name"), [(False, "chromium-headless-shell"), (True, "chromium")])
def test_the_headless_shell_is_preferred_unless_windows_are_wanted(
    computer: dict[str, str], *, headed: bool, name: str
) -> None:
    install(computer, "chromium")
    install(computer, "chromium-headless-shell")
    program = Path(computer["PATH"]) / name

    assert find_browser(environment=computer, headed=headed) == BrowserChoice(program, None, str(program))


def test_ubuntu_s_snap_is_passed_over(computer: dict[str, str], tmp_path: Path) -> None:
    install(computer, "chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium\n")
    (Path(computer["PATH"]) / "chromium").symlink_to(put(tmp_path / "lib" / "snap"))

    with pytest.raises(BrowserMissing):
        find_browser(environment=computer)


def test_edge_comes_before_chrome(computer: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path / "opt" / "chrome")
    assert find_browser(environment=computer).channel == "chrome"
    put(tmp_path / "opt" / "msedge")
    assert find_browser(environment=computer).channel == "msedge"


def test_a_channel_asked_for_is_used_or_said_to_be_missing(computer: dict[str, str], tmp_path: Path) -> None:
    install(computer, "chromium")
    with pytest.raises(BrowserMissing, match="Microsoft Edge"):
        find_browser(environment=computer, channel="msedge")

    put(tmp_path / "opt" / "msedge")
    assert find_browser(environment=computer, channel="msedge").channel == "msedge"


def test_an_unknown_channel_is_answered_with_the_known_ones(computer: dict[str, str]) -> None:
    with pytest.raises(BrowserMissing, match="msedge"):
        find_browser(environment=computer, channel="netscape")


def test_playwright_s_channel_needs_its_download(computer: dict[str, str]) -> None:
    with pytest.raises(BrowserMissing, match="playwright install"):
        find_browser(environment=computer, channel="chromium")
    download(computer, "chromium-7")
    assert find_browser(environment=computer, channel="chromium").channel == "chromium"
