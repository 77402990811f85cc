r"""Set up a checkout: system packages where apt is at hand, .venv from the lock, a browser.

Run by every make target and safe to run again: when nothing is missing it ends at once and says nothing. A .venv that
holds what the lock names is used, whichever Python it was made with; another is made beside it and takes its place
only when it is complete.
Standard library only; on Windows: python tools\set_up.py. `--again` retries packages that apt refused before.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
PYTHON = f"{SCRIPTS}/python.exe" if os.name == "nt" else f"{SCRIPTS}/python"
STAMP = "koujyo-stamp"
REFUSED = "koujyo-refused"
LOCK = ROOT / "requirements.lock"
OLDEST_PYTHON = (3, 11)

# package -> a program (or, with a slash, a file) that shows it is there
PACKAGES = {
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "libnss3-tools": "pk12util",
    "openssl": "openssl",
    "curl": "curl",
    "default-jre-headless": "keytool",
    "fonts-morisawa-bizud-gothic": "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf",
    "fonts-morisawa-bizud-mincho": "/usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf",
    "fonts-ipamj-mincho": "/usr/share/fonts/truetype/ipamj/ipamjm.ttf",
    "poppler-utils": "pdftotext",
    "libreoffice-calc-nogui": "soffice",
    "libreoffice-writer-nogui": "/usr/lib/libreoffice/program/libswlo.so",
    "xvfb": "Xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "python3-gi": "/usr/lib/python3/dist-packages/gi/__init__.py",
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
}
# On Ubuntu Chromium is a snap, which cannot read the folders that Playwright gives it: there Playwright downloads.
DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",
    "chromium-l10n": "/usr/lib/chromium/locales/ja.pak",
}
FIND_BROWSER = "from fixtures.browsers import find_browser; find_browser()"


class Failed(Exception):  # noqa: N818 - it names what happened
    """Set-up cannot go on; the text is the one line for the user."""


def main(arguments: list[str]) -> int:
    """Set everything up; returns 0, or 1 after one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        _require_python()
        family = linux_family()
        lacking = install_packages(family, again="--again" in arguments)
        with _tidied_up_when_stopped():  # only now: apt-get is not to be killed with us
            install_environment(stamp())
        remember_refused(lacking if apt_privilege() is not None else [])
        install_browser(family)
    except Failed as reason:
        print(f"set_up: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if lacking:
        print(
            f"set_up: 入っていないもの: {' '.join(lacking)}（一部の検査は省かれます。"
            f"入れるには: sudo apt-get install {' '.join(lacking)}）",
            file=sys.stderr,
        )
    return 0


def linux_family(os_release: Path = Path("/etc/os-release")) -> str:
    """Return "debian" or "ubuntu" for these systems and their relatives where apt-get is at hand, otherwise ""."""
    if not os_release.is_file() or shutil.which("apt-get") is None:
        return ""
    pairs = (line.partition("=") for line in os_release.read_text(encoding="utf-8").splitlines())
    values = {name: value.strip("\"'") for name, _, value in pairs}
    names = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".split()
    return next((family for family in ("ubuntu", "debian") if family in names), "")


def missing_packages(family: str) -> list[str]:
    """The Debian packages that the scenarios and tests need and that are not installed, found by their files."""
    wanted = {**(DEBIAN_PACKAGES if family == "debian" else {}), **PACKAGES}
    missing = [package for package, sign in wanted.items() if not _is_there(sign)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def install_packages(family: str, *, again: bool = False) -> list[str]:
    """Install what is missing with apt-get; returns what is missing even so.

    What apt refused once is remembered, so that the next run does not wait for the same answer.
    """
    missing = missing_packages(family) if family else []
    told = VENV / REFUSED
    refused = set(told.read_text(encoding="utf-8").split()) if told.is_file() and not again else set()
    wanted = [package for package in missing if package not in refused]
    privilege = apt_privilege()
    if not wanted or privilege is None:
        return missing
    print(f"set_up: apt-get で入れます: {' '.join(wanted)}", flush=True)
    apt = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    _run([*apt, "update"])  # a source that does not answer must not stop us: the packages may come from another
    if _run([*install, *wanted]).returncode:
        for package in wanted:  # one name that this system does not know must not keep the others away
            _run([*install, package])
    importlib.invalidate_caches()
    return missing_packages(family)


def remember_refused(packages: list[str]) -> None:
    """Keep what apt refused beside the environment, so that a new environment starts afresh."""
    if packages:
        (VENV / REFUSED).write_text(" ".join(packages), encoding="utf-8")
    else:
        (VENV / REFUSED).unlink(missing_ok=True)


def apt_privilege() -> list[str] | None:
    """How apt-get is called: directly as root, else by sudo; None when neither is possible."""
    if os.name == "posix" and os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") else None


def stamp() -> str:
    """What the environment is made from: lock, project file, and the folder (scripts hold its path)."""
    digest = hashlib.sha256()
    for part in (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), os.fsencode(ROOT)):
        digest.update(part + b"\0")
    return digest.hexdigest()


def install_environment(wanted: str) -> None:
    """Have a .venv with the locked packages and koujyo itself as an editable install: the one there, or a new one.

    Raises:
        Failed: a new one is needed and cannot be made; the one there, if any, is as it was.
    """
    _put_back()
    if _is_stamped(wanted) and _keeps_its_python():
        return
    if _is_usable():
        _install_koujyo(VENV)
        (VENV / STAMP).write_text(wanted, encoding="utf-8")
        return
    try:
        _make_beside(wanted)
        _take_its_place()
    except Failed as reason:
        kept = "。いまの .venv は、そのまま残っています" if (VENV / PYTHON).exists() else ""
        raise Failed(f"{reason}{kept}") from reason
    finally:
        shutil.rmtree(_new(), ignore_errors=True)


def _make_beside(wanted: str) -> None:
    """Make a complete environment in the folder of the new one."""
    print("set_up: .venv を作ります", flush=True)
    _must([sys.executable, "-m", "venv", "--clear", "--prompt", VENV.name, str(_new())], "仮想環境 .venv を作れません")
    print("set_up: requirements.lock の部品を入れます", flush=True)
    _must([*_pip(_new()), "--require-hashes", "-r", str(LOCK)], "部品を入れられません")
    _install_koujyo(_new())
    (_new() / STAMP).write_text(wanted, encoding="utf-8")
    _lead_to_its_place()


def _install_koujyo(environment: Path) -> None:
    print("set_up: koujyo を入れます", flush=True)
    _must([*_pip(environment), "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "koujyo を入れられません")


def _lead_to_its_place() -> None:
    """Have the programs of the new environment, which hold its path, start it where it is going to be."""
    made, place = os.fsencode(_new()), os.fsencode(VENV)
    for program in (_new() / SCRIPTS).iterdir():
        if program.is_file() and not program.is_symlink() and made in (content := program.read_bytes()):
            program.write_bytes(content.replace(made, place))


def _take_its_place() -> None:
    """Put the new environment where the older one is, which goes."""
    try:
        if VENV.exists():
            VENV.rename(_old())
        _new().rename(VENV)
    except OSError as error:
        _put_back()
        raise Failed(f".venv を入れ替えられません（{error.strerror}）。使っているものを終えてください") from error
    shutil.rmtree(_old(), ignore_errors=True)


def _put_back() -> None:
    """Tidy up after a set-up that was killed: the older environment, if it had been put aside, is put back."""
    if _old().exists() and not VENV.exists():
        _old().rename(VENV)
    for left in (_old(), _new()):
        if left.exists():
            shutil.rmtree(left, ignore_errors=True)


def _new() -> Path:
    return VENV.with_name(f"{VENV.name}.new")


def _old() -> Path:
    return VENV.with_name(f"{VENV.name}.old")


def _is_stamped(wanted: str) -> bool:
    file = VENV / STAMP
    return file.is_file() and file.read_text(encoding="utf-8") == wanted


def _keeps_its_python() -> bool:
    """Whether the Python that .venv was made with is still there, and is the one it starts."""
    python, settings = VENV / PYTHON, VENV / "pyvenv.cfg"
    lines = settings.read_text(encoding="utf-8").splitlines() if settings.is_file() else []
    values = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    made_with = Path(values.get("executable", python))
    return python.exists() and made_with.exists() and (os.name == "nt" or python.samefile(made_with))


def _is_usable() -> bool:
    """Whether .venv has a Python that is new enough, in which everything is that the lock names."""
    if not _keeps_its_python():
        return False
    python = str(VENV / PYTHON)
    new_enough = _run([python, "-c", f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST_PYTHON})"])
    look = [*_pip(VENV), "--dry-run", "--no-index", "--require-hashes", "-r", str(LOCK)]
    return new_enough.returncode == 0 and _run(look).returncode == 0


def _pip(environment: Path) -> list[str]:
    # Python compiles what it imports; to compile everything takes as long as half of the rest.
    quick = ("--quiet", "--disable-pip-version-check", "--no-compile")
    return [str(environment / PYTHON), "-m", "pip", "install", *quick]


@contextmanager
def _tidied_up_when_stopped() -> Iterator[None]:
    """SIGTERM ends us as Ctrl-C does: what was started ends, too, and what was begun is tidied up."""

    def stop(*_: object) -> NoReturn:
        sys.exit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def install_browser(family: str) -> None:
    """Make sure that there is a browser: an installed one, otherwise Playwright's own download.

    Raises:
        Failed: there is none and none can be downloaded.
    """
    if family == "debian" and all(map(_is_there, DEBIAN_PACKAGES.values())):
        return
    look = [str(VENV / PYTHON), "-c", FIND_BROWSER]
    if _run(look).returncode == 0:
        return
    print("set_up: ブラウザが見つからないので、Playwright の Chromium を入れます", flush=True)
    extra = ["--with-deps"] if family and apt_privilege() is not None else []
    advice = "ブラウザを入れられません。Microsoft Edge、Google Chrome、Chromium のいずれかを入れてください"
    _must([str(VENV / PYTHON), "-m", "playwright", "install", *extra, "chromium"], advice)
    _must(look, advice)


def _require_python() -> None:
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return
    names = (f"python3.{minor}" for minor in range(20, OLDEST_PYTHON[1] - 1, -1))
    newer = next(filter(None, map(shutil.which, names)), None)
    if newer and os.name == "posix":
        os.execv(newer, [newer, *sys.argv])  # noqa: S606 - the same script, with a Python that can run it
    raise Failed(
        f"Python {'.'.join(map(str, OLDEST_PYTHON))} 以上が必要です（これは {sys.version.split()[0]}）。"
        "入れたあと、make では PYTHON=python3.12 のように指定できます。"
    )


def _is_there(sign: str) -> bool:
    return Path(sign).is_file() if "/" in sign else shutil.which(sign) is not None


def _must(command: list[str], what: str) -> None:
    done = _run(command)
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        cause = next((line for line in lines if line.lower().startswith("error")), lines[-1] if lines else "")
        raise Failed(f"{what}: {cause or f'終了コード {done.returncode}'}")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run with the output kept. PIP_USER=0: a per-user set-up of pip must not lead it out of .venv."""
    environment = {**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1"}
    try:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, str(error))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
