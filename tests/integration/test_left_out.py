"""What this machine cannot show is left out with the reason, and is never a success: the tools hidden one by one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from koujyo.nightly import outcomes
from koujyo.places import ROOT

TOOLS = ("Xvfb", "certutil", "pk12util", "unshare", "chromium", "chromium-headless-shell")
# One scenario of each kind: a part of its title.
IMPORTED = "発行したログオンアカウントでインポートすると"
ON_SCREEN = "ダイアログでキャンセルすると、ファイルは残らない"
SETTINGS = "画面が正しく動かず、注意が表示される"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS), reason="シナリオに要るものがそろっていません"
    ),
]


@pytest.fixture
def hidden_from(tmp_path: Path) -> Path:
    """A folder with all that is on PATH, from which tools can be taken away."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for place in reversed(os.environ["PATH"].split(os.pathsep)):
        for program in Path(place).glob("*"):
            link = folder / program.name
            link.unlink(missing_ok=True)
            link.symlink_to(program)
    return folder


def run(programs: Path, report: Path, *scenarios: str) -> dict[str, tuple[str, str]]:
    """Run scenarios with these programs alone; how each ended, and why."""
    words = [word for scenario in scenarios for word in ("-k", scenario)]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "KOUJYO_"))}
    command = [sys.executable, "-m", "koujyo", "scenarios", *words, "--workers", "0", "--certificates", "store"]
    subprocess.run(
        [*command, "--report", str(report)],
        cwd=ROOT,
        env={**own, "PATH": str(programs)},
        capture_output=True,
        check=False,
    )
    return outcomes(report)


def should_leave_out(programs: Path, report: Path, reasons: Mapping[str, str]) -> None:
    """Check that these scenarios are skipped, each with its reason, on the terminal and in the report."""
    ended = run(programs, report, *reasons)
    assert [outcome for outcome, _ in ended.values()] == ["skipped"] * len(reasons)
    for scenario, reason in reasons.items():
        assert [reason in told for name, (_, told) in ended.items() if scenario in name] == [True], ended


@pytest.mark.parametrize(
    ("tool", "reasons"),
    [
        ("Xvfb", {ON_SCREEN: "本物の画面に要るものがありません。入れるもの: xvfb"}),
        ("certutil", {IMPORTED: "certutil がありません（libnss3-tools）", ON_SCREEN: "certutil がありません"}),
        ("pk12util", {IMPORTED: "pk12util がありません（libnss3-tools）"}),
        (
            "chromium",
            {IMPORTED: "証明書ストアのあるブラウザが要ります", ON_SCREEN: "証明書ストアのあるブラウザが要ります"},
        ),
    ],
)
def test_without_a_tool_the_scenarios_that_need_it_are_left_out_and_say_so(
    hidden_from: Path, tmp_path: Path, tool: str, reasons: Mapping[str, str]
) -> None:
    (hidden_from / tool).unlink()
    should_leave_out(hidden_from, tmp_path / "report", reasons)


def test_without_a_whole_browser_so_are_those_that_change_its_settings(hidden_from: Path, tmp_path: Path) -> None:
    (hidden_from / "chromium").unlink()
    ended = run(hidden_from, tmp_path / "report", SETTINGS)
    assert [(outcome, "設定画面のあるブラウザが要ります" in told) for outcome, told in ended.values()] == [
        ("skipped", True)
    ]


def test_without_root_or_user_namespaces_so_are_those_that_need_a_policy(hidden_from: Path, tmp_path: Path) -> None:
    refused = hidden_from / "unshare"
    refused.unlink()
    refused.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # as it does for people who are not allowed to
    refused.chmod(0o755)
    should_leave_out(hidden_from, tmp_path / "report", {IMPORTED: "マウント名前空間を作れません"})


def test_with_every_tool_the_same_scenario_passes(hidden_from: Path, tmp_path: Path) -> None:
    assert list(run(hidden_from, tmp_path / "report", IMPORTED).values()) == [("passed", "")]
