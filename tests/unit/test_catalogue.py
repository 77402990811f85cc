from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.catalogue import Catalogue, CatalogueError, Edition, load_catalogue
from simulator.catalogue.loading import SafeLoader
from simulator.rules import Support, field_rules, load_profile

PACKAGE = Path(str(files("simulator.catalogue")))
CLAUSES = yaml.load(Path("features/clauses.yaml").read_text(encoding="utf-8"), SafeLoader)  # noqa: S506
MANUAL = {screen["name_ja"]: screen for screen in CLAUSES["screens"]}
CLAUSE_IDS = {clause["id"] for clause in CLAUSES["clauses"]}
KEYBOARD = "ソフトウェアキーボード"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def screens() -> Catalogue:
    """The catalogue of the package."""
    return load_catalogue()


def test_the_files_hold_together(screens: Catalogue) -> None:
    assert {path.stem for path in (PACKAGE / "screens").glob("*.yaml")} == set(screens.screens)
    assert [key for key, screen in screens.screens.items() if key != screen.key] == []


def test_the_printed_ids_are_the_manual_s_and_all_others_are_marked_as_assumed(screens: Catalogue) -> None:
    printed = {screen.title: screen.id for screen in screens.screens.values() if not screen.id_assumed}
    assert printed == {
        "ろうきん賃金控除事務支援システムログイン画面": "DC581101",
        "マスターユーザー初期登録": "DC584101",
    }
    assert printed == {name: screen["id"] for name, screen in MANUAL.items() if screen["id"]}


def test_no_id_title_or_path_is_used_twice(screens: Catalogue) -> None:
    every = screens.screens.values()
    for values in ([s.id for s in every], [s.title for s in every], [s.path for s in every if s.path]):
        assert sorted(values) == sorted(set(values))


def test_titles_that_the_manual_does_not_print_are_marked_as_assumed(screens: Catalogue) -> None:
    printed = {name for name, screen in MANUAL.items() if screen["name_printed"]}
    wrong = [s.title for s in screens.screens.values() if not s.title_assumed and s.title not in printed]
    assert wrong == []


def test_every_clause_that_is_named_exists(screens: Catalogue) -> None:
    parts: list[Any] = [
        *screens.menu_bar,
        *(i for group in screens.menu_bar for i in group.items),
        *screens.screens.values(),
        *screens.manuals,
    ]
    for screen in screens.screens.values():
        parts += [*screen.fields, *screen.buttons, *screen.sections, *screen.notes]
        parts += [note for section in screen.sections for note in section.notes]
    named = {clause for part in parts for clause in part.clauses}
    assert named - CLAUSE_IDS == set()
    assert len(named) > 80


@pytest.mark.parametrize("title", sorted(set(MANUAL) & {s.title for s in load_catalogue().screens.values()}))
def test_every_field_and_button_of_the_manual_stands_on_its_screen(screens: Catalogue, title: str) -> None:
    screen, manual = screens.titled(title), MANUAL[title]
    assert [f.label for f in screen.fields if not f.assumed] == [field["label"] for field in manual["fields"]]
    labels = {button["label"].split(" (")[0] for button in manual["buttons"]}
    links = {note.link for section in screen.sections for note in section.notes if note.link}
    # The manual lists the menu bar with its first screen only, and no button at all where it shows no picture.
    bar = {item.label for item in screens.menu_bar if Edition.EMPLOYER in item.editions}
    menu = bar if screen.key == "information" else set()
    keyboard = {KEYBOARD} if labels and any(field.software_keyboard for field in screen.fields) else set()
    own = set() if screen.key == "software_keyboard" else {b.label for b in screen.buttons if not b.assumed}
    assert labels == own | links | menu | keyboard


def test_all_screens_of_this_flow_are_there(screens: Catalogue) -> None:
    flow = list(MANUAL)[: list(MANUAL).index("ログイン") + 1]
    assert [title for title in flow if title not in {s.title for s in screens.screens.values()}] == []
    assert len(flow) == 10


@pytest.mark.parametrize("title", sorted(set(MANUAL) & {s.title for s in load_catalogue().screens.values()}))
def test_every_button_leads_where_the_manual_says(screens: Catalogue, title: str) -> None:
    screen = screens.titled(title)
    said = {button["label"]: button["to"] for button in MANUAL[title]["buttons"]}
    for button in screen.buttons:
        if button.label in said and button.leads_to and button.key != "close":
            assert said[button.label].split(" (")[0].split(";")[0] == screens.screen(button.leads_to).title


def test_the_profile_s_values_are_in_the_texts_and_no_placeholder_is_left(screens: Catalogue) -> None:
    profile = load_profile()
    text = screens.model_dump_json()
    assert "$" not in text
    assert screens.screen("code_entry").field("code").hint == f"半角数字{profile.code_digits}桁"
    assert f"発行日を含めて{profile.certificate_days + 1}日間" in text
    assert f"続けて{profile.failures_before_lock}回間違えると、{profile.lock_minutes}分間" in text


def test_every_field_s_rule_exists_and_secrets_have_the_software_keyboard(screens: Catalogue) -> None:
    rules = field_rules(load_profile())
    fields = [field for screen in screens.screens.values() for field in screen.fields]
    assert {field.rule for field in fields} == set(rules)
    assert [f.key for f in fields if f.secret is not f.software_keyboard] == []


