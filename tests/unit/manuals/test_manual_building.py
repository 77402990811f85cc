from dataclasses import replace
from pathlib import Path

import pytest

from manuals.building import ManualError
from manuals.figures import UnmatchedMask
from manuals.model import Manual
from manuals.outline import OutlineError
from manuals.sentences import UnknownEnding
from simulator.catalogue import Edition
from storyboard.model import Scenario
from tests.unit.manuals.content_samples import (
    CHAPTER,
    TRAILS,
    WORDING,
    builder,
    content,
    login_scenario,
    step,
)


def build(folder: Path, *scenarios: Scenario, edition: Edition = Edition.EMPLOYER) -> Manual:
    return builder(folder, scenarios, edition).build()


def titles(manual: Manual) -> list[str]:
    return [section.title for section in manual.sections()]


def test_a_scenario_becomes_numbered_instructions_with_a_picture_and_its_badges(tmp_path: Path) -> None:
    (section,) = build(content(tmp_path / "c"), login_scenario()).sections()
    (scene,) = section.scenes
    assert (section.number, section.title, section.given) == ("1.1", "ログインする", ())
    assert [(one.number, one.text, one.badges) for one in scene.instructions] == [
        (1, "「パスワード」を入力します。", (1,)),
        (2, "「ログイン」ボタンを押します。", (2,)),
    ]
    assert scene.figure is not None
    assert scene.outcome is not None
    assert (scene.figure.number, scene.figure.caption) == ("図1-1", "「ログイン」画面")
    assert [(badge.number, badge.label, badge.action) for badge in scene.figure.badges] == [
        (1, "パスワード", "入力"),
        (2, "ログイン", "クリック"),
    ]
    assert (scene.outcome.number, scene.outcome.caption) == ("図1-2", "「インフォメーション」画面")
    assert scene.results[0] == "「インフォメーション」画面が表示されます。"


def test_a_secret_whose_place_was_not_recorded_is_refused(tmp_path: Path) -> None:
    steps = tuple(replace(one, hidden=()) for one in login_scenario().steps)
    with pytest.raises(UnmatchedMask, match="パスワード"):
        build(content(tmp_path / "c"), login_scenario(steps=steps))


@pytest.mark.parametrize(("outcome", "told"), [("failed", "失敗しています"), ("skipped", "見送られています")])
def test_a_scenario_that_did_not_pass_is_refused(tmp_path: Path, outcome: str, told: str) -> None:
    with pytest.raises(ManualError, match=rf"{told}.*login\.feature:10"):
        build(content(tmp_path / "c"), login_scenario(outcome=outcome, reason="画面がない"))


def test_a_marked_scenario_without_a_chapter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManualError, match=r"どの章にもない機能ファイルです: features/menu/menu_bar\.feature"):
        build(content(tmp_path / "c"), login_scenario(file="features/menu/menu_bar.feature"))


def test_a_scenario_that_is_not_marked_is_left_out(tmp_path: Path) -> None:
    in_new_folder = login_scenario(tags=(), file="features/my_office/search.feature", chapter="そのほか（my_office）")

    assert titles(build(content(tmp_path / "c"), login_scenario(tags=()))) == []
    assert titles(build(content(tmp_path / "d"), in_new_folder)) == []


def test_an_ending_nobody_has_worded_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(UnknownEnding, match="眺めた"):
        build(content(tmp_path / "c"), login_scenario(steps=(step(1, "もし", "眺めた"),)))


def test_a_way_with_an_unknown_screen_is_refused(tmp_path: Path) -> None:
    folder = content(tmp_path / "c", trails={"way": [{"label": "ログイン", "screens": ["log_in"]}]})
    with pytest.raises(OutlineError, match="log_in"):
        build(folder, login_scenario())


