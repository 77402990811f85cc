"""The manual's chapters as PDF, read back by another library than the one that wrote them (MNU-15, MNU-16)."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from simulator.catalogue import Edition, Manual, load_catalogue, manual_pages
from simulator.documents.manual_pdf import ManualDocument, write_manual_pdf
from simulator.portal.papers import manual_document

CATALOGUE = load_catalogue()
CHAPTERS = [(manual, edition) for edition in Edition for manual in CATALOGUE.manuals_for(edition)]
NAMES = [f"{edition}-{manual.key}" for manual, edition in CHAPTERS]


def written(document: ManualDocument) -> tuple[bytes, int]:
    file = io.BytesIO()
    pages = write_manual_pdf(file, document)
    return file.getvalue(), pages


def document(manual: Manual, edition: Edition = Edition.EMPLOYER, mark: str = "") -> ManualDocument:
    return manual_document(CATALOGUE, manual, edition, mark)


def text_of(data: bytes) -> str:
    """All text without spaces, line ends, and what stands at the head and foot of a page."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return "".join(re.sub(r"\s", "", re.sub(r"^.*\n", "", page)) for page in pages)


@pytest.mark.parametrize(("manual", "edition"), CHAPTERS, ids=NAMES)
def test_a_chapter_tells_all_that_the_screen_shows(manual: Manual, edition: Edition) -> None:
    data, count = written(document(manual, edition))
    text = re.sub(r"ろうきん賃金控除事務支援システム【..?.?編】\d+/\d+", "", text_of(data))
    pages = manual_pages(CATALOGUE, manual, edition)
    said = [manual.title, manual.introduction]
    for page in pages:
        said += [page.screen.title, page.screen.id, *page.lines]
        said += [field.explanation for field in page.fields] + [button.meaning for button in page.buttons]
        said += [note.text.replace("{link}", note.link) for note in page.notes]
    # A table that goes on overleaf has its head again between two rows, never within a text.
    assert [part for part in said if re.sub(r"\s", "", part) not in text] == []
    assert len(PdfReader(io.BytesIO(data)).pages) == count


def test_pages_are_numbered_and_name_manual_and_mark() -> None:
    longest = max(CATALOGUE.manuals, key=lambda manual: len(manual.steps))
    data, count = written(document(longest, mark="シミュレータ"))
    assert count > 1
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1):
        text = re.sub(r"\s", "", page.extract_text())
        assert f"{number}/{count}" in text
        assert "シミュレータ" in text
        assert "【事業主編】" in text


def test_a_chapter_is_the_same_every_time_and_knows_its_title() -> None:
    chapter = document(CATALOGUE.manuals[0])
    assert written(chapter) == written(chapter)
    metadata = PdfReader(io.BytesIO(written(chapter)[0])).metadata
    assert metadata is not None
    assert metadata.title == chapter.title


def test_markup_and_rare_letters_are_text_like_any_other() -> None:
    chapter = replace(document(CATALOGUE.manuals[0]), introduction="<b>&amp; 𠮷田は「戻る」を押します。")
    assert "<b>&amp;𠮷田は「戻る」を押します。" in text_of(written(chapter)[0])
