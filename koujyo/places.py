"""The folders that the subcommands share: of a checkout, or, for an installed wheel, of whoever runs it."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FEATURES = ROOT / "features"
CLAUSES = FEATURES / "clauses.yaml"
IS_CHECKOUT = (ROOT / "pyproject.toml").is_file() and (ROOT / "conftest.py").is_file()
# A wheel has nothing of its own to write to: the folder that is open in the terminal takes what is made.
BUILD = (ROOT if IS_CHECKOUT else Path.cwd()) / "build"
REPORT = BUILD / "report"
NIGHTLY = BUILD / "nightly"
MANUALS = BUILD / "manual"


def processors() -> int:
    """How many processors this process may use: the default number of workers."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
