"""Makes the manuals of a recorded run: pictures, every format, the checks; only then the older one is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from pathlib import Path

from pypdf.errors import PyPdfError
from rich.progress import Progress

from fixtures.browsers import BrowserMissing
from koujyo.orders import BadOrder, Order
from koujyo.places import CLAUSES
from koujyo.shelf import beside
from koujyo.since import review_of, reviewed, told
from koujyo.workshop import progress_bars, workers_of
from koujyo.writers import Task, WriterProblem, write
from manuals.building import ManualBuilder, ManualError
from manuals.checklist import ChecklistError, check
from manuals.drawing import Darkroom, Drawn, draw_pictures, forget_unused
from manuals.extracts import PageRangeError, extract_pages
from manuals.figures import UnmatchedMask, Work
from manuals.html import write_checklist
from manuals.manifest import pdf_of, write_manifest
from manuals.model import Manual
from manuals.outline import OutlineError
from manuals.review import NAMES
from manuals.sentences import UnknownEnding
from manuals.sweep import SecretFound, secrets_of_all, sweep
from reports.clauses import CatalogueError, load_clauses
from simulator.catalogue import Edition, load_catalogue
from simulator.documents.fonts import FontMissing
from storyboard.codec import StoryboardError
from storyboard.model import FOR_MANUAL, Scenario
from storyboard.run import load_run

PROBLEMS = (
    BrowserMissing,
    CatalogueError,
    ChecklistError,
    FontMissing,
    ManualError,
    OutlineError,
    PyPdfError,
    SecretFound,
    StoryboardError,
    UnknownEnding,
    UnmatchedMask,
    WriterProblem,
)

CHECKLIST = "checklist.json"


@dataclass(frozen=True)
class _Bound:
    """An edition on its way: the document, its pictures, and the folder it is made in."""

    manual: Manual
    works: Sequence[Work]
    folder: Path


def bind(order: Order) -> bool:
    """Make the manuals, and tell where they are; whether they differ from the older build.

    Raises:
        BadOrder: pages were asked for that are not there.
        OSError: a file cannot be read or written.
        One of `PROBLEMS`: what was recorded or written cannot be in a manual.
    """
    scenarios = [one for one in load_run(order.report).scenarios if FOR_MANUAL in one.tags]
    secrets = secrets_of_all(order.report, scenarios)
    with beside(order.folder) as shelf:
        bound = [_compiled(order, edition, scenarios, shelf.draft) for edition in order.editions]
        with workers_of(order.workers) as pool, progress_bars() as progress:
            _draw(order, bound, pool, progress)
            _write(order, bound, pool, progress)
            _search(bound, secrets, pool, progress)
        changes = {one.manual.edition: reviewed(order.older(one.manual.edition), one.folder) for one in bound}
        for sheet in (folder for one in bound if (folder := review_of(one.folder)).exists()):
            sweep(sheet, secrets)
        shelf.take_place([folder.name for one in bound for folder in (one.folder, review_of(one.folder))])
    for edition, found in changes.items():
        print(f"手順書（{NAMES[edition]}）: {order.folder / edition}")
        for line in told(found, review_of(order.folder / edition)) if found is not None else ():
            print(f"  {line}")
    return any(changes.values())


def _compiled(order: Order, edition: Edition, scenarios: Sequence[Scenario], draft: Path) -> _Bound:
    builder = ManualBuilder(edition, order.outline, load_catalogue(), scenarios, order.report)
    manual = builder.build(order.chapters or None)
    folder = draft / edition
    folder.mkdir()
    if not order.chapters:
        checklist = check(manual, load_clauses(CLAUSES))
        checklist.require_complete()
        (folder / CHECKLIST).write_text(checklist.as_json(), encoding="utf-8")
        if "html" in order.formats:
            write_checklist(manual, checklist, folder)
    shown = {figure.path for figure in manual.figures()}
    works = [work for work in builder.figures.works if work.figure.path in shown]
    return _Bound(manual, works, folder)


def _draw(order: Order, bound: Sequence[_Bound], pool: Executor, progress: Progress) -> None:
    cache = order.out / "cache"
    cache.mkdir(exist_ok=True)
    bar = progress.add_task("写真", total=sum(len(one.works) for one in bound))
    drawn: list[Drawn] = []
    for one in bound:
        room = Darkroom(order.report, cache, one.folder)
        drawn += draw_pictures(room, one.works, pool, lambda: progress.advance(bar))
    progress.update(bar, description=f"写真（前と同じ {sum(one.reused for one in drawn)} 枚）")
    if not order.chapters and len(order.editions) == len(Edition):
        forget_unused(cache, drawn)


def _write(order: Order, bound: Sequence[_Bound], pool: Executor, progress: Progress) -> None:
    tasks = [Task(name, one.manual, one.folder) for name in reversed(order.formats) for one in bound]
    bar = progress.add_task("書き出し", total=len(tasks))
    for future in as_completed([pool.submit(write, task) for task in tasks]):
        future.result()
        progress.advance(bar)
    for one in bound if order.pages else ():
        _extract(order.pages or "", pdf_of(one.folder, one.manual.edition))


def _search(bound: Sequence[_Bound], secrets: frozenset[str], pool: Executor, progress: Progress) -> None:
    """Describe every build, and search it for secrets: one reading of its files does for both."""
    bar = progress.add_task("検査", total=len(bound))
    for future in as_completed([pool.submit(_describe, one.manual, one.folder, secrets) for one in bound]):
        future.result()
        progress.advance(bar)


def _describe(manual: Manual, folder: Path, secrets: frozenset[str]) -> None:
    write_manifest(manual, folder)
    sweep(folder, secrets)


def _extract(pages: str, pdf: Path) -> None:
    name = "".join(pages.split())
    try:
        extract_pages(pdf, pages, pdf.with_name(f"{pdf.stem}-{name}.pdf"))
    except PageRangeError as problem:
        raise BadOrder(f"--pages: {problem}") from problem
