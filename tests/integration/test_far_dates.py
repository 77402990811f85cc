"""Scenarios whose dates are years away from today: a browser's own clock calls certificates of then out of date."""

import subprocess
import sys
from pathlib import Path

import pytest
from junitparser import JUnitXml

from koujyo.places import ROOT
from koujyo.terminal import child_environment

FEATURE = "features/login/wardrobe.feature"


@pytest.mark.long
@pytest.mark.parametrize("start", ["2023-11-17T10:00", "2030-11-15T10:00"])
def test_a_browser_with_a_store_of_its_own_leaves_no_scenario_out(start: str, tmp_path: Path) -> None:
    words = ["scenarios", FEATURE, "--certificates", "store", "--clock", start, "--report", str(tmp_path / "report")]
    command = [sys.executable, "-m", "koujyo", *words]
    done = subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=False)
    told = JUnitXml.fromfile(str(tmp_path / "report" / "junit.xml"))
    assert (done.returncode, told.failures, told.errors, told.skipped) == (0, 0, 0, 0), done.stdout
    assert told.tests >= 12
