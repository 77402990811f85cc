"""`koujyo scenarios`: run the Japanese scenarios in a browser and build the illustrated report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from koujyo.after_dashes import pytest_words
from koujyo.places import FEATURES, REPORT, ROOT, processors
from koujyo.terminal import refuse

if TYPE_CHECKING:
    from koujyo.scenario_run import Job
    from storyboard.plan import Planned

ONE_STORE = {"win32"}

Places = Annotated[
    list[str] | None,
    typer.Argument(
        help="実行するフォルダー、ファイル、「ファイル:行」（例: features/login）。省くとすべて", show_default=False
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option("-k", help="題名、またはその一部（見えるとおりに。繰り返すと、どれかに合うもの）", show_default=False),
]
Marks = Annotated[
    list[str] | None,
    typer.Option(
        "-m", help="タグ（例: MRG-10、'手順書 and not 会員編'。繰り返すと、どれかに合うもの）", show_default=False
    ),
]
By = Annotated[str | None, typer.Option(help="報告書に書く実行者。省くと OS の利用者名", show_default=False)]


class Certificates(StrEnum):
    """Who presents client certificates: Playwright's proxy, or the browser's own TLS from a real store."""

    CONTEXT = "context"
    STORE = "store"


class Kept(StrEnum):
    """Of which scenarios a trace or a video is kept."""

    OFF = "off"
    ON = "on"
    RETAIN_ON_FAILURE = "retain-on-failure"


class Shot(StrEnum):
    """Of which scenarios a last picture is kept."""

    OFF = "off"
    ON = "on"
    ONLY_ON_FAILURE = "only-on-failure"


def scenarios(
    context: typer.Context,
    *,
    places: Places = None,
    words: Words = None,
    marks: Marks = None,
    last_failed: Annotated[bool, typer.Option("--lf", help="前回失敗したか、実行されなかったものだけ")] = False,
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
    report: Annotated[Path, typer.Option(help="報告書を置くフォルダー", file_okay=False)] = REPORT,
    by: By = None,
    only_read: Annotated[
        bool, typer.Option("--dry-run", help="何も始めず、選んだシナリオと、このままでは実行できない文を示す")
    ] = False,
    full_trace: Annotated[bool, typer.Option("--full-trace", help="失敗の詳細を端末にもすべて出す")] = False,
    slowmo: Annotated[int, typer.Option(min=0, help="操作のたびに待つ時間（ミリ秒）")] = 0,
    tracing: Annotated[Kept, typer.Option(help="ブラウザのトレースを残す")] = Kept.OFF,
    video: Annotated[Kept, typer.Option(help="動画を残す（ffmpeg が要ります）")] = Kept.OFF,
    screenshot: Annotated[Shot, typer.Option(help="最後の画面の写真を残す")] = Shot.OFF,
) -> None:
    """Run the scenarios meant and build the report; 0 only if all of them ran to their end and none failed."""
    chosen = chosen_scenarios(places, words, marks, last_failed_of=report if last_failed else None)
    if only_read:
        from koujyo.dry_run import dry_run  # noqa: PLC0415

        raise typer.Exit(dry_run(chosen))
    require_for(headed=headed, video=video)
    films: dict[str, Kept | Shot] = {"--tracing": tracing, "--video": video, "--screenshot": screenshot}
    options = [
        ("--browser-channel", browser_channel),
        ("--browser-executable", str(browser_executable.absolute()) if browser_executable else None),
        ("--portal-clock", clock),
        ("--certificates", certificates.value),
        ("--slowmo", str(slowmo) if slowmo else None),
        *((name, None if kept == "off" else kept.value) for name, kept in films.items()),
    ]
    switches = [
        name for name, on in (("--headed", headed), ("--pictures", pictures), ("--full-trace", full_trace)) if on
    ]
    given = [word for name, value in options if value is not None for word in (name, value)]
    browser = require_browser(browser_executable, browser_channel, headed=headed)
    at_once = most_workers(workers if workers is not None else (1 if headed else processors()), certificates)
    raise typer.Exit(
        run(job(chosen, at_once, [*given, *switches, *pytest_words(context)], report, browser, clock=clock, by=by))
    )


def chosen_scenarios(
    places: Sequence[str] | None,
    words: Sequence[str] | None,
    marks: Sequence[str] | None,
    *,
    last_failed_of: Path | None = None,
) -> list[Planned]:
    """Return the scenarios meant; ends the command where something means nothing.

    Args:
        places: folders, files and lines; None for all.
        words: titles or parts of them; None for all.
        marks: expressions of tags; None for all.
        last_failed_of: a report's folder: only what failed or was left there.
    """
    from fixtures.options import strange_tags_of  # noqa: PLC0415
    from koujyo.selection import BadSelection, choose, plan_all  # noqa: PLC0415 - costs time that the other calls need not pay
    from storyboard.plan import PlanError  # noqa: PLC0415

    if strange := strange_tags_of(FEATURES):
        refuse("、".join(strange))
    try:
        chosen = choose(plan_all(FEATURES, ROOT), ROOT, places or (), words or (), marks or ())
    except (BadSelection, PlanError) as problem:
        refuse(str(problem))
    return _failed_before(chosen, last_failed_of) if last_failed_of else chosen


def job(
    chosen: Sequence[Planned],
    workers: int,
    words: Sequence[str],
    report: Path,
    browser: str,
    *,
    clock: str | None = None,
    by: str | None = None,
) -> Job:
    """Return a run of these scenarios, with what the report says of it; ends the command where the clock is none."""
    from fixtures.options import START  # noqa: PLC0415
    from koujyo.facts import facts_of_run  # noqa: PLC0415
    from koujyo.scenario_run import Job  # noqa: PLC0415
    from simulator.clock import parse_moment  # noqa: PLC0415

    try:
        start = parse_moment(clock or START)
    except ValueError as error:
        refuse(f"--clock: {error}")
    facts = facts_of_run(browser, start.isoformat(sep=" ", timespec="minutes"), words, by)
    return Job(chosen, workers, words, report, facts)


def run(wanted: Job) -> int:
    """Run; ends the command where the report cannot be written."""
    from koujyo.report_folder import CannotReport  # noqa: PLC0415
    from koujyo.scenario_run import run_scenarios  # noqa: PLC0415

    try:
        return run_scenarios(wanted)
    except CannotReport as problem:
        refuse(str(problem))
    except OSError as error:
        print(f"報告書を書き込めません: {error.filename} ({error.strerror})", file=sys.stderr)
        return 1


def certificate_words(certificates: Certificates) -> list[str]:
    """The arguments for pytest by which certificates are presented in this way."""
    return ["--certificates", certificates.value]


def most_workers(wanted: int, certificates: Certificates) -> int:
    """How many workers may run at once: on Windows all of them would share one certificate store."""
    return min(wanted, 1) if certificates is Certificates.STORE and sys.platform in ONE_STORE else wanted


def require_browser(executable: Path | None = None, channel: str | None = None, *, headed: bool = False) -> str:
    """Return which browser will be used, in words; ends the command where there is none."""
    from fixtures.browsers import BrowserMissing, find_browser  # noqa: PLC0415 - only these subcommands need it

    try:
        return find_browser(executable, channel=channel, headed=headed).description
    except BrowserMissing as missing:
        refuse(str(missing))


def require_for(*, headed: bool, video: Kept) -> None:
    """End the command where this computer cannot show or film the browser."""
    from fixtures.needs import lacking_for  # noqa: PLC0415

    if lacking := lacking_for(headed=headed, video=video is not Kept.OFF):
        refuse(lacking)


def _failed_before(chosen: Sequence[Planned], report: Path) -> list[Planned]:
    from storyboard.codec import StoryboardError  # noqa: PLC0415
    from storyboard.run import load_run  # noqa: PLC0415

    try:
        last = load_run(report)
    except StoryboardError as problem:
        refuse(f"--lf: 前回の記録がありません（{problem}）。")
    wanted = {one.id for one in last.scenarios if one.outcome == "failed"} | {one.id for one in last.left}
    if not (found := [one for one in chosen if one.id in wanted]):
        refuse("--lf: 前回失敗したシナリオも、実行されなかったシナリオもありません。")
    return found
