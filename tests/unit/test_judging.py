"""Mutants and faults are judged on a copy, and what the tests say is read."""

import re
from pathlib import Path

import pytest

from fixtures.options import TAGS, clauses
from koujyo import judging, mutants, mutation
from koujyo.mutation import Mutant, MutantError, Noticed, Verdict, load_mutants

KNOWN = load_mutants(mutants.MUTANTS)
FAULTS = load_mutants(mutants.FAULTS)
TOLD = "期待: 1通 / 実際: 0通"
MARKS = "import pytest\npytestmark = [getattr(pytest.mark, '{}')]\n"
# pytest cuts the message of a failure after a few lines.
CHECK = (
    "import rule\ndef test_limit(): assert rule.LIMIT == 6, '前の行\\n' * 20 + f'期待: 6回 / 実際: {rule.LIMIT}回'\n"
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_judged_by_scenarios_whose_tags_exist(fault: Mutant) -> None:
    assert set(re.split(r"[\s()]+", fault.scenarios)) - {"and", "or", "not"} <= {*clauses(), *TAGS}


def test_faults_are_spread_over_the_system() -> None:
    expected = {"portal", "order", "mail", "tls", "cookie", "p12", "csv", "pdf", "javascript", "download", "text"}

    assert {fault.area for fault in FAULTS} == expected
    assert not any(mutant.area or mutant.scenarios for mutant in KNOWN)


def test_what_breaks_nothing_is_judged_by_all_that_judges_the_faults() -> None:
    first, second = FAULTS[0], FAULTS[1]

    (arguments,) = mutation.unbroken([first, second, first]).rings.values()

    assert arguments[-1] == f"(({first.scenarios}) or ({second.scenarios})) and not 実画面"
    assert mutation.unbroken(KNOWN).rings == mutation.RINGS


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout with a rule, a test of it and a scenario of it, each by another tag."""
    folder = tmp_path / "checkout"
    files = {
        "rule.py": "LIMIT = 6\n",
        "pytest.ini": "[pytest]\nmarkers =\n  LGN-10:\n  LGN-11:\n  実画面:\n",
        "tests/test_rule.py": CHECK,
        "features/test_screen.py": MARKS.format("LGN-10") + CHECK,
        "features/test_real.py": MARKS.format("LGN-11") + "pytestmark += [pytest.mark.実画面]\n" + CHECK,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
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
