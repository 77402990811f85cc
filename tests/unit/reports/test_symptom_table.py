from collections.abc import Callable

from reports.symptoms import symptoms
from storyboard.model import SYMPTOM, Scenario, Step
from tests.unit.reports.report_samples import Report, make_scenario

STEPS = (
    ("前提", "契約がある"),
    ("もし", "アクセスする"),
    ("ならば", "閉じる"),
    ("かつ", "何も出ない"),
    ("もし", "許可する"),
    ("ならば", "一覧に出る"),
    ("もし", "もう一度アクセスする"),
    ("かつ", "待つ"),
    ("ならば", "開く"),
)


def scenario(identity: str = "s-01", steps: tuple[tuple[str, str], ...] = STEPS, **changes: object) -> Scenario:
    told = tuple(Step(n, keyword, text, "passed") for n, (keyword, text) in enumerate(steps, 1))
    return make_scenario(identity, **({"tags": (SYMPTOM,), "rule": "ブロックしている", "steps": told} | changes))


def test_a_symptom_is_read_from_the_rule_and_the_steps_of_its_scenario() -> None:
    (found,) = symptoms([scenario()])
    assert found.cause == "ブロックしている"
    assert found.seen == ("閉じる", "何も出ない")
    assert found.cure == ("許可する", "もう一度アクセスする", "待つ")
    assert found.after == ("開く",)


def test_scenarios_without_the_tag_tell_no_symptom() -> None:
    assert symptoms([scenario(tags=())]) == []


def test_symptoms_stand_in_the_order_of_their_files() -> None:
    later, sooner = scenario("a-02", line=30), scenario("b-01", line=5)
    assert [found.scenario for found in symptoms([later, sooner])] == [sooner, later]


def test_a_scenario_without_a_cure_still_has_its_line() -> None:
    (found,) = symptoms([scenario(steps=STEPS[:2])])
    assert (found.seen, found.cure, found.after) == ((), (), ())


def test_the_report_has_a_page_of_symptoms(write_report: Callable[..., Report]) -> None:
    page = write_report(scenario(clauses=("MRG-01",))).read("symptoms.html").text
    for text in ("シナリオ s-01", "ブロックしている", "許可する", "直ると：開く", "MRG-01"):
        assert text in page


def test_the_page_says_so_when_no_symptom_was_recorded(write_report: Callable[..., Report]) -> None:
    assert "記録されていません" in write_report(make_scenario("a-01")).read("symptoms.html").text
