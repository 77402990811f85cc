"""The windows of the desk hold together, and say what the manuals print."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from simulator.catalogue.desk_windows import DeskCatalogue, DeskError, Part, load_desk
from simulator.catalogue.loading import SafeLoader
from simulator.desk.verbs import VERBS

FOLDER = Path(str(files("simulator.catalogue") / "desk"))
CLAUSES = yaml.load(Path("features/clauses.yaml").read_text(encoding="utf-8"), SafeLoader)["clauses"]  # noqa: S506
SHOWN_BY = ("os-illustration", "browser-settings")
# Said by a sentence, a figure or another rule, and not as a label of a window.
ELSEWHERE = {"[×]", "ＯＮ", "ＯＦＦ", "Windows", "(9)(10)", "個人情報", "電子証明書の選択画面"}


@pytest.fixture(scope="module")
def desk() -> DeskCatalogue:
    """The windows of the package."""
    return load_desk()


def labels(desk: DeskCatalogue) -> set[str]:
    """Every label, title, state and text."""
    parts: list[Part] = [part for window in desk.windows.values() for part in window.walk()]
    texts = {part.label for part in parts} | {choice for part in parts for choice in part.choices.values()}
    texts |= {state for setting in desk.settings.values() for state in setting.states.values()}
    for window in desk.windows.values():
        texts |= {window.title, window.tab, window.heading}
    return texts | {program.label for program in desk.programs}


def test_every_clause_that_a_window_names_exists(desk: DeskCatalogue) -> None:
    named = {clause for window in desk.windows.values() for clause in window.clauses}
    named |= {clause for window in desk.windows.values() for part in window.walk() for clause in part.clauses}
    named |= {clause for program in desk.programs for clause in program.clauses}
    assert named - {clause["id"] for clause in CLAUSES} == set()


@pytest.mark.parametrize("clause", [c for c in CLAUSES if c["testable_by"] in SHOWN_BY], ids=lambda c: c["id"])
def test_the_terms_of_every_illustrated_clause_stand_in_some_window(
    desk: DeskCatalogue, clause: dict[str, Any]
) -> None:
    guides = " ".join(window.guide for window in desk.windows.values())
    known = labels(desk)
    lacking = [term for term in clause["terms"] if not any(term in label for label in known) and term not in guides]
    assert set(lacking) <= ELSEWHERE


def test_whatever_a_part_does_is_known(desk: DeskCatalogue) -> None:
    named = {part.does for window in desk.windows.values() for part in window.walk() if part.does}
    assert named == set(VERBS) - {"toggle"}


def test_every_window_is_reached_from_another_or_by_a_verb(desk: DeskCatalogue) -> None:
    reached = {part.leads_to for window in desk.windows.values() for part in window.walk()}
    reached |= {key for group in desk.groups.values() for key in group}
    reached |= {program.leads_to for program in desk.programs}
    reached |= {window.closes_to or window.over or "desktop" for window in desk.windows.values()}
    by_verbs = {"wizard_warning", "ie_security", "select_edge", "viewer_reader", "viewer_edge"}
    by_verbs |= {"viewer_excel", "closing", "taskbar"}
    assert set(desk.windows) - reached == by_verbs


def test_what_is_done_next_stands_beside_every_window(desk: DeskCatalogue) -> None:
    assert [window.key for window in desk.windows.values() if not window.guide] == ["taskbar"]


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        ("edge.yaml", lambda d: d["windows"][0]["parts"][0].update(shows="colour"), "設定 colour はありません"),
        ("edge.yaml", lambda d: d["windows"][0]["tools"][0].update(leads_to="x"), "ウィンドウ x はありません"),
        ("edge.yaml", lambda d: d["windows"][0]["parts"][1].update(key="menu"), "menu が重複しています"),
        ("pc.yaml", lambda d: d["lists"].remove("trusted_sites"), "一覧 trusted_sites はありません"),
        ("pc.yaml", lambda d: d["groups"]["edge"].append("y"), "ウィンドウ y はありません"),
        ("pc.yaml", lambda d: d.pop("words"), "words"),
        ("edge.yaml", lambda d: d["windows"].append(d["windows"][0]), "同じ key"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(
    tmp_path: Path, file: str, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    copytree(FOLDER, tmp_path / "desk")
    path = tmp_path / "desk" / file
    data = yaml.load(path.read_text(encoding="utf-8"), SafeLoader)  # noqa: S506
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(DeskError, match=told):
        load_desk(tmp_path / "desk")
