"""`koujyo scenarios`: run the Japanese scenarios in a browser and build the illustrated report."""

import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree as ET

import typer

from koujyo.places import CLAUSES, REPORT, ROOT, processors
from koujyo.terminal import refuse, run_pytest

STORYBOARDS, JUNIT = "storyboards", "junit.xml"
ONE_STORE = {"win32"}
# pytest's own codes
SOME_FAILED = 1
NOTHING_RAN = 5
# Scenarios state no properties, and the plugin takes every worker a second to load.
LEFT_OUT = ("-p", "no:hypothesispytest")
# How failures are run again: a trace slows the browser down by a third, so it is recorded only for them.
MOST_TRACED = 20
AGAIN = [
    "--last-failed",
    "--last-failed-no-failures=none",
    "--traces",
    f"--maxfail={MOST_TRACED}",
    "-q",
    "--no-summary",
]


class Certificates(StrEnum):
    """Who presents client certificates: Playwright's proxy, or the browser's own TLS from a real store."""

    CONTEXT = "context"
    STORE = "store"


def scenarios(
    *,
    arguments: Annotated[
        list[str] | None, typer.Argument(help="「--」の後に pytest へ渡す引数", show_default=False)
    ] = None,
    keyword: Annotated[
        str | None, typer.Option("-k", help="名前で絞り込む（pytest の -k）", show_default=False)
    ] = None,
    marks: Annotated[
        str | None, typer.Option("-m", help="タグで絞り込む（pytest の -m、例: MRG-10）", show_default=False)
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=0, help="並列数（0 は並列にしない）。既定は CPU の数、--headed では 1", show_default=False),
    ] = None,
    headed: Annotated[bool, typer.Option("--headed", help="ブラウザの画面を表示する")] = False,
    browser_channel: Annotated[
        str | None, typer.Option(help="使うブラウザ（msedge、chrome など）", show_default=False)
    ] = None,
    browser_executable: Annotated[
        Path | None, typer.Option(help="使うブラウザの実行ファイル", show_default=False)
    ] = None,
    certificates: Annotated[
        Certificates,
        typer.Option(help="電子証明書を提示するもの: Playwright（context）か、ブラウザと証明書ストア（store）"),
    ] = Certificates.CONTEXT,
    pictures: Annotated[bool, typer.Option(help="画面の写真を撮る")] = True,
    clock: Annotated[
        str | None,
        typer.Option(help="模擬時計の開始時刻（例: 2026-11-24T10:00）。省くと固定の日時", show_default=False),
    ] = None,
) -> None:
    """Run pytest on features/, then build the report; the exit code is pytest's, and 0 only if scenarios ran."""
    _require_browser(browser_executable, browser_channel, headed=headed)
    _require_clock(clock)
    chosen = most_workers(workers if workers is not None else (1 if headed else processors()), certificates)
    options = [
        ("-k", keyword),
        ("-m", marks),
        ("--browser-channel", browser_channel),
        ("--browser-executable", str(browser_executable.absolute()) if browser_executable else None),
        ("--portal-clock", clock),
    ]
    switches = [name for name, on in (("--headed", headed), ("--pictures", pictures)) if on]
    switches += certificate_switches(certificates)
    raise typer.Exit(run_scenarios(chosen, options, switches, arguments or [], REPORT))


def certificate_switches(certificates: Certificates) -> list[str]:
    """The arguments for pytest by which certificates are presented in this way."""
    return [f"--certificates={certificates}"] if certificates is not Certificates.CONTEXT else []


def most_workers(wanted: int, certificates: Certificates) -> int:
    """How many workers may run at once: on Windows all of them would share one certificate store."""
    return min(wanted, 1) if certificates is Certificates.STORE and sys.platform in ONE_STORE else wanted


def run_scenarios(
    workers: int, options: Sequence[tuple[str, str | None]], switches: Sequence[str], extra: Sequence[str], report: Path
) -> int:
    """Run pytest, once more for the traces of failures, and build the report; returns the exit code.

    Args:
        workers: how many at once.
        options: options of pytest with their values; None leaves one out.
        switches: options without a value.
        extra: words handed on as they are.
        report: the folder of the report, which is cleared first.
    """
    _clear(report)
    folder = [] if report == REPORT else [f"--report={report}"]
    first = [f"--junitxml={report / JUNIT}", *folder, *switches]
    exit_code = run_pytest(pytest_arguments(workers, options, first, extra))
    if exit_code == SOME_FAILED:
        again = [*AGAIN, *folder, *(word for word in switches if word not in {"--pictures", "--headed"})]
        _trace_failures(pytest_arguments(workers, options, again, extra))
    return _conclude(exit_code, report)


def pytest_arguments(
    workers: int, options: Sequence[tuple[str, str | None]], switches: Sequence[str], extra: Sequence[str]
) -> list[str]:
    """The arguments for pytest: all of features/ unless `extra` names files or folders of its own."""
    named = any((ROOT / word.split("::")[0]).exists() for word in extra if not word.startswith("-"))
    given = [word for name, value in options if value is not None for word in (name, value)]
    return [*([] if named else ["features"]), "-n", str(workers), *LEFT_OUT, *given, *switches, *extra]


def scenarios_run(junit: Path) -> int:
    """How many scenarios of a JUnit file really ran: skipped ones do not count, a missing file counts as none."""
    if not junit.is_file():
        return 0
    cases = ET.parse(junit).iter("testcase")  # noqa: S314 - pytest wrote this file a moment ago
    return sum(case.find("skipped") is None for case in cases)


def _require_browser(executable: Path | None, channel: str | None, *, headed: bool) -> None:
    from fixtures.browsers import BrowserMissing, find_browser  # noqa: PLC0415 - only this subcommand needs it

    try:
        find_browser(executable, channel=channel, headed=headed)
    except BrowserMissing as missing:
        refuse(str(missing))


def _require_clock(clock: str | None) -> None:
    if clock is None:
        return
    from simulator.clock import parse_moment  # noqa: PLC0415 - costs time that the other calls need not pay

    try:
        parse_moment(clock)
    except ValueError as error:
        refuse(f"--clock: {error}")


def _clear(report: Path) -> None:
    try:
        if report.exists():
            shutil.rmtree(report)
        report.mkdir(parents=True)
    except OSError as error:
        refuse(f"前回の報告書 {report} を片付けられません（{error.strerror}）。開いている画面を閉じてください。")


def _trace_failures(again: list[str]) -> None:
    """Run what failed once more for its trace; what passes now is not stable, and the person should know."""
    print(f"失敗したシナリオを、ブラウザのトレースを取りながらもう一度実行します（{MOST_TRACED} 件まで）。")
    if run_pytest(again) == 0:
        print("もう一度実行すると成功しました。シナリオの結果が安定していません。")


def _conclude(exit_code: int, report: Path) -> int:
    """Build the report from whatever was recorded, and say where it is; returns the exit code of the whole."""
    if (report / STORYBOARDS).is_dir():
        from reports import build_report  # noqa: PLC0415 - not needed when nothing was recorded

        print(f"報告書: {build_report(report / STORYBOARDS, CLAUSES, report)}")
    if exit_code == 0 and scenarios_run(report / JUNIT) == 0:
        exit_code = NOTHING_RAN
    if exit_code == NOTHING_RAN:
        print("シナリオが 1 件も実行されませんでした。", file=sys.stderr)
    return exit_code
