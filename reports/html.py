"""The report as static pages: `build_report` writes everything but the pictures, which a run has put there."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment

from reports import overview, wording
from reports.clauses import Clause, load_clauses
from reports.coverage import GroupCoverage, by_group, clause_coverage, unknown_clauses
from reports.junit import FILE as JUNIT
from reports.junit import write_junit
from reports.review import review, unpictured
from reports.symptoms import symptoms
from simulator.templates import templates_of
from storyboard import confidential
from storyboard.marks import RADIUS, marks
from storyboard.model import Scenario
from storyboard.run import Run, load_run

HERE = Path(__file__).parent
REVIEW = "review.html"


def build_report(out: Path, clauses: Path, *, generated_at: datetime | None = None) -> Path:
    """Write the report on the run that is recorded in `out`, and return the path of its first page.

    Same input, same bytes; `generated_at` (now when None) is the only thing taken from outside. Pages of
    scenarios which are no longer recorded are removed.

    Raises:
        StoryboardError: the record is absent or damaged.
        CatalogueError: `clauses` cannot be read.
    """
    run, catalogue = load_run(out), load_clauses(clauses)
    scenarios = list(run.scenarios)
    pages = _environment(out, generated_at)
    _clear(out / "scenarios")
    _copy_static(out)
    groups = by_group(clause_coverage(scenarios, catalogue))
    _write(out / "clauses.html", pages, "clauses.html", root="", groups=groups)
    _write_review(out, pages, groups)
    known = {clause.id: clause for clause in catalogue}
    _write(out / "symptoms.html", pages, "symptoms.html", root="", symptoms=symptoms(scenarios), known=known)
    _write_scenarios(out / "scenarios", pages, scenarios, known)
    write_junit(run, known, out)
    return _write_index(out / "index.html", pages, run, groups, unknown_clauses(scenarios, catalogue))


def write_review(
    out: Path, groups: Sequence[GroupCoverage], *, generated_at: datetime | None = None
) -> tuple[Path, list[Clause]]:
    """Write the page with every clause beside its pictures to `out`; its path, and the clauses without a picture."""
    _copy_static(out)
    return _write_review(out, _environment(out, generated_at), groups)


def _write_review(out: Path, pages: Environment, groups: Sequence[GroupCoverage]) -> tuple[Path, list[Clause]]:
    reviewed = review(groups)
    lacking = unpictured(reviewed)
    return _write(out / REVIEW, pages, REVIEW, root="", reviewed=reviewed, unpictured=len(lacking)), lacking


def _write_index(path: Path, pages: Environment, run: Run, groups: Sequence[GroupCoverage], unknown: list[str]) -> Path:
    scenarios = run.scenarios
    return _write(
        path,
        pages,
        "index.html",
        root="",
        totals=overview.totals(scenarios),
        causes=overview.causes(scenarios),
        chapters=overview.chapters(scenarios),
        slowest=overview.slowest(scenarios),
        run=overview.run(scenarios),
        record=run,
        groups=groups,
        covered=sum(group.covered for group in groups),
        clause_count=sum(len(group.statuses) for group in groups),
        unknown=unknown,
    )


def _write_scenarios(
    folder: Path, pages: Environment, scenarios: Sequence[Scenario], catalogue: dict[str, Clause]
) -> None:
    reading = [scenario for chapter in overview.chapters(scenarios) for scenario in chapter.scenarios]
    neighbours = zip(reading, [None, *reading], [*reading[1:], None], strict=False)
    for scenario, before, after in neighbours:
        path = folder / f"{scenario.id}.html"
        values = {"scenario": scenario, "before": before, "after": after, "catalogue": catalogue}
        _write(path, pages, "scenario.html", root="../", **values)


def _write(path: Path, pages: Environment, template: str, **values: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(pages.get_template(template).render(values) + "\n", encoding="utf-8", newline="\n")
    return path


def _copy_static(out: Path) -> None:
    shutil.copytree(HERE / "static", out / "static", dirs_exist_ok=True)


def _clear(folder: Path) -> None:
    for path in folder.glob("*.html"):
        path.unlink()


def _environment(out: Path, generated_at: datetime | None) -> Environment:
    pages = templates_of("reports")
    pages.filters |= {
        "duration": wording.duration,
        "moment": wording.moment,
        "touched": wording.touched,
        "cause": wording.cause,
        "failed_step": wording.failed_step,
        "href": wording.href,
        "source": wording.source,
    }
    pages.globals |= {
        "generated_at": generated_at or datetime.now(wording.JAPAN),
        "marks": marks,
        "radius": RADIUS,
        "exists": lambda path: bool(path) and (out / path).is_file(),
        "ATTACHMENTS": wording.ATTACHMENTS,
        "OUTCOMES": wording.OUTCOMES,
        "SIGNS": wording.SIGNS,
        "EDITIONS": wording.EDITIONS,
        "JUNIT": JUNIT,
        "TESTABLE_BY": wording.TESTABLE_BY,
        "KINDS": wording.KINDS,
        "CONFIDENTIAL": confidential.MARK,
        "BLOCKS": wording.BLOCKS,
        "CAUSE": wording.CAUSE,
    }
    return pages
