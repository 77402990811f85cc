"""Breaking one thing at a time in a copy of the sources, and seeing which test or scenario notices."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

from koujyo.mutation import Mutant, MutantError, Noticed, Verdict
from koujyo.places import ROOT
from koujyo.terminal import child_environment
from storyboard.model import BEGINNING

LEFT_OUT = shutil.ignore_patterns(".*", "build", "__pycache__", "*.egg-info")
TESTS_FAILED, LONGEST_SECONDS = 1, 600


def judge(mutant: Mutant, *, every_ring: bool) -> Verdict:
    """Run what judges a mutant on a copy with it.

    Args:
        mutant: what to break.
        every_ring: whether the later rings are asked, too, when one has noticed.

    Raises:
        MutantError: it cannot be made, or the tests could not be run on it.
    """
    started, noticed = time.perf_counter(), {}
    with TemporaryDirectory(prefix="koujyo-mutant-") as folder:
        copy = Path(folder) / "koujyo"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        if mutant.file:
            (copy / mutant.file).write_text(mutant.mutated(copy), encoding="utf-8")
        for ring, arguments in mutant.rings.items():
            noticed[ring] = _failed_test(copy, arguments, mutant.name)
            if noticed[ring] and not every_ring:
                break
    return Verdict(mutant, noticed, time.perf_counter() - started)


def _failed_test(copy: Path, arguments: Sequence[str], name: str) -> Noticed | None:
    """The first test that fails; None when all pass."""
    junit = copy / "build" / "junit.xml"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    # The copy's modules come first, and no compiled one of an earlier mutant can be taken for its own.
    environment = {**child_environment(), "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPYCACHEPREFIX", None)  # the packages' own bytecode lies beside them
    try:
        done = subprocess.run(
            [*command, f"--junitxml={junit}", *arguments],
            cwd=copy,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Noticed(f"{LONGEST_SECONDS} 秒で終わらない", "")
    if done.returncode == 0:
        return None
    if done.returncode != TESTS_FAILED:
        raise MutantError(f"変異 {name}: テストを実行できません。\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return _first_failure(junit)


def _first_failure(junit: Path) -> Noticed:
    for case in ET.parse(junit).iter("testcase"):  # noqa: S314 - pytest wrote this file a moment ago
        failure = case.find("failure") if case.find("failure") is not None else case.find("error")
        if failure is not None:
            test = f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
            return Noticed(test, _headline(failure.get("message", ""), failure.text or ""))
    return Noticed("?", "")


def _headline(message: str, text: str) -> str:
    """The line that says what was expected and what was there; else the first one, without the exception's name.

    Args:
        message: the beginning of what pytest tells; it cuts what is long.
        text: all of it.
    """
    lines = (line.removeprefix("E").strip() for line in [*message.splitlines(), *text.splitlines()])
    if told := next((line for line in lines if line.startswith(BEGINNING)), ""):
        return told
    return re.sub(r"^[\w.]+(: |$)", "", message.strip().partition("\n")[0], count=1, flags=re.ASCII)
