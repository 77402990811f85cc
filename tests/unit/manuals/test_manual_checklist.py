import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from koujyo.places import CLAUSES
from manuals.checklist import ChecklistError, check, source_chapters
from reports.clauses import load_clauses
from simulator.catalogue import Edition
from tests.unit.manuals.content_samples import CHAPTER, builder, content, login_scenario


@dataclass(frozen=True)
class Clause:
    id: str
    sources: tuple[tuple[str, str], ...]


LOGIN = Clause("LGN-05", (("employer", "Ⅲ.2 ②, 通しページ 51 (seed L1)"),))
LOCK = Clause("LGN-10", (("employer", "Ⅲ.2 ② ※, 通しページ 51 (seed L2); cover §7, 通しページ 2 (seed L3)"),))
MENU = Clause("MNU-01", (("employer", "Ⅲ.4, 通しページ 56 (seed L4)"),))
MEMBER = Clause("MRG-01", (("member", "4-1, page not printed (seed L6-8)"),))
COVERING = {"310_login": {**CHAPTER, "sources": ["Ⅲ.2", "cover §7"]}}


@pytest.mark.parametrize(
    ("place", "chapters"),
    [
        ("cover §11(1)【注】, 通しページ 4 (seed L1)", ["cover §11"]),
        ("cover §1(1), 通しページ 1 (seed L9); 共通編 3.クライアント環境 表Ⅰ.3-1", ["cover §1", "共通編 3"]),
        ("別紙1 【IEモード】(16), 通しページ 25", ["別紙1 【Microsoft EdgeIEモードの場合】"]),
        ("remedy 別紙1 【Microsoft Edgeの場合】(8)-(10)", ["別紙1 【Microsoft Edgeの場合】"]),
        ("Ⅱ.1 ■電子証明書発行 ⑥ (wizard picture), page not printed", ["Ⅱ.1 ■電子証明書発行"]),
        ("Ⅲ.4 ＜財形貯蓄事務＞ 目次Ⅳ.1-1-3, Ⅳ.1-1-4, 通しページ 57", ["Ⅲ.4 ＜財形貯蓄事務＞"]),
        ("cover and 共通編, 通しページ 1-32; Ⅲ.1-Ⅲ.6, 通しページ 47-71", []),
    ],
)  # fmt: skip
def test_places_are_read_as_the_chapters_in_which_they_lie(place: str, chapters: list[str]) -> None:
    assert list(source_chapters(place)) == chapters


def test_a_place_nobody_understands_is_named() -> None:
    with pytest.raises(ChecklistError, match="Ⅴ"):
        list(source_chapters("Ⅴ.1 ②, 通しページ 99"))


def test_every_place_of_the_projects_own_catalogue_is_understood() -> None:
    found = {one for clause in load_clauses(CLAUSES) for _, place in clause.sources for one in source_chapters(place)}
    assert {"cover §1", "共通編 2", "4-2", "Ⅱ.1", "Ⅲ.6"} <= found
    assert len(found) == 30


def test_a_covered_chapter_tells_which_clauses_are_shown_and_stated(tmp_path: Path) -> None:
    manual = builder(content(tmp_path / "c", COVERING), [login_scenario()]).build()
    checklist = check(manual, [LOGIN, LOCK])
    checklist.require_complete()
    line = checklist.lines[0]
    assert (line.source, line.chapters, line.shown) == ("Ⅲ.2", ("login",), 2)
    assert [(one.sections, one.told) for one in line.clauses] == [
        (("login-login-01",), ("login-login-01",)),
        ((), ("login-login-01",)),
    ]


def test_a_chapter_that_no_chapter_covers_fails_the_build(tmp_path: Path) -> None:
    manual = builder(content(tmp_path / "c", COVERING), [login_scenario()]).build()
    with pytest.raises(ChecklistError, match=r"どの章にも載っていません: Ⅲ\.4"):
        check(manual, [LOGIN, LOCK, MENU]).require_complete()


def test_a_chapter_that_names_a_source_there_is_not_fails_the_build(tmp_path: Path) -> None:
    wrong = {"310_login": {**CHAPTER, "sources": ["Ⅲ.2", "cover §7", "Ⅲ.9"]}}
    manual = builder(content(tmp_path / "c", wrong), [login_scenario()]).build()
    with pytest.raises(ChecklistError, match=r"もとのマニュアルにない章です: Ⅲ\.9"):
        check(manual, [LOGIN, LOCK]).require_complete()


def test_each_edition_is_compared_with_its_own_source_document(tmp_path: Path) -> None:
    manual = builder(content(tmp_path / "c", COVERING), [login_scenario()], Edition.MEMBER).build()
    checklist = check(manual, [LOGIN, LOCK, MEMBER])
    assert [line.source for line in checklist.lines] == ["4-1"]
    assert checklist.problems == ("どの章にも載っていません: 4-1",)


def test_the_plain_json_tells_all_of_it(tmp_path: Path) -> None:
    manual = builder(content(tmp_path / "c", COVERING), [login_scenario()]).build()
    told = json.loads(check(manual, [LOGIN, LOCK]).as_json())
    assert told["edition"] == "employer"
    assert told["problems"] == []
    assert told["lines"][0]["clauses"][1] == {"id": "LGN-10", "sections": [], "told": ["login-login-01"]}


@pytest.mark.parametrize("edition", list(Edition))
def test_the_chapters_of_the_project_cover_every_chapter_of_the_source_documents(edition: Edition) -> None:
    check(builder(None, [], edition).build(), load_clauses(CLAUSES)).require_complete()
