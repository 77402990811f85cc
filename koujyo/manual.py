"""`koujyo manual`: the illustrated manuals, from scenarios that were run a moment ago."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from koujyo.places import MANUALS, processors
from koujyo.scenarios import By, chosen_scenarios, job, require_browser, run
from koujyo.terminal import refuse, require_checkout
from storyboard.model import FOR_MANUAL

if TYPE_CHECKING:
    from koujyo.orders import Order

FAILED = 1
NOTHING_RAN = 5
CHANGED = 3
SIGNALLED = 128
FORMATS = ("html", "pdf", "docx")
# Scenarios of one edition, and those that belong to both or to neither; the member manual's shared chapters show the
# employer's scenarios, too (環境 and ブラウザの設定 are printed in the employer's only, DIF-07).
MARKS = {
    "employer": f"{FOR_MANUAL} and (事業主編 or not 会員編)",
    "member": FOR_MANUAL,
    "both": FOR_MANUAL,
}


class Which(StrEnum):
    """Whose manual."""

    EMPLOYER = "employer"
    MEMBER = "member"
    BOTH = "both"


def manual(
    *,
    edition: Annotated[Which, typer.Option(help="事業主編（employer）、会員編（member）、または両方")] = Which.BOTH,
    chapter: Annotated[
        list[str] | None,
        typer.Option(help="この章だけの抜粋を作る（manuals/content/chapters の名前。繰り返せる）", show_default=False),
    ] = None,
    pages: Annotated[
        str | None, typer.Option(help="PDF から、このページ（例: 3-12）の抜粋も作る", show_default=False)
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="作る形（コンマで区切る）")] = ",".join(FORMATS),
    out: Annotated[Path, typer.Option(help="手順書を置くフォルダー", file_okay=False)] = MANUALS,
    since: Annotated[
        Path | None,
        typer.Option(help="前に作った手順書と比べる（変わったところがあれば終了コード 3）", show_default=False),
    ] = None,
    with_run: Annotated[
        bool, typer.Option("--run/--no-run", help="シナリオを実行する。--no-run では前回の記録から作る")
    ] = True,
    report: Annotated[
        Path | None, typer.Option(help="シナリオの記録のフォルダー。省くと --out の report", show_default=False)
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="並列数（0 は並列にしない）")] = processors(),
    by: By = None,
) -> None:
    """Run the scenarios marked 手順書 and write the manuals; exits 3 where `--since` finds a difference."""
    if with_run:
        require_checkout("manual")
    order = _order(edition, chapter or [], formats, pages, out, since, report or out / "report", workers)
    if with_run:
        _run(edition, workers, order.report, by)
    _bind(order)


def _order(
    which: Which,
    chapters: list[str],
    formats: str,
    pages: str | None,
    out: Path,
    since: Path | None,
    report: Path,
    workers: int,
) -> Order:
    """What is to be made; everything that can be wrong with it is refused before anything runs."""
    from koujyo.orders import BadOrder, Order  # noqa: PLC0415 - costs time that other calls need not pay
    from manuals.outline import OutlineError  # noqa: PLC0415
    from simulator.catalogue import Edition  # noqa: PLC0415

    editions = (Edition.EMPLOYER, Edition.MEMBER) if which is Which.BOTH else (Edition(which.value),)
    order = Order(editions, tuple(chapters), _formats(formats), pages, out, report, since, workers)
    try:
        order.refuse_unfit()
    except (BadOrder, OutlineError) as problem:
        refuse(str(problem))
    require_browser()
    return order


def _formats(text: str) -> tuple[str, ...]:
    named = [word.strip() for word in text.split(",") if word.strip()]
    if not named or not set(named) <= set(FORMATS):
        refuse(f"--format「{text}」は使えません。使えるもの: {'、'.join(FORMATS)}（コンマで区切る）")
    return tuple(one for one in FORMATS if one in named)


def _run(which: Which, workers: int, report: Path, by: str | None) -> None:
    chosen = chosen_scenarios(None, None, [MARKS[which]])
    code = run(job(chosen, workers, ["--pictures"], report, require_browser(), by=by))
    if code == NOTHING_RAN:
        _fail("@手順書 の付いたシナリオが実行されなかったので、手順書は作りませんでした。")
    if code > SIGNALLED:
        raise typer.Exit(code)
    if code:
        _fail(f"シナリオが失敗したので、手順書は作りませんでした。報告書: {report / 'index.html'}")


def _bind(order: Order) -> None:
    from koujyo.binding import PROBLEMS, bind  # noqa: PLC0415 - costs time that other calls need not pay
    from koujyo.orders import BadOrder  # noqa: PLC0415

    try:
        changed = bind(order)
    except BadOrder as problem:
        refuse(str(problem))
    except PROBLEMS as problem:
        _fail(f"手順書を作れませんでした。{problem}")
    except OSError as problem:
        _fail(f"手順書を作れませんでした。{problem.filename}: {problem.strerror}")
    raise typer.Exit(CHANGED if changed else 0)


def _fail(line: str) -> NoReturn:
    print(line, file=sys.stderr, flush=True)
    print("前に作った手順書があれば、そのまま残っています。", file=sys.stderr, flush=True)
    raise typer.Exit(FAILED)
