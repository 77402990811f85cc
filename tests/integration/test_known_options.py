"""The options that people know from pytest-playwright work in every kind of browser, or are refused at the start."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from fixtures.ffmpeg import find_ffmpeg
from fixtures.needs import NO_FFMPEG, NO_SCREEN
from koujyo.places import CLAUSES, ROOT
from reports import build_report
from storyboard.model import Scenario, load_all

pytestmark = pytest.mark.long

# Parts of titles: one scenario of each kind.
LOGIN = "パスワードの入力に進む"
IMPORTED = "発行したログオンアカウントでインポートすると"
ON_SCREEN = "ダイアログでキャンセルすると"
SETTINGS = "画面が正しく動かず"
AT_NIGHT = "--portal-clock=2026-11-20T03:00"  # the portal is closed, and the scenario about logging in fails
SLOW = 400
WEBM, ZIP, PNG = b"\x1a\x45\xdf\xa3", b"PK\x03\x04", b"\x89PNG"
USAGE_ERROR = 4

needs_ffmpeg = pytest.mark.skipif(find_ffmpeg(os.environ) is None, reason=NO_FFMPEG)
needs_screen = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb がありません")


def run(report: Path, names: str, *options: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run scenarios in this environment, changed so; an empty value takes a variable away."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "KOUJYO_"))}
    environment = {name: value for name, value in {**own, **changes}.items() if value}
    words = ["features", "-k", names, "-n", "0", f"--report={report}", "-p", "no:cacheprovider", *options]
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def kept(report: Path, scenario: Scenario) -> dict[str, bytes]:
    """How each of the scenario's files begins; all that is in its folder is told by the storyboard, and linked."""
    page = build_report(report, CLAUSES).parent / "scenarios" / f"{scenario.id}.html"
    links = re.findall(r'href="\.\./(confidential/[^"]+)"', page.read_text(encoding="utf-8"))
    told = [attachment.path for attachment in scenario.attachments]
    there = [path.relative_to(report).as_posix() for path in (report / "confidential" / scenario.id).glob("*")]
    assert sorted(links) == sorted(told) == sorted(there)
    return {path.rsplit("/")[-1]: (report / path).read_bytes()[:4] for path in there}


def only(report: Path) -> Scenario:
    (scenario,) = load_all(report / "storyboards")
    return scenario


def pauses(trace: Path, method: str) -> list[float]:
    """How long it was after each call of this method until the next call of any, in milliseconds."""
    with ZipFile(trace) as archive:
        events = [json.loads(line) for line in archive.read("trace.trace").splitlines()]
    begun = [event for event in events if event["type"] == "before" and not event["method"].startswith("__")]
    ended = {event["callId"]: event["endTime"] for event in events if event["type"] == "after"}
    return [after["startTime"] - ended[one["callId"]] for one, after in pairwise(begun) if one["method"] == method]


def test_a_scenario_run_slowly_leaves_its_trace_and_picture_under_its_id(tmp_path: Path) -> None:
    done = run(tmp_path, LOGIN, "--tracing=on", "--screenshot=on", f"--slowmo={SLOW}")
    assert done.returncode == 0, done.stdout
    assert kept(tmp_path, only(tmp_path)) == {"trace-1.zip": ZIP, "screenshot-1.png": PNG}
    trace = f"confidential/{only(tmp_path).id}/trace-1.zip"
    after_clicks = pauses(tmp_path / trace, "click")
    assert after_clicks
    assert min(after_clicks) >= SLOW
    junit = (tmp_path / "junit.xml").read_text(encoding="utf-8")
    assert f"[[ATTACHMENT|{trace}]]" in junit


@needs_ffmpeg
def test_what_is_retained_on_failure_is_kept_of_failures_alone(tmp_path: Path) -> None:
    options = ("--tracing=retain-on-failure", "--screenshot=only-on-failure", "--video=retain-on-failure")
    done = run(tmp_path / "passed", LOGIN, *options)
    assert done.returncode == 0, done.stdout
    assert kept(tmp_path / "passed", only(tmp_path / "passed")) == {}
    done = run(tmp_path / "failed", LOGIN, *options, AT_NIGHT)
    assert done.returncode == 1, done.stdout
    files = {"trace-1.zip": ZIP, "screenshot-1.png": PNG, "video-1.webm": WEBM}
    assert kept(tmp_path / "failed", only(tmp_path / "failed")) == files


def test_a_failure_run_again_for_its_trace_is_not_traced_twice(tmp_path: Path) -> None:
    done = run(tmp_path, LOGIN, "--traces", "--tracing=on", AT_NIGHT)
    assert done.returncode == 1, done.stdout
    assert "Tracing has been already started" not in done.stdout
    assert list(tmp_path.rglob("*.zip"))


@needs_ffmpeg
@needs_screen
@pytest.mark.skipif(shutil.which("pk12util") is None, reason="libnss3-tools がありません")
def test_browsers_with_a_store_a_profile_or_a_screen_of_their_own_are_filmed_alike(tmp_path: Path) -> None:
    done = run(
        tmp_path, f"{IMPORTED} or {SETTINGS} or {ON_SCREEN}", "--certificates=store", "--tracing=on", "--video=on"
    )
    assert done.returncode == 0, done.stdout
    files = {scenario.name: kept(tmp_path, scenario) for scenario in load_all(tmp_path / "storyboards")}
    assert len(files) == 3
    for name, found in files.items():
        assert found["trace-1.zip"] == ZIP
        # Whatever Playwright only looks on at from outside, as a person does, it cannot film.
        assert ("video-1.webm" in found) is ("キャンセル" not in name)


@pytest.fixture
def display() -> Iterator[str]:
    """The name of an empty X display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
        server.terminate()


@needs_screen
def test_on_a_display_the_browser_is_seen(tmp_path: Path, display: str) -> None:
    done = run(tmp_path, LOGIN, "--headed", DISPLAY=display)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("options", "changes", "told"),
    [
        (("--headed",), {"DISPLAY": "", "WAYLAND_DISPLAY": ""}, NO_SCREEN),
        (("--headed",), {"DISPLAY": ":987", "WAYLAND_DISPLAY": ""}, NO_SCREEN),
        (("--headed",), {"DISPLAY": "", "WAYLAND_DISPLAY": "/nowhere"}, NO_SCREEN),
        (("--video=on",), {"PATH": "/nowhere", "PLAYWRIGHT_BROWSERS_PATH": "/nowhere"}, NO_FFMPEG),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="画面がないことがあるのは Linux だけです")
def test_what_this_computer_cannot_do_is_refused_in_one_line_before_anything_starts(
    tmp_path: Path, options: tuple[str, ...], changes: Mapping[str, str], told: str
) -> None:
    done = run(tmp_path / "report", LOGIN, *options, **changes)
    assert done.returncode == USAGE_ERROR
    assert done.stderr.splitlines() == [f"ERROR: {told}", ""]
    assert not (tmp_path / "report").exists()
