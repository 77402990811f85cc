"""Breaking one rule at a time in a copy of the sources, and seeing which test notices."""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

from koujyo.places import ROOT
from koujyo.terminal import child_environment

# The rings in the order in which they are asked: the quick one first, then the one that reads no number of the profile.
RINGS: Mapping[str, tuple[str, ...]] = {
    "単体テスト": ("tests/unit/rules", "tests/unit/services"),
    "状態機械": ("tests/model/test_state_machine.py", "-k", "follows_the_rules", "--model-no-shrink"),
}
LEFT_OUT = shutil.ignore_patterns(".*", "build", "__pycache__", "*.egg-info")
TESTS_FAILED, LONGEST_SECONDS = 1, 600


class MutantError(Exception):
    """A mutant cannot be made, or says nothing."""


@dataclass(frozen=True)
class Mutant:
    """One rule broken: in `file`, `old` becomes `new`."""

    name: str
    breaks: str
    clauses: tuple[str, ...]
    file: str
    old: str
    new: str

    def mutated(self, root: Path) -> str:
        """The text of the file under `root` with the rule broken.

        Raises:
            MutantError: the old text does not stand there exactly once.
        """
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if (found := text.count(self.old)) != 1:
            line = self.old.strip().splitlines()[0]
            raise MutantError(f"変異 {self.name}: {self.file} に「{line}」が{found}か所あります（1か所のはず）。")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the tests that noticed, by ring, and the seconds it took."""

    mutant: Mutant
    noticed: Mapping[str, str]
    seconds: float

    @property
    def survived(self) -> bool:
        """Whether no test noticed."""
        return not any(self.noticed.values())


def load_mutants(path: Path) -> list[Mutant]:
    """Read the list of mutants.

    Raises:
        MutantError: it cannot be read.
    """
    try:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
        return [Mutant(**{**entry, "clauses": tuple(entry["clauses"])}) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MutantError(f"{path} を読めません: {error}") from error


def judge(mutant: Mutant | None, *, every_ring: bool) -> Verdict:
    """Run the tests on a copy with this mutant, or on a copy as it is.

    Args:
        mutant: what to break; None for nothing.
        every_ring: whether the later rings are asked, too, when one has noticed.

    Raises:
        MutantError: it cannot be made, or the tests could not be run on it.
    """
    started, noticed = time.perf_counter(), {}
    with TemporaryDirectory(prefix="koujyo-mutant-") as folder:
        copy = Path(folder) / "koujyo"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        chosen = mutant or Mutant("（変異なし）", "", (), "", "", "")
        if mutant:
            (copy / mutant.file).write_text(mutant.mutated(copy), encoding="utf-8")
        for ring, arguments in RINGS.items():
            noticed[ring] = _failed_test(copy, arguments, chosen.name)
            if noticed[ring] and not every_ring:
                break
    return Verdict(chosen, noticed, time.perf_counter() - started)


def _failed_test(copy: Path, arguments: Sequence[str], name: str) -> str:
    """The first test that fails; empty when all pass."""
    junit = copy / "build" / "junit.xml"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    # The copy's modules come first, and no compiled one of an earlier mutant can be taken for its own.
    environment = {**child_environment(), "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, f"--junitxml={junit}", *arguments],
            cwd=copy,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{LONGEST_SECONDS} 秒で終わらない"
    if done.returncode == 0:
        return ""
    if done.returncode != TESTS_FAILED:
        raise MutantError(f"変異 {name}: テストを実行できません。\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return _first_failure(junit)


def _first_failure(junit: Path) -> str:
    cases = ET.parse(junit).iter("testcase")  # noqa: S314 - pytest wrote this file a moment ago
    failed = (case for case in cases if case.find("failure") is not None or case.find("error") is not None)
    return next((f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}" for case in failed), "?")
