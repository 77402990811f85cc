"""The figures as a table and as a file."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from benchmarks.measuring import Figure

VERDICTS = {True: "達成", False: "未達"}


def figure_table(figures: Sequence[Figure]) -> Table:
    """A row for every figure, its remarks below it."""
    table = Table(title="koujyo bench", title_justify="left", show_lines=True)
    table.add_column("項目", overflow="fold")
    for heading in ("測定値", "基準", "判定"):
        table.add_column(heading, no_wrap=True)
    for figure in figures:
        table.add_row(
            "\n".join((figure.title, *(f"・{remark}" for remark in figure.remarks))),
            f"{figure.measured:.3f} {figure.bar.unit}",
            f"{figure.bar.limit:g} {figure.bar.unit}{figure.bar.sense}",
            VERDICTS[figure.held],
        )
    return table


def write_figures(path: Path, figures: Sequence[Figure]) -> None:
    """Write `bench.json`.

    Raises:
        OSError: the file cannot be written.
    """
    content = {
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
        "figures": [figure.as_json() for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
