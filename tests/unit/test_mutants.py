"""The mutants and their command: each still applies, and the table says who noticed."""

import ast
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from fixtures.options import clauses
from koujyo import __main__ as command
from koujyo import judging, mutants, mutation
from koujyo.mutation import Mutant, MutantError, Noticed, Verdict, load_mutants
from koujyo.places import ROOT

KNOWN = load_mutants(mutants.MUTANTS)
FAULTS = load_mutants(mutants.FAULTS)
TOLD = "期待: 1通 / 実際: 0通"
READERS: dict[str, Callable[[str], object]] = {".py": ast.parse, ".toml": tomllib.loads, ".yaml": yaml.safe_load}
runner = CliRunner()


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the mutants judged; the second of a list survives, the third fault is noticed without a word."""
    names: list[str] = []

    def judge(mutant: Mutant, *, every_ring: bool) -> Verdict:
        if not mutant.file:
            return Verdict(mutant, dict.fromkeys(mutant.rings), 1.0)
        names.append(mutant.name)
        noticed = None if mutant in {KNOWN[1], FAULTS[1]} else Noticed("test_one", "" if mutant == FAULTS[2] else TOLD)
        first, *others = mutant.rings
        return Verdict(mutant, {first: noticed, **(dict.fromkeys(others) if every_ring else {})}, 2.0)

    monkeypatch.setattr(judging, "judge", judge)
    return names


@pytest.mark.parametrize("mutant", [*KNOWN, *FAULTS], ids=lambda mutant: mutant.name)
def test_every_mutant_still_applies_and_still_makes_sense(mutant: Mutant) -> None:
    mutated = mutant.mutated(ROOT)

    assert mutated != (ROOT / mutant.file).read_text(encoding="utf-8")
    assert READERS.get(Path(mutant.file).suffix, str)(mutated)


@pytest.mark.parametrize(("known", "least"), [(KNOWN, 8), (FAULTS, 34)], ids=["rules", "faults"])
def test_mutants_have_names_of_their_own_and_break_clauses_that_exist(known: list[Mutant], least: int) -> None:
    assert len({mutant.name for mutant in known}) == len(known) >= least
    assert {clause for mutant in known for clause in mutant.clauses} <= set(clauses())
    assert all(mutant.clauses for mutant in known)


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


def test_faults_are_told_with_what_the_scenario_said_and_one_told_badly_fails_the_command(judged: list[str]) -> None:
    result = runner.invoke(command.app, ["mutants", "--scenarios", "--workers", "1"])

    assert judged == [fault.name for fault in FAULTS]
    assert result.exit_code == 1
    caption = f"検出 {len(FAULTS) - 1}/{len(FAULTS)}　見出しに期待と実際 {len(FAULTS) - 2}/{len(FAULTS)}"
    assert caption in result.stdout
    assert TOLD in result.stdout


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(("place", "code"), [(0, 0), (1, 1), (2, 1)], ids=["told", "survives", "told badly"])
def test_faults_end_with_0_only_when_noticed_and_told(place: int, code: int) -> None:
    assert runner.invoke(command.app, ["mutants", "--scenarios", "--only", FAULTS[place].name]).exit_code == code


def test_tests_that_fail_with_nothing_broken_end_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = Noticed("test_flaky", TOLD)
    monkeypatch.setattr(judging, "judge", lambda mutant, **_: Verdict(mutant, {"シナリオ": failed}, 1.0))

    result = runner.invoke(command.app, ["mutants", "--scenarios", "--only", FAULTS[0].name])

    assert result.exit_code == 2
    assert "何も壊さないうちにテストが失敗します（test_flaky）" in result.stderr


@pytest.mark.usefixtures("judged")
def test_an_unknown_mutant_is_bad_input() -> None:
    assert runner.invoke(command.app, ["mutants", "--only", "nosuch"]).exit_code == 2
