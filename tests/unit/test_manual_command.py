"""`koujyo manual`: what it refuses, what it leaves alone when it fails, what it tells of changes."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from koujyo import __main__ as command
from koujyo import binding, manual
from koujyo.scenario_run import Job
from koujyo.tag_expressions import matching
from koujyo.writers import Task, WriterProblem
from storyboard.model import load_all, save
from tests.unit.manuals.recorded_runs import Secrets, record


@dataclass
class Bench:
    """The command with a run recorded beforehand, and a writer of its own in place of the formats'."""

    folder: Path
    exit_code: int = 0
    runs: list[list[tuple[str, ...]]] = field(default_factory=list)
    plant: str = ""

    @property
    def report(self) -> Path:
        return self.folder / "report"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self, wanted: Job) -> int:
        assert wanted.words == ["--pictures"]
        self.runs.append([one.tags for one in wanted.chosen])
        record(wanted.report)
        return self.exit_code

    def write(self, task: Task) -> None:
        told = html.escape(json.dumps(dataclasses.asdict(task.manual), ensure_ascii=False, default=str))
        page = f"<title>{task.manual.cover.title}</title><p>{told}</p><p>{self.plant}</p>"
        (task.folder / "index.html").write_text(page, encoding="utf-8")

    def __call__(self, *arguments: str, recorded: bool = True) -> Result:
        words = ["manual", "--out", str(self.out), "--workers", "0", "--format", "html", *arguments]
        if recorded:
            words += ["--no-run", "--report", str(self.report)]
        return CliRunner().invoke(command.app, words)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes() for path in self.out.rglob("*") if path.is_file()
        }


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bench:
    """The command over a recorded run."""
    made = Bench(tmp_path)
    monkeypatch.setattr(binding, "write", made.write)
    monkeypatch.setattr(manual, "run", made.run)
    record(made.report)
    return made


def test_both_manuals_are_made_with_pictures_originals_and_a_manifest(bench: Bench) -> None:
    result = bench()
    assert result.exit_code == 0, result.output
    for edition in ("employer", "member"):
        assert (bench.out / edition / "index.html").is_file()
        assert (bench.out / edition / "manifest.json").is_file()
        assert len(list((bench.out / edition / "pictures").glob("*.png"))) == 3
        assert len(list((bench.out / edition / "originals").glob("*.json"))) == 3
    assert {path.name for path in bench.out.iterdir()} == {"cache", "employer", "member"}


@pytest.mark.parametrize(
    ("edition", "marks"),
    [
        ("both", "手順書"),
        ("employer", "手順書 and (事業主編 or not 会員編)"),
        ("member", "手順書"),
    ],
)
def test_the_marked_scenarios_of_the_edition_are_run_with_pictures(bench: Bench, edition: str, marks: str) -> None:
    result = bench("--edition", edition, recorded=False)
    assert result.exit_code == 0, result.output
    (run,) = bench.runs
    assert run
    assert all(matching(marks)(tags) for tags in run)
    assert (bench.out / "employer").exists() is (edition != "member")
    assert (bench.out / "member").exists() is (edition != "employer")


