"""Whole builds, with every format written: nothing secret in any file, and the same bytes every time."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from koujyo.binding import bind
from koujyo.orders import Order
from koujyo.places import ROOT
from koujyo.terminal import child_environment
from manuals.printed import read_print
from simulator.catalogue import Edition
from tests.unit.manuals.recorded_runs import Secrets, record

pytestmark = pytest.mark.long

EVERY_FORMAT = ("html", "pdf", "docx")
SHORT = Secrets(typed="Kurz#1", spoken="Wort#2", code="100001")
LONG = Secrets(typed="Sehr#LangesPasswort12345", spoken="NochEinWort#3", code="999999")
# Small scenarios that type a password, and one on a real screen, with the browser's own dialog and frame.
MARKED = "手順書 and (LGN-05 or (実画面 and ACC-09))"


def build(report: Path, out: Path, formats: tuple[str, ...] = EVERY_FORMAT) -> Path:
    """Build both manuals of a run."""
    editions = (Edition.EMPLOYER, Edition.MEMBER)
    bind(Order(editions, (), formats, "1-2" if "pdf" in formats else None, out, report, None, 2))
    return out


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a build, but the cache."""
    files = (path for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def words(path: Path) -> str:
    """All that a file says, whatever its format; letters that formats escape are left out."""
    if path.suffix == ".pdf":
        printed = read_print(path)
        told = [*printed.properties, *(page.text for page in printed.pages)]
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            told = [re.sub("<[^>]*>", "", parts.read(name).decode("utf-8", "replace")) for name in parts.namelist()]
    else:
        told = [path.read_bytes().decode("utf-8", "replace")]
    return re.sub(r"\s", "", "".join(told))


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of a run with unmistakable secrets."""
    folder = tmp_path_factory.mktemp("canaries")
    return build(record(folder / "report", Secrets()), folder / "out")


def test_no_file_of_a_build_tells_a_canary(canaries: Path) -> None:
    searched = {path: words(path) for path in canaries.rglob("*") if path.is_file()}
    for word in ("Canary", "Typed77", "Spoken", "918273"):
        assert [path.name for path, said in searched.items() if word in path.name or word in said] == []
    # What was searched can be read at all: sentences around the canaries are there.
    read = {path.suffix for path, said in searched.items() if "「●●●●●●●●」" in said}
    assert read >= {".html", ".pdf", ".docx"}


def test_every_format_is_there(canaries: Path) -> None:
    for edition in ("employer", "member"):
        names = {f"{edition}.pdf", f"{edition}-1-2.pdf", f"{edition}.docx", "index.html", "manifest.json"}
        assert names <= {path.name for path in (canaries / edition).iterdir()}


def test_runs_with_other_secrets_give_the_same_manuals_byte_for_byte(tmp_path: Path) -> None:
    formats = ("html", "docx")
    first, second = (
        contents(build(record(tmp_path / name, secrets), tmp_path / f"{name}-out", formats))
        for name, secrets in (("short", SHORT), ("long", LONG))
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_two_runs_in_a_browser_give_the_same_manuals_byte_for_byte(tmp_path: Path) -> None:
    first, second = (
        contents(build(run(tmp_path / name), tmp_path / f"{name}-out", ("html",))) for name in ("first", "second")
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def run(report: Path) -> Path:
    """Run a few of the marked scenarios."""
    options = ["-m", MARKED, "--pictures", "-q", "-n", "0", f"--report={report}", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, f"--output={report / 'output'}", "features"]
    done = subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return report
