"""What is told to be different between two builds."""

from __future__ import annotations

from datetime import date

import pytest

from manuals.changes import Changes, compare, ranges
from manuals.manifest import Entry, Manifest
from simulator.catalogue import Edition


def build(*, pictures: str = "", pdf: str = "", html: str = "", chapters: str = "") -> Manifest:
    """A build whose parts are "id:looks" words; pages of the PDF need no id."""
    return Manifest(
        edition=Edition.EMPLOYER,
        version="第1版",
        issued=date(2026, 11, 20),
        chapters=entries(chapters),
        pictures=entries(pictures),
        html=entries(html),
        pdf=tuple(
            Entry(id=f"page-{number}", digest=looks, title="", number=str(number))
            for number, looks in enumerate(pdf.split(), 1)
        ),
    )


def entries(words: str) -> tuple[Entry, ...]:
    return tuple(Entry(id=word.split(":")[0], digest=word.split(":")[1], title="") for word in words.split())


def told(changes: Changes, part: str) -> list[str]:
    return [f"{change.kind} {change.entry.id}" for change in getattr(changes, part)]


def test_two_builds_of_the_same_do_not_differ() -> None:
    one = build(pictures="a:1 b:2", pdf="x y z", html="index.html:1", chapters="login:1")
    assert not compare(one, one)


@pytest.mark.parametrize("part", ["pictures", "html", "chapters"])
def test_what_changed_what_is_new_and_what_is_gone_is_told(part: str) -> None:
    changes = compare(build(**{part: "a:1 b:2 c:3"}), build(**{part: "a:1 b:9 d:4"}))
    assert sorted(told(changes, part)) == ["削除 c", "変更 b", "新規 d"]


def test_a_picture_between_others_is_new_though_all_later_ones_have_other_ids() -> None:
    changes = compare(build(pictures="a-01:1 a-02:2 a-03:3"), build(pictures="a-01:1 a-02:9 a-03:2 a-04:3"))
    assert told(changes, "pictures") == ["新規 a-02"]


def test_a_page_between_others_is_new_and_the_later_ones_have_only_another_number() -> None:
    changes = compare(build(pdf="cover one two"), build(pdf="cover new one two"))
    assert told(changes, "pdf") == ["新規 page-2"]
    assert [change.entry.id for change in changes.moved] == ["page-3", "page-4"]
    assert changes.pages_to_replace() == [("新しいページ", "2"), ("番号だけが変わったページ", "3-4")]


def test_pages_that_changed_take_the_place_of_the_old_ones_in_order() -> None:
    changes = compare(build(pdf="a b c d e f"), build(pdf="a B C d f"))
    assert changes.pages_to_replace() == [
        ("差し替えるページ", "2-3"),
        ("取り除くページ（前の番号）", "5"),
        ("番号だけが変わったページ", "5"),
    ]


def test_pages_are_not_compared_where_only_one_build_has_a_pdf() -> None:
    assert not compare(build(pictures="a:1"), build(pictures="a:1", pdf="x y", html="index.html:1"))


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([4], "4"), ([3, 4, 5, 9], "3-5、9"), ([9, 3, 4, 3], "3-4、9")]
)
def test_page_numbers_are_written_as_people_write_them(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text
