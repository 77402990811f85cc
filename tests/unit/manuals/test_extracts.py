"""Extracts have the pages asked for, and what cannot be is told in Japanese."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from manuals.extracts import PageRangeError, extract_pages, pages_of


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Twenty pages; the n-th is n points wide, and every fifth has a bookmark."""
    writer = PdfWriter()
    for number in range(1, 21):
        writer.add_blank_page(width=number, height=10)
        if number % 5 == 0:
            writer.add_outline_item(title=f"しおり{number}", page_number=number - 1)
    writer.metadata = {"/Title": "操作の手引き"}
    path = tmp_path / "whole.pdf"
    with path.open("wb") as stream:
        writer.write(stream)
    return path


def test_the_pages_named_are_taken_in_the_order_named(pdf: Path, tmp_path: Path) -> None:
    made = PdfReader(extract_pages(pdf, "3-5,20,1", tmp_path / "deep" / "part.pdf"))
    assert [int(page.mediabox.width) for page in made.pages] == [3, 4, 5, 20, 1]
    assert made.metadata is not None
    assert made.metadata.title == "操作の手引き"


def test_bookmarks_to_pages_that_are_left_out_are_left_out(pdf: Path, tmp_path: Path) -> None:
    made = PdfReader(extract_pages(pdf, "1-6", tmp_path / "part.pdf"))
    assert [str(entry["/Title"]) for entry in made.outline if not isinstance(entry, list)] == ["しおり5"]


@pytest.mark.parametrize("ranges", ["3〜5,7", " 3 - 5 , 7 ", "3～5、7"])
def test_ranges_may_be_written_as_people_do(ranges: str) -> None:
    assert pages_of(ranges, 20) == [3, 4, 5, 7]


@pytest.mark.parametrize(
    ("ranges", "told"),
    [
        ("", "「」が読めません"),
        ("3-", "「3-」が読めません"),
        ("a", "「a」が読めません"),
        ("1,,2", "「」が読めません"),
        ("0", "「0」が正しくありません。1から20まで"),
        ("5-3", "「5-3」が正しくありません"),
        ("18-21", "「18-21」が正しくありません"),
        ("1-4,3", "同じページが2度あります: 3"),
    ],
)
def test_pages_that_cannot_be_are_refused_in_japanese(ranges: str, told: str) -> None:
    with pytest.raises(PageRangeError, match=told):
        pages_of(ranges, 20)
