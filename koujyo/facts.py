"""What a report says of its run besides the scenarios: what was tested, where, how and by whom."""

from __future__ import annotations

import getpass
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import version

from koujyo.places import ROOT
from storyboard.run import Facts


def facts_of_run(browser: str, clock: str, options: Sequence[str], by: str | None) -> Facts:
    """Return the facts of a run that begins now.

    Args:
        browser: which browser was found, in words.
        clock: where the simulated clock starts.
        options: the words of the command line.
        by: who runs it; the user of this machine when None.
    """
    return Facts(
        (
            ("対象", "シミュレータ（この実行の中で起動）"),
            ("koujyo の版", version("koujyo")),
            ("コミット", _commit()),
            ("OS", f"{_system()}（{platform.machine()}）"),
            ("Python", platform.python_version()),
            ("ブラウザの指定", browser),
            ("オプション", " ".join(options) or "なし"),
            ("乱数の種", "1（シミュレータの固定値）"),
            ("模擬時計の開始", clock),
            ("実行者", by or _user()),
        )
    )


def _commit() -> str:
    """The commit of the checkout, and whether anything was changed since."""
    head, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain")
    if not head:
        return "git の管理下にありません"
    return f"{head[:12]}（{'変更あり' if changes else '変更なし'}）"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "不明"
