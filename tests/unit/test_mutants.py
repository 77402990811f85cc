"""The mutants and their command: each still applies, and the table says who noticed."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from fixtures.options import TAGS, clauses
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


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_judged_by_scenarios_whose_tags_exist(fault: Mutant) -> None:
    assert set(re.split(r"[\s()]+", fault.scenarios)) - {"and", "or", "not"} <= {*clauses(), *TAGS}


def test_faults_are_spread_over_the_system() -> None:
    areas = Counter(fault.area for fault in FAULTS)

    expected = {"portal", "order", "mail", "tls", "cookie", "p12", "csv", "pdf", "javascript", "download", "text"}
    assert set(areas) == expected
    assert not any(mutant.area or mutant.scenarios for mutant in KNOWN)


def test_what_breaks_nothing_is_judged_by_all_that_judges_the_faults() -> None:
    first, second = FAULTS[0], FAULTS[1]

    (arguments,) = mutation.unbroken([first, second, first]).rings.values()

    assert arguments[-1] == f"(({first.scenarios}) or ({second.scenarios})) and not 実画面"
    assert mutation.unbroken(KNOWN).rings == mutation.RINGS


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


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout with a rule, a test of it and a scenario of it, each by another tag."""
    folder = tmp_path / "checkout"
    (folder / "tests").mkdir(parents=True)
    (folder / "features").mkdir()
    (folder / "rule.py").write_text("LIMIT = 6\n", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  LGN-10:\n  LGN-11:\n  実画面:\n", encoding="utf-8")
    check = (
        "import pytest, rule\n{marks}def test_limit(): assert rule.LIMIT == 6, f'期待: 6回 / 実際: {{rule.LIMIT}}回'\n"
    )
    (folder / "tests" / "test_rule.py").write_text(check.format(marks=""), encoding="utf-8")
    marks = "@getattr(pytest.mark, 'LGN-10')\n"
    (folder / "features" / "test_screen.py").write_text(check.format(marks=marks), encoding="utf-8")
    marks = "@getattr(pytest.mark, 'LGN-11')\n@pytest.mark.実画面\n"
    (folder / "features" / "test_real_screen.py").write_text(check.format(marks=marks), encoding="utf-8")
    monkeypatch.setattr(judging, "ROOT", folder)
    monkeypatch.setattr(mutation, "RINGS", {"単体テスト": ("tests",)})
    return folder


def test_a_mutant_is_judged_on_a_copy_and_the_tests_that_notice_are_named(checkout: Path) -> None:
    seven = Mutant("seven", "", (), "rule.py", "= 6", "= 7")

    assert judging.judge(mutation.unbroken([seven]), every_ring=False).survived
    noticed = judging.judge(seven, every_ring=False).noticed
    assert noticed == {"単体テスト": Noticed("test_rule::test_limit", "期待: 6回 / 実際: 7回")}
    assert (checkout / "rule.py").read_text(encoding="utf-8") == "LIMIT = 6\n"


@pytest.mark.usefixtures("checkout")
def test_a_fault_is_judged_by_its_scenarios_and_their_headline_is_told() -> None:
    seven = Mutant("seven", "", (), "rule.py", "= 6", "= 7", scenarios="LGN-10 or LGN-11")

    assert judging.judge(mutation.unbroken([seven]), every_ring=False).survived
    verdict = judging.judge(seven, every_ring=False)
    assert verdict.noticed == {"シナリオ": Noticed("test_screen::test_limit", "期待: 6回 / 実際: 7回")}
    assert verdict.tells


@pytest.mark.usefixtures("checkout")
def test_scenarios_that_need_a_real_screen_judge_nothing() -> None:
    with pytest.raises(MutantError, match="変異 seven: テストを実行できません"):
        judging.judge(Mutant("seven", "", (), "rule.py", "= 6", "= 7", scenarios="LGN-11"), every_ring=False)


@pytest.mark.parametrize(
    ("headline", "tells"), [(TOLD, True), ("期待: 1通", False), ("実際: 0通", False), ("assert 0 == 1", False)]
)
def test_a_headline_tells_when_it_names_what_was_expected_and_what_there_was(headline: str, *, tells: bool) -> None:
    assert Verdict(FAULTS[0], {"シナリオ": Noticed("test_one", headline)}, 1.0).tells is tells


def test_a_survivor_tells_nothing() -> None:
    assert not Verdict(FAULTS[0], {"シナリオ": None}, 1.0).tells


def test_tests_that_cannot_be_run_on_a_mutant_are_no_proof(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(judging, "ROOT", tmp_path)
    monkeypatch.setattr(mutation, "RINGS", {"単体テスト": ("no/such/tests",)})

    with pytest.raises(MutantError, match="テストを実行できません"):
        judging.judge(mutation.unbroken(KNOWN), every_ring=False)