def test_two_builds_of_one_run_are_the_same_byte_for_byte(bench: Bench) -> None:
    bench()
    first = bench.files()
    result = bench("--since", str(bench.out))
    assert result.exit_code == 0, result.output
    assert "前に作ったものと同じです" in result.output
    assert bench.files() == first


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "html,odt"), "odt"),
        (("--format", ""), "--format"),
        (("--chapter", "nowhere"), "nowhere"),
        (("--pages", "3-12"), "pdf"),
        (("--format", "pdf", "--pages", "three"), "--pages"),
        (("--since", "/nonexistent"), "/nonexistent"),
        (("--since", "/nonexistent", "--chapter", "login"), "--chapter"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_runs(
    bench: Bench, arguments: tuple[str, ...], told: str
) -> None:
    result = bench(*arguments, recorded=False)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not bench.runs
    assert not bench.out.exists()


def test_a_folder_that_is_no_manual_is_not_replaced(bench: Bench) -> None:
    (bench.out / "employer").mkdir(parents=True)
    (bench.out / "employer" / "thesis.txt").write_text("x", encoding="utf-8")
    result = bench()
    assert result.exit_code == 2
    assert "置き換えません" in result.stderr
    assert list(bench.files()) == ["employer/thesis.txt"]


def fail_run(bench: Bench) -> None:
    bench.exit_code = 1


def fail_scenario(bench: Bench) -> None:
    scenario = load_all(bench.report / "storyboards")[0]
    save(dataclasses.replace(scenario, outcome="failed"), bench.report / "storyboards")


def leave_out_scenario(bench: Bench) -> None:
    scenario = load_all(bench.report / "storyboards")[0]
    save(dataclasses.replace(scenario, outcome="skipped", reason="画面がありません"), bench.report / "storyboards")


def lose_mask(bench: Bench) -> None:
    scenario = load_all(bench.report / "storyboards")[0]
    steps = tuple(dataclasses.replace(step, hidden=()) for step in scenario.steps)
    save(dataclasses.replace(scenario, steps=steps), bench.report / "storyboards")


def lose_picture(bench: Bench) -> None:
    (bench.report / "pictures/login-login-member-04.png").unlink()


def plant_secret(bench: Bench) -> None:
    bench.plant = Secrets().code


def break_storyboard(bench: Bench) -> None:
    (bench.report / "storyboards/login-login-member.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    ("breaks", "recorded", "told"),
    [
        (fail_run, False, "シナリオが失敗した"),
        (fail_scenario, True, "シナリオが失敗しています"),
        (leave_out_scenario, True, "画面がありません"),
        (lose_mask, True, "隠す場所が記録されていません"),
        (lose_picture, True, "login-login-member-04.png"),
        (plant_secret, True, "employer/index.html"),
        (break_storyboard, True, "login-login-member.json"),
    ],
)
def test_what_goes_wrong_is_told_and_the_older_manuals_stay_as_they_are(
    bench: Bench, breaks: Callable[[Bench], None], *, recorded: bool, told: str
) -> None:
    bench()
    before = bench.files()
    breaks(bench)
    result = bench(recorded=recorded)
    assert result.exit_code == 1, result.output
    assert told in result.stderr
    assert "そのまま残っています" in result.stderr
    after = {name: content for name, content in bench.files().items() if not name.startswith(("cache/", "report/"))}
    assert after == {name: content for name, content in before.items() if not name.startswith("cache/")}
    assert Secrets().code not in result.stderr


def test_a_writer_that_breaks_is_told_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(task: Task) -> None:
        raise WriterProblem(f"{task.format}: 書けません")

    monkeypatch.setattr(binding, "write", broken)
    result = bench()
    assert result.exit_code == 1
    assert "html: 書けません" in result.stderr


def repaint(bench: Bench) -> None:
    path = bench.report / "pictures/login-login-employer-04.png"
    with Image.open(path) as image:
        changed = image.convert("RGB")
    changed.paste("#00ff00", (700, 100, 900, 160))
    changed.save(path)


def test_changes_since_an_older_build_end_with_3_and_a_review_sheet(bench: Bench) -> None:
    bench()
    repaint(bench)
    result = bench("--since", str(bench.out))
    assert result.exit_code == 3, result.output
    assert "写真・変更: 図" in result.output
    sheet = (bench.out / "employer-review/index.html").read_text(encoding="utf-8")
    name = "login-login-employer-04-after.png"
    for side in ("old", "new", "difference"):
        assert f'src="{side}/{name}"' in sheet
        assert (bench.out / "employer-review" / side / name).is_file()
    assert not (bench.out / "member-review").exists()


def test_a_review_sheet_of_an_earlier_comparison_does_not_stay(bench: Bench) -> None:
    bench()
    repaint(bench)
    bench("--since", str(bench.out))
    assert (bench.out / "employer-review").exists()
    assert bench("--since", str(bench.out)).exit_code == 0
    assert not (bench.out / "employer-review").exists()


def test_an_extract_has_its_own_place_and_keeps_the_numbers(bench: Bench) -> None:
    bench()
    whole = json.loads((bench.out / "employer/manifest.json").read_text(encoding="utf-8"))
    result = bench("--chapter", "login")
    assert result.exit_code == 0, result.output
    part = json.loads((bench.out / "extract/employer/manifest.json").read_text(encoding="utf-8"))
    assert [chapter["id"] for chapter in part["chapters"]] == ["login"]
    assert part["chapters"][0] in whole["chapters"]
    assert part["pictures"] == whole["pictures"]


def test_the_build_of_the_other_edition_is_not_compared_with(bench: Bench) -> None:
    bench()
    result = bench("--edition", "member", "--since", str(bench.out / "employer"))
    assert result.exit_code == 2
    assert "事業主編" in result.stderr
