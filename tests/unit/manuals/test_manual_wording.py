"""The project's wording against the project's scenarios, without running them."""

from collections.abc import Iterator

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Scenario

from manuals.outline import CONTENT, Outline, load_outline
from manuals.sentences import polite
from storyboard.model import FOR_MANUAL

FEATURES = CONTENT.parents[1] / "features"
OUTLINE = load_outline()
# What tells a reader that nobody thought of him: test data, and what is said of the test bench.
STRANGE = ("契約「10000001」", "契約「20000001」", "登録されている", "である。", "する。", "通です")


def scenarios_for_the_manual(outline: Outline) -> Iterator[Scenario]:
    for name in outline.features:
        for template in get_feature(str(FEATURES), name, encoding="utf-8").scenarios.values():
            if FOR_MANUAL in template.tags:
                contexts = [context for examples in template.examples for context in examples.as_contexts()]
                yield from (template.render(context) for context in contexts or [{}])


@pytest.fixture(scope="module")
def marked() -> list[Scenario]:
    return list(scenarios_for_the_manual(OUTLINE))


def test_every_sentence_of_every_scenario_for_the_manual_is_worded(marked: list[Scenario]) -> None:
    assert len(marked) > 100
    said = [polite(step.name, OUTLINE.wording) for scenario in marked for step in scenario.steps]
    assert [text for text in said if text and not text.endswith(("。", "）。"))] == []


def test_no_sentence_speaks_of_test_data(marked: list[Scenario]) -> None:
    said = {polite(step.name, OUTLINE.wording) for scenario in marked for step in scenario.steps}
    assert [text for text in sorted(said) if any(word in text for word in STRANGE)] == []


def test_titles_are_headings_without_marks_of_outlines_or_full_stops(marked: list[Scenario]) -> None:
    assert [one.name for one in marked if set("<>") & set(one.name) or one.name.endswith("。")] == []


def test_every_sentence_that_is_replaced_is_said_in_some_scenario(marked: list[Scenario]) -> None:
    names = {step.name for scenario in marked for step in scenario.steps}
    # Secrets are masked before a sentence is worded, so that sentences with the mask are not to be found here.
    forms = [form for form, _ in OUTLINE.wording.forms if "●" not in form.pattern]
    assert [form.pattern for form in forms if not any(map(form.fullmatch, names))] == []
