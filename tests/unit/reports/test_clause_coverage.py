from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import koujyo.coverage
import koujyo.report
from koujyo.places import CLAUSES
from reports.clauses import GROUPS, CatalogueError, load_clauses
from reports.coverage import by_group, clause_coverage, unknown_clauses
from storyboard.model import Scenario, save
from tests.unit.reports.report_samples import failed_scenario, full_scenario, make_scenario

app = typer.Typer()
app.command("coverage")(koujyo.coverage.coverage)
app.command("report")(koujyo.report.report)


@pytest.fixture(autouse=True)
def _small_catalogue(clauses: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koujyo.coverage.CLAUSES", clauses)
    monkeypatch.setattr("koujyo.report.CLAUSES", clauses)


def run(*words: str, report: Path) -> Result:
    return CliRunner().invoke(app, [*words, "--report", str(report)])


def record(folder: Path, *scenarios: Scenario) -> Path:
    for scenario in scenarios:
        save(scenario, folder / "report" / "storyboards")
    return folder / "report"


def test_a_clause_counts_as_covered_with_one_passing_scenario_and_tells_of_a_failing_one(clauses: Path) -> None:
    passed, failed = make_scenario("a-1", clauses=("MRG-01", "MRG-01")), failed_scenario(clauses=("MRG-01", "MRG-02"))
    first, second, third = clause_coverage([failed, passed], load_clauses(clauses))
    assert (first.is_covered, first.outcome, first.scenarios) == (True, "failed", (passed, failed))
    assert (second.is_covered, second.outcome) == (False, "failed")
    assert (third.is_covered, third.outcome, third.scenarios) == (False, "none", ())


def test_groups_keep_the_order_of_the_catalogue(clauses: Path) -> None:
    groups = by_group(clause_coverage([make_scenario("a-1", clauses=("MRG-02",))], load_clauses(clauses)))
    assert [(group.code, group.name, group.covered, len(group.statuses)) for group in groups] == [
        ("MRG", "マスターユーザー初期登録", 1, 2),
        ("LGN", "ログイン", 0, 1),
    ]


def test_the_projects_own_catalogue_is_read_and_every_group_has_a_japanese_name() -> None:
    catalogue = load_clauses(CLAUSES)
    groups = by_group(clause_coverage([], catalogue))
    assert [group.code for group in groups] == list(dict.fromkeys(clause.group for clause in catalogue))
    assert {group.code for group in groups} == GROUPS.keys()


def test_ids_the_catalogue_lacks_are_found(clauses: Path) -> None:
    assert unknown_clauses([make_scenario("a-1", clauses=("MRG-01", "XXX-1"))], load_clauses(clauses)) == ["XXX-1"]


@pytest.mark.parametrize("content", ["[1]", "clauses: [{id: MRG-01}]", "clauses: 3", "{", "{}"])
def test_a_catalogue_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"bad\.yaml"):
        load_clauses(tmp_path / "bad.yaml")


def test_coverage_lists_the_groups_and_exits_0_without_a_demand(tmp_path: Path) -> None:
    result = run("coverage", report=record(tmp_path, full_scenario()))
    assert result.exit_code == 0
    assert "1/2" in result.output
    assert "全体 1/3" in result.output


def test_neighbouring_clauses_are_joined_in_the_table(tmp_path: Path) -> None:
    both = make_scenario("a-1", clauses=("MRG-01", "MRG-02"))
    row = next(line for line in run("coverage", report=record(tmp_path, both)).output.splitlines() if "MRG" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "MRG",
        "マスターユーザー初期登録",
        "2/2",
        "01-02",
        "なし",
    ]


def test_a_required_group_which_lacks_a_clause_exits_1_and_lists_it(tmp_path: Path) -> None:
    result = run("coverage", "--require", "MRG", report=record(tmp_path, full_scenario()))
    assert result.exit_code == 1
    assert "MRG-02\tポータル画面\tシナリオなし\tMRG-02 の文です。" in result.stdout.splitlines()
    assert "MRG-01\t" not in result.stdout
    assert "LGN-01\t" not in result.stdout


def test_required_groups_which_are_complete_exit_0(tmp_path: Path) -> None:
    both = make_scenario("a-1", clauses=("MRG-01", "MRG-02"))
    assert run("coverage", "--require", " mrg ,MRG", report=record(tmp_path, both)).exit_code == 0


def test_a_failed_or_skipped_scenario_does_not_satisfy_a_demand(tmp_path: Path) -> None:
    skipped = make_scenario("skipped-01", outcome="skipped", clauses=("LGN-01",))
    result = run(
        "coverage", "--require", "MRG,LGN", report=record(tmp_path, failed_scenario(clauses=("MRG-01",)), skipped)
    )
    assert result.exit_code == 1
    assert [line.split("\t")[0:3:2] for line in result.stdout.splitlines() if "\t" in line] == [
        ["MRG-01", "失敗"],
        ["MRG-02", "シナリオなし"],
        ["LGN-01", "見送り"],
    ]


@pytest.mark.parametrize("require", ["MRX", "MRG,MRX", "", ","])
def test_an_unknown_group_or_none_exits_2_with_one_line(tmp_path: Path, require: str) -> None:
    result = run("coverage", "--require", require, report=record(tmp_path, full_scenario()))
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert "使える区分: MRG, LGN" in result.stderr


def test_the_review_page_is_written_on_request_with_the_clauses_that_lack_a_picture(tmp_path: Path) -> None:
    folder = record(tmp_path, full_scenario())
    assert "review.html" not in run("coverage", report=folder).output
    result = run("coverage", "--review", report=folder)
    assert result.exit_code == 0
    assert str(folder / "review.html") in result.output
    told = "写真のない条項: 2 件\n  MRG-02  MRG-02 の文です。\n  LGN-01  LGN-01 の文です。\n"
    assert result.output.endswith(told)
    assert (folder / "review.html").is_file()
    assert (folder / "static" / "review.js").is_file()


def test_a_review_page_that_cannot_be_written_exits_2_with_its_name(tmp_path: Path) -> None:
    folder = record(tmp_path, full_scenario())
    (folder / "static").write_text("a file in the way", encoding="utf-8")
    result = run("coverage", "--review", report=folder)
    assert result.exit_code == 2
    assert "ページを書き込めません" in result.stderr


@pytest.mark.parametrize("command", ["coverage", "report"])
def test_a_report_which_is_not_there_exits_2_with_one_line(tmp_path: Path, command: str) -> None:
    result = run(command, report=tmp_path / "nowhere")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert "nowhere" in result.stderr


def test_an_empty_record_exits_2(tmp_path: Path) -> None:
    (tmp_path / "report" / "storyboards").mkdir(parents=True)
    result = run("coverage", report=tmp_path / "report")
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)


def test_report_builds_the_pages_from_the_record(tmp_path: Path) -> None:
    folder = record(tmp_path, full_scenario())
    result = run("report", report=folder)
    assert result.exit_code == 0
    assert str(folder / "index.html") in result.output
    assert (folder / "scenarios" / "full-01.html").is_file()


def test_a_folder_which_cannot_be_written_exits_2_with_one_line(tmp_path: Path) -> None:
    folder = record(tmp_path, full_scenario())
    (folder / "static").write_text("a file in the way", encoding="utf-8")
    result = run("report", report=folder)
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)
    assert "報告書を書き込めません" in result.stderr
