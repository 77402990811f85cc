"""The wheel, away from any checkout, works for what it offers, or says what it lacks; nothing is written there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
from pathlib import Path

import pytest

from koujyo.__main__ import OF_CHECKOUTS, SUBCOMMANDS
from koujyo.places import ROOT
from storyboard.model import save
from tests.unit.reports.report_samples import full_scenario

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git がありません")


def run(*command: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, which finds all else where this test finds it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    built = run(*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    assert run(sys.executable, "-m", "venv", "--without-pip", folder / "venv").returncode == 0
    (packages,) = (folder / "venv").glob("lib/*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    installed = run(
        *pip, "--python", folder / "venv/bin/python", "install", "--no-deps", "--no-index", "--ignore-installed", wheel
    )
    assert installed.returncode == 0, installed.stderr
    return folder / "venv"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The folder in which somebody works."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def koujyo(environment: Path, elsewhere: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return run(environment / "bin/koujyo", *words, cwd=elsewhere)


def packages(environment: Path) -> Path:
    (folder,) = environment.glob("lib/*/site-packages")
    return folder


def files(environment: Path) -> set[str]:
    return {str(path) for path in packages(environment).rglob("*") if "__pycache__" not in path.parts}


def test_every_file_of_the_packages_is_in_it(environment: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    tracked = run("git", "-c", "core.quotePath=false", "ls-files", *names).stdout.splitlines()
    assert "features/clauses.yaml" in tracked
    assert [name for name in tracked if (ROOT / name).exists() and not (packages(environment) / name).is_file()] == []


@pytest.mark.parametrize("name", [name for name, _, _ in SUBCOMMANDS])
def test_every_subcommand_has_its_help(environment: Path, elsewhere: Path, name: str) -> None:
    assert koujyo(environment, elsewhere, name, "--help").returncode == 0


@pytest.mark.parametrize("name", sorted({*OF_CHECKOUTS, "manual"}))
def test_what_needs_the_sources_says_so_in_one_line_and_does_nothing(
    environment: Path, elsewhere: Path, name: str
) -> None:
    before = files(environment)
    done = koujyo(environment, elsewhere, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.startswith(f"koujyo {name} には、git clone した") for line in done.stderr.splitlines()] == [True]
    assert list(elsewhere.iterdir()) == []
    assert files(environment) == before


def test_reports_are_made_of_a_record_from_elsewhere(environment: Path, elsewhere: Path) -> None:
    before = files(environment)
    for name in ("report", "coverage"):
        done = koujyo(environment, elsewhere, name)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert str(elsewhere / "build" / "report") in done.stderr
    save(full_scenario(), elsewhere / "record" / "storyboards")
    for words in (("report",), ("coverage", "--review")):
        done = koujyo(environment, elsewhere, *words, "--report", elsewhere / "record")
        assert done.returncode == 0, done.stderr
    assert {"index.html", "review.html"} <= {path.name for path in (elsewhere / "record").iterdir()}
    assert files(environment) == before


@pytest.mark.long
def test_manuals_are_made_of_a_record_from_elsewhere(environment: Path, elsewhere: Path) -> None:
    before = files(environment)
    save(full_scenario(), elsewhere / "record" / "storyboards")
    done = koujyo(environment, elsewhere, "manual", "--no-run", "--report", "record", "--format", "html,docx")
    assert done.returncode == 0, done.stderr
    made = elsewhere / "build" / "manual" / "employer"
    assert {"index.html", "employer.docx"} <= {path.name for path in made.iterdir()}
    assert files(environment) == before


def test_doctor_says_that_the_sources_are_missing(environment: Path, elsewhere: Path) -> None:
    done = koujyo(environment, elsewhere, "doctor")
    assert done.returncode == 1
    assert "ソースコード一式" in done.stdout.splitlines()[-1]
    assert list(elsewhere.iterdir()) == []


def test_the_simulator_keeps_its_state_in_the_folder_where_it_was_started(environment: Path, elsewhere: Path) -> None:
    before = files(environment)
    ports = [word for name in ("--port", "--office-port", "--smtp-port", "--mail-port") for word in (name, "0")]
    command = [str(environment / "bin/koujyo"), "serve", *ports, "--always-open"]
    surroundings = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.PIPE, text=True, env=surroundings) as server:
        assert server.stdout is not None
        assert any("Ctrl-C" in line for line in server.stdout)
        told = json.loads((elsewhere / "build/state/endpoints.json").read_text(encoding="utf-8"))
        assert "ログイン" in fetched(told["portal"], told["ca"])
        assert "契約" in fetched(told["office"], told["ca"])
        assert "<html" in fetched(told["mail"], told["ca"])
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
    assert {path.name for path in elsewhere.iterdir()} == {"build"}
    assert files(environment) == before


def fetched(address: str, authority: str) -> str:
    context = ssl.create_default_context(cafile=authority)
    request = urllib.request.Request(address, headers={"Accept": "text/html"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request, context=context) as answer:  # noqa: S310
        text: str = answer.read().decode()
    return text