def test_scenes_tell_their_step_of_the_way_and_a_chapter_that_is_one_step_has_it_marked(tmp_path: Path) -> None:
    (chapter,) = build(content(tmp_path / "c"), login_scenario()).chapters
    assert [one.label for one in chapter.trail if one.is_current] == []
    assert chapter.sections[0].scenes[0].steps == (2,)
    whole = {"310_login": {**CHAPTER, "step": "次"}}
    (chapter,) = build(content(tmp_path / "d", whole), login_scenario()).chapters
    assert [one.label for one in chapter.trail if one.is_current] == ["次"]
    assert len(TRAILS["way"]) == len(chapter.trail)


def test_the_other_editions_scenarios_are_shown_in_shared_chapters_only(tmp_path: Path) -> None:
    scenario = login_scenario(edition="employer")
    assert titles(build(content(tmp_path / "c"), scenario, edition=Edition.MEMBER)) == []
    shared = content(tmp_path / "d", {"310_login": {**CHAPTER, "shared": True}})
    assert titles(build(shared, scenario, edition=Edition.MEMBER)) == ["ログインする"]


def test_of_an_outline_with_examples_of_both_editions_a_shared_chapter_shows_the_own_one(tmp_path: Path) -> None:
    shared = content(tmp_path / "c", {"310_login": {**CHAPTER, "shared": True}})
    both = [login_scenario(f"login-login-01-0{place}", edition=one) for place, one in enumerate(Edition, 1)]
    for place, edition in enumerate(Edition, 1):
        manual = build(shared, *both, edition=edition)
        assert [section.id for section in manual.sections()] == [f"login-login-01-0{place}"]


def test_an_extract_keeps_the_numbers_of_the_whole(tmp_path: Path) -> None:
    before = {**CHAPTER, "features": [], "title": "前"}
    folder = content(tmp_path / "c", {"300_before": before, "310_login": CHAPTER})
    (chapter,) = builder(folder, [login_scenario()]).build(["login"]).chapters
    assert (chapter.number, chapter.sections[0].number) == (2, "2.1")


def test_a_screens_tables_and_notes_stand_where_it_is_shown_first(tmp_path: Path) -> None:
    manual = build(content(tmp_path / "c"), login_scenario("login-login-01"), login_scenario("login-login-02"))
    first, second = manual.sections()
    assert [(table.id, table.inputs[0].label) for table in first.tables if table.inputs] == [("DC582101", "パスワード")]
    assert "LGN-10" in first.told
    assert any("続けて6回間違えると" in note for table in first.tables for note in table.notes)
    assert second.tables == ()


def test_what_differs_in_a_message_from_time_to_time_is_named(tmp_path: Path) -> None:
    messages = {line.code: line.text for line in build(content(tmp_path / "c"), login_scenario()).messages}
    assert messages["E1001"] == "〈項目名〉を入力してください。"
    assert not any("{" in text for text in messages.values())


def test_what_differs_in_a_message_has_to_have_a_name(tmp_path: Path) -> None:
    folder = content(tmp_path / "c", wording={**WORDING, "blanks": {}})
    with pytest.raises(ManualError, match="blanks に field がありません"):
        build(folder, login_scenario())


def test_a_symptom_tells_its_cause(tmp_path: Path) -> None:
    scenario = login_scenario(tags=("手順書", "症状"), rule="Cookieが無効になっている")
    (section,) = build(content(tmp_path / "c"), scenario).sections()
    assert section.lead == "原因：Cookieが無効になっている"


def test_the_same_picture_with_other_badges_has_a_name_of_its_own(tmp_path: Path) -> None:
    given, typed, pressed, *_ = login_scenario().steps
    again = step(4, "ならば", "される"), step(5, "もし", "押す", touches=pressed.touches, picture=pressed.picture)
    manual = build(content(tmp_path / "c"), login_scenario(steps=(given, typed, pressed, *again)))
    ids = [figure.id for figure in manual.figures()]
    assert ids == ["sample-03", "sample-03-2"]
