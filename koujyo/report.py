"""`koujyo report`: make the report again from what the last run recorded."""

from pathlib import Path
from typing import Annotated

import typer

from koujyo.places import CLAUSES, REPORT
from koujyo.terminal import refuse

ReportFolder = Annotated[Path, typer.Option("--report", help="報告書のフォルダー", file_okay=False)]


def report(report: ReportFolder = REPORT) -> None:
    """Write `report`/index.html and the pages beside it; exits 2 where the record or the folder is unusable."""
    from reports import build_report  # noqa: PLC0415 - costs time that the other subcommands need not pay
    from reports.clauses import CatalogueError  # noqa: PLC0415
    from storyboard.codec import StoryboardError  # noqa: PLC0415
    from storyboard.run import load_run  # noqa: PLC0415

    try:
        page = build_report(report, CLAUSES)
    except (StoryboardError, CatalogueError) as error:
        refuse(f"報告書を作れません。{error}")
    except OSError as error:
        refuse(f"報告書を書き込めません: {error.filename} ({error.strerror})")
    typer.echo(load_run(report).told)
    typer.echo(f"報告書: {page}")
