"""The single checks of `koujyo doctor`: each looks at one thing and says how to mend it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fixtures.browsers import BrowserChoice, BrowserMissing, find_browser
from fixtures.ffmpeg import find_ffmpeg
from fixtures.needs import has_screen
from koujyo.places import BUILD, IS_CHECKOUT, ROOT
from koujyo.serving import is_free
from simulator.documents import FontMissing, register_fonts

SETUP = "「make setup」（Windows は「python tools\\set_up.py」）を実行"
JAPANESE_FONT = "Noto Sans CJK JP"
WINDOWS_FONTS = ("BIZ-UDGothicR.ttc", "YuGothM.ttc", "meiryo.ttc", "msgothic.ttc")
# name of the program -> what it is for, Debian package
TOOLS = {
    "openssl": ("証明書の検査", "openssl"),
    "curl": (".p12 での接続の検査", "curl"),
    "pk12util": (".p12 の検査、証明書ストア", "libnss3-tools"),
    "certutil": ("証明書ストア", "libnss3-tools"),
    "keytool": (".p12 の検査", "default-jre-headless"),
    "java": ("HTML の検査", "default-jre-headless"),
    "pdftotext": ("PDF の検査", "poppler-utils"),
    "soffice": ("CSV の検査", "libreoffice-calc-nogui"),
}
PORTS = {"--port": 8443, "--office-port": 8444, "--smtp-port": 1025, "--mail-port": 8025}


@dataclass(frozen=True)
class Finding:
    """One line of the table: 不足 makes the command fail, 注意 and 任意 do not."""

    item: str
    verdict: Literal["良好", "不足", "注意", "任意"]
    detail: str
    remedy: str = ""


def examine(*, headed: bool = False) -> list[Finding]:
    """Look at everything; takes about a second, because the browser is really started."""
    return [
        python_version(sys.version_info[:3]),
        checkout(is_there=IS_CHECKOUT),
        browser(headed=headed),
        font(),
        printing_fonts(),
        *(tool(name) for name in TOOLS),
        virtual_screen(),
        ffmpeg(os.environ),
        screen(os.environ, headed=headed),
        *(port(option, number) for option, number in PORTS.items()),
        writable(BUILD),
    ]


def python_version(version: tuple[int, int, int]) -> Finding:
    """Python 3.11 or newer."""
    text = ".".join(map(str, version))
    if version >= (3, 11, 0):
        return Finding("Python", "良好", text)
    return Finding("Python", "不足", text, "Python 3.11 以上を入れて .venv を作り直す")


def checkout(*, is_there: bool) -> Finding:
    """The sources, without which only the simulator can be used, and what was recorded elsewhere."""
    if is_there:
        return Finding("ソースコード一式", "良好", str(ROOT))
    return Finding(
        "ソースコード一式",
        "不足",
        "シナリオと検査の実行に使います（koujyo serve は、なくても使えます）",
        f"git clone し、その中で{SETUP}",
    )


def browser(*, headed: bool = False, environment: Mapping[str, str] | None = None) -> Finding:
    """A browser is found and really starts."""
    try:
        choice = find_browser(environment=environment, headed=headed)
    except BrowserMissing as missing:
        return Finding("ブラウザ", "不足", "見つかりません", str(missing))
    try:
        return Finding("ブラウザ", "良好", f"{choice.description} {_started_version(choice, headed=headed)}")
    except Exception as error:  # noqa: BLE001 - whatever stops it from starting is the finding
        return Finding("ブラウザ", "不足", f"{choice.description} が起動しません", str(error).strip().splitlines()[0])


def _started_version(choice: BrowserChoice, *, headed: bool) -> str:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=choice.executable,
            channel=choice.channel,
            headless=not headed,
            args=["--no-sandbox"] if root else [],
            timeout=30_000,
        )
        version = started.version
        started.close()
    return version


def font(platform: str = sys.platform) -> Finding:
    """A Japanese font; on Linux the pinned one, so that pictures look the same everywhere."""
    if platform == "win32":
        folder = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        found = next((name for name in WINDOWS_FONTS if (folder / name).exists()), None)
        remedy = "Windows の設定で日本語の補助フォントを追加"
    elif platform == "darwin":
        return Finding("日本語フォント", "良好", "macOS に付属")
    else:
        found = JAPANESE_FONT if JAPANESE_FONT in _fontconfig_families() else None
        remedy = f"fonts-noto-cjk を入れる（{SETUP}）"
    if found:
        return Finding("日本語フォント", "良好", found)
    return Finding("日本語フォント", "不足", "見つかりません", remedy)


def printing_fonts() -> Finding:
    """The fonts that are embedded in PDFs."""
    try:
        register_fonts()
    except FontMissing as missing:
        return Finding("PDF のフォント", "不足", "見つかりません", str(missing))
    return Finding("PDF のフォント", "良好", "BIZ UDゴシック、BIZ UD明朝")


def _fontconfig_families() -> str:
    if shutil.which("fc-list") is None:
        return ""
    return subprocess.run(
        ["fc-list", ":lang=ja", "family"], capture_output=True, encoding="utf-8", errors="replace", check=False
    ).stdout


def tool(name: str, platform: str = sys.platform) -> Finding:
    """An outside program; needed on Linux, where set-up installs it, a help elsewhere."""
    purpose, package = TOOLS[name]
    found = shutil.which(name)
    # Windows has a certutil of its own that knows nothing of NSS
    if found and not (name == "certutil" and platform == "win32"):
        return Finding(name, "良好", found)
    if platform == "linux":
        return Finding(name, "不足", f"{purpose}に使います", f"{package} を入れる（{SETUP}）")
    return Finding(name, "任意", f"{purpose}に使います", "なくてもシナリオは実行できます")


def virtual_screen() -> Finding:
    """Xvfb: only for windows of the browser itself, such as the certificate dialog."""
    found = shutil.which("Xvfb")
    if found:
        return Finding("Xvfb", "良好", found)
    return Finding("Xvfb", "任意", "証明書の選択画面などの撮影に使います", "必要なら xvfb を入れる")


def ffmpeg(environment: Mapping[str, str]) -> Finding:
    """What Playwright films windows with: only for `--video`."""
    if found := find_ffmpeg(environment):
        return Finding("ffmpeg", "良好", str(found))
    return Finding("ffmpeg", "任意", "--video に使います", "必要なら ffmpeg を入れる")


def screen(environment: Mapping[str, str], *, headed: bool) -> Finding:
    """A screen on which the browser can be seen: only for `--headed`."""
    if has_screen(environment):
        return Finding("画面", "良好", "ブラウザを表示できます")
    remedy = "画面のあるところで実行するか、xvfb-run（xvfb と xauth を入れる）を通して実行"
    return Finding("画面", "不足" if headed else "任意", "--headed に使います", remedy)


def port(option: str, number: int) -> Finding:
    """The port that `koujyo serve` takes when it is not told otherwise."""
    if is_free("127.0.0.1", number):
        return Finding(f"ポート {number}", "良好", "空いています")
    return Finding(f"ポート {number}", "注意", "使用中です", f"koujyo serve では {option} で別の番号か 0 を指定")


def writable(folder: Path) -> Finding:
    """The folder for everything that is made here."""
    place = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding("build/", "不足", f"{folder} に書き込めません（{error.strerror}）", "フォルダーの権限を直す")
    return Finding("build/", "良好", str(folder))