def test_notes_are_those_of_the_edition_or_of_both(screens: Catalogue) -> None:
    screen = screens.screen("master_registration")
    texts = {e: [note.text for note in screen.notes_for(e)] for e in (None, Edition.EMPLOYER, Edition.MEMBER)}
    employer, member = set(texts[Edition.EMPLOYER]), set(texts[Edition.MEMBER])
    assert employer & member == set(texts[None])
    assert [text for text in texts[Edition.EMPLOYER] if "1事業主につき" in text]
    assert [text for text in texts[Edition.MEMBER] if "1会員につき" in text]
    assert not [text for text in member if "事業主" in text]
    assert not [text for text in employer if "会員" in text]
    assert [text for text in member - employer if "携帯電話" in text]


@pytest.mark.parametrize("edition", [Edition.EMPLOYER, Edition.MEMBER])
def test_both_editions_have_as_many_notes_on_the_result(screens: Catalogue, edition: Edition) -> None:
    assert len(screens.screen("registration_result").notes_for(edition)) == 2


def test_what_is_not_there_is_named(screens: Catalogue) -> None:
    with pytest.raises(KeyError, match="「ない画面」"):
        screens.titled("ない画面")
    with pytest.raises(KeyError, match="画面「ログイン」に code はありません"):
        screens.screen("login").field("code")


def breaking(folder: Path, key: str, change: Change) -> None:
    path = folder / "screens" / f"{key}.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "change", "named"),
    [
        ("login", lambda s: s.update(id="DC581101"), "画面ID DC581101"),
        ("login", lambda s: s["fields"][0].update(rule="pass_word"), "login: 規則 pass_word"),
        ("login", lambda s: s["fields"][0].update(repeats="user_id"), "login: 項目 user_id"),
        ("user_change", lambda s: s["sections"][1].update(fields=["user_id"]), "user_change: 項目 user_id"),
        ("login", lambda s: s["buttons"][0].update(leads_to="nowhere"), "login: 遷移先 nowhere"),
        ("login_top", lambda s: s["sections"][0].update(buttons=["nothing"]), "login_top: ボタン nothing"),
        ("login_top", lambda s: s["sections"][0]["notes"][0].update(leads_to="lost"), "login_top: 遷移先 lost"),
        (
            "login",
            lambda s: s["sections"][0].update(values=["a", "b", "c", "d"]),
            "login: certificate の値が行より多く",
        ),
        ("login", lambda s: s.pop("title"), "login.yaml"),
        ("login", lambda s: s.update(titel="ログイン"), "login.yaml"),
        ("login", lambda s: s.update(title="操作エラー"), "画面名 操作エラー"),
        ("login", lambda s: s.update(path="/"), "パス / "),
        ("login", lambda s: s["notes"][0].update(editions=["trainer"]), "editions"),
        ("login", lambda s: s.update(lead="$no_such_value"), "login.yaml: 'no_such_value'"),
        ("login", lambda s: s.update(key="information"), "login.yaml: key は login"),
        ("login", lambda s: s["buttons"][0].update(key="login"), "login: login が重複"),
    ],
)
def test_a_broken_catalogue_is_refused_by_naming_what_is_wrong(
    copy: Path, key: str, change: Change, named: str
) -> None:
    breaking(copy, key, change)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    assert named in str(caught.value)


def test_a_file_that_is_no_yaml_is_named(copy: Path) -> None:
    (copy / "screens" / "login.yaml").write_text("key: [", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"login\.yaml"):
        load_catalogue(copy)


def test_a_menu_entry_that_leads_nowhere_is_refused(copy: Path) -> None:
    path = copy / "system.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("leads_to: information", "leads_to: info"), "utf-8")
    with pytest.raises(CatalogueError, match="遷移先 info"):
        load_catalogue(copy)


def test_a_menu_entry_for_an_edition_that_does_not_have_its_screen_is_refused(copy: Path) -> None:
    breaking(copy, "statement_list", lambda s: s.update(editions=["member"]))
    with pytest.raises(
        CatalogueError, match="メニュー: 財形積立明細照会 の画面 statement_list はemployer編にありません"
    ):
        load_catalogue(copy)


@pytest.mark.parametrize("key", ["nowhere", "closed_hours"])
def test_a_foot_of_the_page_that_leads_nowhere_is_refused(copy: Path, key: str) -> None:
    path = copy / "system.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[contact,", f"[{key},"), "utf-8")
    with pytest.raises(CatalogueError, match=f"フッター: 画面 {key}"):
        load_catalogue(copy)


def test_the_help_desk_and_the_environment_are_the_profile_s(screens: Catalogue) -> None:
    profile = load_profile()
    desk, software = screens.screen("contact").section("operation"), screens.screen("environment").section("software")
    assert desk.values[:2] == (profile.help_desk_name, profile.help_desk_phone)
    assert "9:00～18:00" in desk.values[2]
    assert desk.values[3].endswith("12月31日、1月1日、1月2日、1月3日")
    assert software.values == ("、".join(profile.operating_systems), "、".join(profile.browsers))
    assert set(software.states) == set(Support)
    assert profile.help_desk_phone in screens.screen("closed_hours").notes[-1].text


def test_all_faults_are_told_at_once(copy: Path) -> None:
    breaking(copy, "login", lambda s: s["fields"][0].update(rule="pass_word"))
    breaking(copy, "login_top", lambda s: s["buttons"][0].update(leads_to="nowhere"))
    with pytest.raises(CatalogueError, match=r"(?s)pass_word.*nowhere"):
        load_catalogue(copy)


def test_a_folder_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"system\.yaml"):
        load_catalogue(tmp_path)
