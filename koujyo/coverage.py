"""`koujyo coverage`: which clauses of the manuals a passing scenario shows to hold."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from koujyo.places import CLAUSES, REPORT
from koujyo.report import ReportFolder
from koujyo.terminal import refuse

if TYPE_CHECKING:
    from reports.clauses import Clause
    from reports.coverage import ClauseStatus, GroupCoverage
    from storyboard.model import Scenario

Require = Annotated[
    str | None,
    typer.Option("--require", help="全条項の成功を求める区分（例: MRG,CRT）。欠けると終了コード 1", show_default=False),
]

Review = Annotated[bool, typer.Option("--review", help="条項、シナリオ、写真を並べたページ review.html も書く")]


def coverage(*, require: Require = None, review: Review = False, report: ReportFolder = REPORT) -> None:
    """Print the clauses by group; exits 1 where a required group lacks a passing scenario, 2 on bad input."""
    from reports.coverage import by_group, clause_coverage, unknown_clauses  # noqa: PLC0415 - costs time

    scenarios, catalogue = _read(report)
    groups = by_group(clause_coverage(scenarios, catalogue))
    required = _required(require, groups)
    _print_groups(groups)
    for clause_id in unknown_clauses(scenarios, catalogue):
        typer.echo(f"注意: 条項一覧にない番号です: {clause_id}", err=True)
    if review:
        _write_review(report, groups)
    _demand(required)


def _write_review(report: Path, groups: "Sequence[GroupCoverage]") -> None:
    """Write the page, and tell where it is and which clauses it shows without a picture."""
    from reports.html import write_review  # noqa: PLC0415

    try:
        page, unpictured = write_review(report, groups)
    except OSError as error:
        refuse(f"ページを書き込めません: {error.filename} ({error.strerror})")
    typer.echo(f"条項と写真: {page}")
    if unpictured:
        typer.echo(f"写真のない条項: {len(unpictured)} 件")
    for clause in unpictured:
        typer.echo(f"  {clause.id}  {clause.text}")


def _read(report: Path) -> "tuple[list[Scenario], list[Clause]]":
    from reports.clauses import CatalogueError, load_clauses  # noqa: PLC0415
    from storyboard.codec import StoryboardError  # noqa: PLC0415
    from storyboard.run import load_run  # noqa: PLC0415

    try:
        run, catalogue = load_run(report), load_clauses(CLAUSES)
    except (StoryboardError, CatalogueError) as error:
        refuse(f"{error}。koujyo scenarios を実行してください。")
    scenarios = list(run.scenarios)
    if run.state != "complete":
        typer.echo("注意: 中断した実行の記録です。", err=True)
    if not scenarios:
        refuse(f"記録されたシナリオがありません: {report}。koujyo scenarios を実行してください。")
    return scenarios, catalogue


def _required(require: str | None, groups: "Sequence[GroupCoverage]") -> "list[GroupCoverage]":
    """Return the groups named in `require`; refuses where one is unknown or none is named."""
    if require is None:
        return []
    by_code = {group.code: group for group in groups}
    codes = list(dict.fromkeys(code.strip().upper() for code in require.split(",") if code.strip()))
    unknown = [code for code in codes if code not in by_code]
    if unknown or not codes:
        refuse(f"--require: 区分 {', '.join(unknown) or '（空）'} はありません。使える区分: {', '.join(by_code)}")
    return [by_code[code] for code in codes]


def _print_groups(groups: "Sequence[GroupCoverage]") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="条項の確認状況")
    for heading in ("区分", "名前", "確認", "成功あり", "成功なし"):
        table.add_column(heading, overflow="fold")
    for group in groups:
        figure = f"{group.covered}/{len(group.statuses)}"
        covered = _numbers([status for status in group.statuses if status.is_covered])
        table.add_row(group.code, group.name, figure, covered, _numbers(group.missing))
    whole = [status for group in groups for status in group.statuses]
    table.caption = f"全体 {sum(status.is_covered for status in whole)}/{len(whole)}"
    Console().print(table)


def _numbers(statuses: "Sequence[ClauseStatus]") -> str:
    """Return the numbers of the clauses, neighbours joined: 01-09 12."""
    runs: list[list[str]] = []
    for number in (status.clause.id.partition("-")[2] for status in statuses):
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs) or "なし"


def _demand(required: "Sequence[GroupCoverage]") -> None:
    """Exit 1 with a line (id, where to test, outcome, text, by tabs) for each clause without a passing scenario."""
    from reports.wording import OUTCOMES, TESTABLE_BY  # noqa: PLC0415

    lacking = [status for group in required for status in group.missing]
    for status in lacking:
        clause = status.clause
        where = TESTABLE_BY.get(clause.testable_by, clause.testable_by)
        typer.echo("\t".join((clause.id, where, OUTCOMES[status.outcome], clause.text)))
    if lacking:
        typer.echo(f"成功したシナリオのない条項が {len(lacking)} 件あります。", err=True)
        raise typer.Exit(1)
