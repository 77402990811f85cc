"""Tags of scenarios: one's own are taken, one that is almost a known one is refused with file and line."""

from pathlib import Path

import pytest

from fixtures.options import TAGS, clauses
from fixtures.tags import PlacedTag, strange_tags, tags_of

OWN = ["課題123", "夜間", "JIRA-123", "UIX", "症例", "リリース_2026-12", "回帰テスト"]


def told(name: str) -> list[str]:
    return strange_tags([PlacedTag(name, "features/own/own.feature:3")], clauses(), TAGS)


@pytest.mark.parametrize("name", [*OWN, *TAGS, "MRG-10", "skip"])
def test_own_tags_and_known_ones_are_taken(name: str) -> None:
    assert told(name) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("手順善", "手順書"),
        ("手順", "手順書"),
        ("事業主篇", "事業主編"),
        ("会員", "会員編"),
        ("実畫面", "実画面"),
        ("MRG-1", "MRG-01"),
        ("MRQ-10", "MRG-10"),
        ("ＭＲＧ－１０", "MRG-10"),
        ("mrg-10", "MRG-10"),
        ("MRG10", "MRG-10"),
    ],
)
def test_a_tag_that_is_almost_a_known_one_is_refused_with_what_was_meant(name: str, meant: str) -> None:
    (line,) = told(name)

    assert line.startswith(f"タグ「@{name}」")
    assert "（features/own/own.feature:3）。もしかして: " in line
    assert f"「@{meant}」" in line


def test_a_clause_that_is_like_none_is_refused_without_a_guess() -> None:
    assert told("XYZ-999") == [
        "タグ「@XYZ-999」は条項の番号の形ですが、features/clauses.yaml にありません（features/own/own.feature:3）"
    ]


@pytest.mark.parametrize("name", ["parametrize", "xfail", "usefixtures", "_own"])
def test_a_tag_that_means_something_else_to_pytest_is_refused(name: str) -> None:
    assert told(name) == [
        f"タグ「@{name}」は pytest が別の意味で使うため、付けられません（features/own/own.feature:3）"
    ]


def test_tags_are_found_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "own.feature"
    file.write_text(
        "# language: ja\n@課題1\n機能: 試し\n\n  @MRG-10 @夜間\n  シナリオアウトライン: 一つ\n    もし <x>\n\n"
        "    @毎日\n    例:\n      | x |\n      | 1 |\n\n  @規則\n  ルール: r\n"
        "    @中\n    シナリオ: 二つ\n      もし 何か\n",
        encoding="utf-8",
    )

    found = [(tag.name, tag.place.rpartition(":")[2]) for tag in tags_of(file)]
    assert found == [("課題1", "2"), ("MRG-10", "5"), ("夜間", "5"), ("毎日", "9"), ("規則", "14"), ("中", "16")]
