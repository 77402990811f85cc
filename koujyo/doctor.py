"""`koujyo doctor`: what this computer has and lacks for the scenarios, and how to mend it."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table


def doctor(
    *, headed: Annotated[bool, typer.Option("--headed", help="画面を表示するブラウザで確かめる")] = False
) -> None:
    """Print the table; exit code 1 when something required is missing."""
    from koujyo.diagnosis import examine  # noqa: PLC0415 - imports Playwright

    findings = examine(headed=headed)
    table = Table(title="koujyo doctor", title_justify="left")
    for heading in ("項目", "結果", "内容", "直し方"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "結果")
    for finding in findings:
        table.add_row(finding.item, finding.verdict, finding.detail, finding.remedy)
    Console().print(table)
    lacking = [finding.item for finding in findings if finding.verdict == "不足"]
    print(f"足りないもの: {'、'.join(lacking)}" if lacking else "必要なものはそろっています。")
    raise typer.Exit(1 if lacking else 0)
