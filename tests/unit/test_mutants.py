"""The mutants and their command: each still applies, and the table says who noticed."""

import ast
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from koujyo import __main__ as command
from koujyo import mutants, mutation
from koujyo.mutation import Mutant, MutantError, Verdict, load_mutants
from koujyo.places import CLAUSES, ROOT

KNOWN = load_mutants(mutants.MUTANTS)
runner = CliRunner()


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the mutants that were judged; the second one survives, everything else is noticed at once."""
    names: list[str] = []

    def judge(mutant: Mutant | None, *, every_ring: bool) -> Verdict:
        if mutant is None:
            return Verdict(Mutant("as it is", "", (), "", "", ""), {}, 1.0)
        names.append(mutant.name)
        noticed = "" if mutant == KNOWN[1] else "test_lockout_rules::test_one"
        return Verdict(mutant, {"単体テスト": noticed, **({"状態機械": ""} if every_ring else {})}, 2.0)

    monkeypatch.setattr(mutation, "judge", judge)
    return names


@pytest.mark.parametrize("mutant", KNOWN, ids=lambda mutant: mutant.name)
def test_every_mutant_still_applies_and_still_makes_sense(mutant: Mutant) -> None:
    mutated = mutant.mutated(ROOT)

    assert mutated != (ROOT / mutant.file).read_text(encoding="utf-8")
    if mutant.file.endswith(".py"):
        ast.parse(mutated)
    else:
        tomllib.loads(mutated)


def test_mutants_have_names_of_their_own_and_break_clauses_that_exist() -> None:
    catalogue = yaml.safe_load(CLAUSES.read_text(encoding="utf-8"))["clauses"]
    known = {clause["id"] for clause in catalogue}

    assert len({mutant.name for mutant in KNOWN}) == len(KNOWN) >= 8
    assert {clause for mutant in KNOWN for clause in mutant.clauses} <= known
    assert all(mutant.clauses for mutant in KNOWN)


@pytest.mark.parametrize(("text", "found"), [("other", 0), ("old old", 2)])
def test_a_mutant_that_does_not_apply_says_so(tmp_path: Path, text: str, found: int) -> None:
    (tmp_path / "rules.py").write_text(text, encoding="utf-8")

    with pytest.raises(MutantError, match=f"変異 stale: rules.py に「old」が{found}か所"):
        Mutant("stale", "", (), "rules.py", "old", "new").mutated(tmp_path)


@pytest.mark.parametrize("content", ["", "nonsense", "[[mutant]]\nname = 'x'\n"])
def test_a_list_of_mutants_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    path = tmp_path / "mutants.toml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(mutants, "MUTANTS", path)

    result = runner.invoke(command.app, ["mutants"])

    assert result.exit_code == 2
    assert str(path) in result.stderr


def test_a_stale_mutant_ends_the_command_before_any_test_runs(
    monkeypatch: pytest.MonkeyPatch, judged: list[str]
) -> None:
    stale = Mutant("stale", "", ("CRT-24",), "simulator/rules/codes.py", "no such text", "")
    monkeypatch.setattr(mutation, "load_mutants", lambda _: [*KNOWN, stale])

    result = runner.invoke(command.app, ["mutants", "--only", KNOWN[0].name])

    assert (result.exit_code, judged) == (2, [])
    assert "変異 stale: simulator/rules/codes.py" in result.stderr


def test_the_table_says_which_test_noticed_and_a_survivor_fails_the_command(judged: list[str]) -> None:
    result = runner.invoke(command.app, ["mutants", "--workers", "1"])

    assert judged == [mutant.name for mutant in KNOWN]
    assert result.exit_code == 1
    assert f"検出 {len(KNOWN) - 1}/{len(KNOWN)}" in result.stdout
    assert f"{KNOWN[1].name}: 気付かれず" in result.stderr


def test_mutants_that_are_all_noticed_end_with_0(judged: list[str]) -> None:
    result = runner.invoke(command.app, ["mutants", "--only", KNOWN[0].name, "--only", KNOWN[2].name, "--both"])

    assert sorted(judged) == sorted([KNOWN[0].name, KNOWN[2].name])
    assert result.exit_code == 0
    assert "検出 2/2" in result.stdout


@pytest.mark.usefixtures("judged")
def test_an_unknown_mutant_is_bad_input() -> None:
    assert runner.invoke(command.app, ["mutants", "--only", "nosuch"]).exit_code == 2


def test_a_mutant_is_judged_on_a_copy_and_the_tests_that_notice_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "tests").mkdir(parents=True)
    (checkout / "rule.py").write_text("LIMIT = 6\n", encoding="utf-8")
    (checkout / "tests" / "test_rule.py").write_text(
        "import rule\ndef test_limit(): assert rule.LIMIT == 6\n", encoding="utf-8"
    )
    monkeypatch.setattr(mutation, "ROOT", checkout)
    monkeypatch.setattr(mutation, "RINGS", {"単体テスト": ("tests",)})
    seven = Mutant("seven", "", (), "rule.py", "= 6", "= 7")

    assert mutation.judge(None, every_ring=False).survived
    assert mutation.judge(seven, every_ring=False).noticed == {"単体テスト": "test_rule::test_limit"}
    assert (checkout / "rule.py").read_text(encoding="utf-8") == "LIMIT = 6\n"


def test_tests_that_cannot_be_run_on_a_mutant_are_no_proof(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mutation, "ROOT", tmp_path)
    monkeypatch.setattr(mutation, "RINGS", {"単体テスト": ("no/such/tests",)})

    with pytest.raises(MutantError, match="テストを実行できません"):
        mutation.judge(None, every_ring=False)
