from typing import Any

from manuals.procedure import acts_of, given_of
from storyboard.model import Box, Step, Touch
from tests.unit.manuals.content_samples import step
from tests.unit.reports.report_samples import make_scenario


def texts(steps: list[Step]) -> list[str]:
    return [one.text for one in steps]


def acts(*steps: Step) -> list[tuple[list[str], list[str]]]:
    return [(texts(act.whens), texts(act.thens)) for act in acts_of(make_scenario("a-1", steps=steps))]


def on(title: str, **changes: Any) -> dict[str, Any]:
    return {"screen_id": None, "screen_title": title, **changes}


def test_what_must_be_so_before_is_no_part_of_the_procedure() -> None:
    scenario = make_scenario("a-1", steps=(step(1, "前提", "甲"), step(2, "かつ", "乙"), step(3, "もし", "丙")))
    assert texts(given_of(scenario)) == ["甲", "乙"]
    assert [texts(act.whens) for act in acts_of(scenario)] == [["丙"]]


def test_steps_on_one_screen_are_one_act_and_another_screen_begins_another() -> None:
    steps = (step(1, "もし", "甲"), step(2, "かつ", "乙"), step(3, "かつ", "丙", screen_id="DC590101"))
    assert acts(*steps) == [(["甲", "乙"], []), (["丙"], [])]


def test_what_is_done_after_something_came_of_it_is_another_act_on_the_same_screen() -> None:
    steps = (step(1, "もし", "甲"), step(2, "ならば", "乙"), step(3, "かつ", "丙"), step(4, "もし", "丁"))
    assert acts(*steps) == [(["甲"], ["乙", "丙"]), (["丁"], [])]


def test_a_procedure_may_begin_with_something_to_see() -> None:
    assert acts(step(1, "前提", "甲"), step(2, "ならば", "乙")) == [([], ["乙"])]


def test_pages_of_a_window_with_one_title_are_told_apart_by_their_addresses() -> None:
    pages = [on("ウィザード", surface="desk", url=f"http://127.0.0.1/desk/{page}") for page in ("one", "two")]
    assert acts(step(1, "もし", "甲", **pages[0]), step(2, "かつ", "乙", **pages[1])) == [(["甲"], []), (["乙"], [])]


def test_the_picture_is_the_last_one_before_the_screen_was_left() -> None:
    (act,) = acts_of(make_scenario("a-1", steps=(step(1, "もし", "甲"), step(2, "かつ", "乙", picture=None))))
    assert act.picture is not None
    assert act.picture.text == "甲"


def test_a_control_used_twice_has_one_number_and_stands_where_it_was_used_last() -> None:
    first = (Touch("氏名", "input", Box(1, 1, 9, 9), "甲"), Touch("登録", "button", Box(1, 20, 9, 9)))
    again = (Touch("氏名", "input", Box(1, 31, 9, 9), "乙"), Touch("登録", "button", Box(1, 50, 9, 9)))
    steps = (step(1, "もし", "甲", touches=first), step(2, "かつ", "乙", touches=again))
    (act,) = acts_of(make_scenario("a-1", steps=steps))
    assert act.touches == again
    assert [act.numbers(one) for one in steps] == [(1, 2), (1, 2)]


def test_what_was_used_on_an_earlier_page_is_not_in_the_picture() -> None:
    touches = (Touch("発行", "button"), Touch("認証", "button", Box(1, 20, 9, 9)))
    (act,) = acts_of(make_scenario("a-1", steps=(step(1, "もし", "甲", touches=touches),)))
    assert [touch.label for touch in act.touches] == ["認証"]
