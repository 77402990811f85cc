"""The folders of a checkout that the subcommands share."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FEATURES = ROOT / "features"
CLAUSES = FEATURES / "clauses.yaml"
BUILD = ROOT / "build"
REPORT = BUILD / "report"
NIGHTLY = BUILD / "nightly"
MANUALS = BUILD / "manual"


def processors() -> int:
    """How many processors this process may use: the default number of workers."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
