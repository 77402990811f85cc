from pathlib import Path
from typing import Any

import pytest

from manuals.outline import CONTENT, OutlineError, load_outline
from simulator.catalogue import Edition
from storyboard.model import FOR_MANUAL
from tests.unit.manuals.content_samples import CHAPTER, FEATURE, content

FEATURES = CONTENT.parents[1] / "features"


def test_chapters_keep_the_order_of_their_numbers_and_lose_them_as_keys(tmp_path: Path) -> None:
    second, first = {**CHAPTER, "features": []}, CHAPTER
    outline = load_outline(content(tmp_path / "content", {"320_menu_bar": second, "310_login": first}))
    assert list(outline.chapters) == ["login", "menu_bar"]
    assert outline.features == {FEATURE: "login"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"trail": "nowhere"}, "trail「nowhere」"),
        ({"step": "ログアウト"}, "「ログアウト」はありません"),
        ({"titel": "x"}, "titel"),
        ({"editions": ["both"]}, "editions"),
    ],
)
def test_a_chapter_that_says_what_it_cannot_is_refused(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    folder = content(tmp_path / "content", {"310_login": {**CHAPTER, **changes}})
    with pytest.raises(OutlineError, match=told):
        load_outline(folder)


def test_a_feature_in_two_chapters_is_refused(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", {"310_login": CHAPTER, "320_again": CHAPTER})
    with pytest.raises(OutlineError, match=rf"{FEATURE} が複数の章にあります"):
        load_outline(folder)


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    folder = content(tmp_path / "content")
    (folder / "wording.yaml").write_text("endings: [", encoding="utf-8")
    with pytest.raises(OutlineError, match=r"content/wording\.yaml: 読めません"):
        load_outline(folder)
    (folder / "wording.yaml").unlink()
    with pytest.raises(OutlineError, match=r"content/wording\.yaml"):
        load_outline(folder)


def test_a_step_of_a_way_with_an_unknown_word_is_refused(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", trails={"way": [{"label": "ログイン", "screen": ["login"]}]})
    with pytest.raises(OutlineError, match=r"content/trails\.yaml"):
        load_outline(folder)


def test_every_chapter_of_the_project_names_feature_files_with_scenarios_for_the_manual() -> None:
    for feature in load_outline().features:
        assert f"@{FOR_MANUAL}" in (FEATURES / feature).read_text(encoding="utf-8"), feature


def test_every_feature_file_with_scenarios_for_the_manual_is_in_a_chapter() -> None:
    marked = {
        path.relative_to(FEATURES).as_posix()
        for path in FEATURES.rglob("*.feature")
        if f"@{FOR_MANUAL}" in path.read_text(encoding="utf-8")
    }
    assert marked == set(load_outline().features)


def test_both_editions_have_chapters_for_masters_and_for_general_users() -> None:
    for edition in Edition:
        audiences = {one.audience for one in load_outline().chapters.values() if edition in one.editions}
        assert audiences == {"everyone", "master", "general"}
