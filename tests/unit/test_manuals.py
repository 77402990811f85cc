"""The chapters of マニュアル照会 hold together with the screens they show (MNU-15, USR-07)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.catalogue import Catalogue, CatalogueError, Edition, load_catalogue, manual_pages
from simulator.catalogue.loading import SafeLoader

EDITIONS = [Edition.EMPLOYER, Edition.MEMBER]
Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of the package."""
    return load_catalogue()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_screen_but_those_of_the_common_edition_is_in_a_chapter(catalogue: Catalogue, edition: Edition) -> None:
    shown = {step.screen for manual in catalogue.manuals_for(edition) for step in manual.steps}
    # What is linked at the foot of every page is told in the common edition, which is left out (MNU-15).
    own = {key for key, screen in catalogue.screens.items() if edition in screen.editions}
    assert shown == own - set(catalogue.footer)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_two_chapters_on_general_users_are_named_as_the_guide_names_them(
    catalogue: Catalogue, edition: Edition
) -> None:
    clauses = yaml.load(Path("features/clauses.yaml").read_text(encoding="utf-8"), SafeLoader)["clauses"]  # noqa: S506
    (terms,) = [clause["terms"] for clause in clauses if clause["id"] == "USR-07"]
    titles = [manual.title for manual in catalogue.manuals_for(edition) if "USR-07" in manual.clauses]
    assert titles == [term for term in terms if term != catalogue.screen("manual_lookup").title]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_step_says_what_to_do_and_no_name_is_left_in_braces(catalogue: Catalogue, edition: Edition) -> None:
    for manual in catalogue.manuals_for(edition):
        pages = manual_pages(catalogue, manual, edition)
        assert [page.screen.key for page in pages if not page.lines] == []
        texts = [manual.title, manual.category, manual.introduction, *(line for page in pages for line in page.lines)]
        assert [text for text in texts if not text or re.search(r"[{}$]", text)] == []


def test_no_edition_has_two_chapters_of_one_title(catalogue: Catalogue) -> None:
    for edition in EDITIONS:
        titles = [manual.title for manual in catalogue.manuals_for(edition)]
        assert sorted(titles) == sorted(set(titles))


def test_the_user_information_chapter_has_each_edition_s_number(catalogue: Catalogue) -> None:
    numbered = {e: [m.title for m in catalogue.manuals_for(e) if "DIF-03" in m.clauses] for e in EDITIONS}
    for edition, titles in numbered.items():
        notes = catalogue.screen("registration_result").notes_for(edition)
        assert len(titles) == 1
        assert [note for note in notes if titles[0] in note.text]


def test_labels_are_taken_from_the_screens_and_the_menu(copy: Path) -> None:
    rename(copy / "screens" / "user_list.yaml", "label: 登録へ", "label: 新規登録へ")
    rename(copy / "system.yaml", "label: 契約ユーザー情報照会", "label: ユーザー")
    rename(copy / "screens" / "password_change.yaml", "title: パスワード変更", "title: 合言葉の変更")
    changed = load_catalogue(copy)
    texts = [step.text for step in changed.manual("general_registration", Edition.EMPLOYER).steps]
    assert texts[1] == "「メニュー⇒システム管理機能⇒ユーザー」を選びます。"
    assert texts[2].startswith("「新規登録へ」ボタン")
    assert changed.manual("password_change", Edition.MEMBER).title == "合言葉の変更"


def test_a_step_on_some_blocks_of_a_screen_shows_only_what_belongs_to_them(catalogue: Catalogue) -> None:
    manual = catalogue.manual("users", Edition.EMPLOYER)
    blocks = [p for p in manual_pages(catalogue, manual, Edition.EMPLOYER) if p.screen.key == "user_change"]
    assert [[button.key for button in block.buttons] for block in blocks] == [
        ["change"],
        ["set_password"],
        ["release"],
        ["delete"],
    ]
    assert [len(block.fields) for block in blocks] == [3, 2, 0, 0]
    # What the whole screen notes is told once, at its end.
    assert [bool(block.notes) for block in blocks] == [False, False, False, True]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_step_on_a_whole_screen_shows_all_of_it_with_the_notes_of_the_edition(
    catalogue: Catalogue, edition: Edition
) -> None:
    manual = catalogue.manual("master_registration", edition)
    top, _, registration, _ = manual_pages(catalogue, manual, edition)
    screen = catalogue.screen("master_registration")
    assert (registration.fields, registration.buttons) == (screen.fields, screen.buttons)
    assert registration.notes == screen.notes_for(edition)
    assert top.notes == catalogue.screen("login_top").section("first_time").notes


def test_a_chapter_of_the_other_edition_is_not_there(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.manual("users", Edition.MEMBER)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda m: m[0]["steps"][0].update(screen="nowhere"), "画面 nowhere はありません"),
        (lambda m: m[0]["steps"][0].update(sections=["nothing"]), "login_top に欄 nothing はありません"),
        (lambda m: m[0]["steps"][0].update(text="{nowhere}"), r"{nowhere} はありません"),
        (lambda m: m[0].update(introduction="{login.nothing}"), r"{login.nothing} はありません"),
        (lambda m: m[0].update(category="{menu.nothing}"), r"{menu.nothing} はありません"),
        (lambda m: m[0].update(title="{menu}"), r"{menu} はありません"),
        (lambda m: m[0].update(key=m[1]["key"]), "が重複しています"),
        (lambda m: m[0].update(steps=[]), "manuals.yaml"),
        (lambda m: m[0].update(editions=["trainer"]), "editions"),
        (lambda m: m[0]["steps"][0].update(screen="deduction_list"), "deduction_list はemployer編にありません"),
        (lambda m: m[0].pop("title"), "title"),
    ],
)
def test_a_chapter_that_names_what_is_not_there_is_refused(copy: Path, change: Change, named: str) -> None:
    path = copy / "manuals.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data["manuals"])
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    assert named in str(caught.value)


def rename(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
