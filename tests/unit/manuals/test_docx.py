"""The manual as a Word document, read back with python-docx and laid out with LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from manuals.docx import write_docx
from manuals.docx.headings import headings
from manuals.docx.paging import ended, print_pdf
from manuals.model import Manual
from storyboard.masking import MASK
from tests.unit.manuals.word_samples import draw_pictures, manual

PAGES = {"login-1-01": 3, "part-chapter1": 3}


def written(made: Manual, folder: Path) -> Any:
    draw_pictures(made, folder)
    return Document(str(write_docx(made, folder, PAGES)))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(manual(), tmp_path_factory.mktemp("manual"))


def of_style(document: Any, name: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == name]


def styled(cell: Any, style: str) -> bool:
    return bool(cell.paragraphs[0].style.style_id == style)


def codes(element: Any) -> list[str]:
    return [told.text.strip() for told in element.iter(qn("w:instrText"))]


def text_of(printed: Path) -> str:
    command = ["pdftotext", "-layout", str(printed), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_chapters_and_sections_are_real_headings(document: Any) -> None:
    chapters = [paragraph.text for paragraph in document.paragraphs if paragraph.style.style_id == "Heading1"]
    assert chapters == ["第1の操作", "第2の操作", "第3の操作", "メッセージ一覧", "画面一覧"]
    sections = [paragraph.text for paragraph in document.paragraphs if paragraph.style.style_id == "Heading2"]
    assert sections == [f"手続き{chapter}の{count}を行う" for chapter in (1, 2, 3) for count in (1, 2)]


def test_a_part_is_told_where_it_begins(document: Any) -> None:
    assert of_style(document, "部見出し") == ["Ⅱ．初期設定", "Ⅲ．基本操作", "資料"]


def test_the_contents_are_a_field_that_word_updates_when_it_opens_the_document(document: Any) -> None:
    field = codes(document.element)[0]
    assert field.startswith('TOC \\o "1-2" \\h \\z \\u')
    begin = next(document.element.iter(qn("w:fldChar")))
    assert begin.get(qn("w:dirty")) == "true"
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_every_line_of_the_contents_leads_to_its_heading(document: Any) -> None:
    lines = [one for one in document.paragraphs if one.style.style_id in {"TOC1", "TOC2", "TOC3"}]
    assert len(lines) == len(list(headings(manual())))
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    for line in lines:
        anchor = line._p.find(qn("w:hyperlink")).get(qn("w:anchor"))  # noqa: SLF001 - python-docx tells no anchors
        assert anchor in marks
        assert f"PAGEREF {anchor} \\h" in codes(line._p)  # noqa: SLF001
    assert "1.1\t手続き1の1を行う\t3" in [line.text for line in lines]


def test_no_bookmark_and_no_picture_has_the_number_of_another(document: Any) -> None:
    for tag, name in (("w:bookmarkStart", "w:id"), ("w:bookmarkStart", "w:name"), ("wp:docPr", "id")):
        told = [one.get(qn(name) if ":" in name else name) for one in document.element.iter(qn(tag))]
        assert told
        assert len(set(told)) == len(told)


def test_captions_count_themselves_anew_in_every_chapter(document: Any) -> None:
    captions = of_style(document, "caption") or of_style(document, "Caption")
    assert captions[0] == "図1-1　「ログイン」画面（DC582101）"
    assert captions[1] == "図1-2　「ログイン」画面［説明図］"
    assert [caption[:4] for caption in captions[4:6]] == ["図2-1", "図2-2"]
    sequences = [code for code in codes(document.element) if code.startswith("SEQ 図")]
    assert len(sequences) == len(captions)
    assert all(code.endswith("\\r 1" if place % 4 == 0 else "\\s 1") for place, code in enumerate(sequences))


def test_pictures_tell_what_they_show_and_have_one_of_three_widths(document: Any) -> None:
    figures = list(manual().figures())
    assert [one.get("descr") for one in document.element.iter(qn("wp:docPr"))] == [one.alt for one in figures]
    assert {round(shape.width.mm) for shape in document.inline_shapes} == {146, 108}
    for shape, one in zip(document.inline_shapes, figures, strict=True):
        assert shape.width / shape.height == pytest.approx(one.width / one.height, rel=0.01)


def test_a_tall_picture_fits_on_a_page(tmp_path: Path) -> None:
    made = manual(1)
    scene = made.chapters[0].sections[0].scenes[0]
    assert scene.figure
    tall = replace(scene, figure=replace(scene.figure, width=1280, height=3000))
    one = replace(made.chapters[0].sections[0], scenes=(tall,))
    made = replace(made, chapters=(replace(made.chapters[0], sections=(one,)),))
    shape = written(made, tmp_path).inline_shapes[0]
    assert shape.height.mm == pytest.approx(190, abs=0.1)
    assert shape.width / shape.height == pytest.approx(1280 / 3000, rel=0.01)


def test_the_empty_page_below_a_screen_is_hidden_and_stays_in_the_file(tmp_path: Path) -> None:
    made = manual(1)
    draw_pictures(made, tmp_path)
    figure = next(made.figures())
    with Image.open(tmp_path / figure.path) as opened:
        opened.paste((20, 40, 80), (0, 0, figure.width, 376))
        opened.save(tmp_path / figure.path)
    before = (tmp_path / figure.path).read_bytes()
    document = Document(str(write_docx(made, tmp_path, PAGES)))
    shape = document.inline_shapes[0]
    assert shape.width / shape.height == pytest.approx(figure.width / 400, rel=0.01)
    assert next(document.element.iter(qn("a:srcRect"))).get("b") == "50000"
    assert before in {part.blob for part in document.part.related_parts.values() if "image" in part.content_type}


def test_instructions_are_numbered_from_1_in_every_section(document: Any) -> None:
    lists = [
        one._p.pPr.numPr.numId.val  # noqa: SLF001
        for one in document.paragraphs
        if one.style.style_id == "ListNumber"
    ]
    assert [lists.count(one) for one in dict.fromkeys(lists)] == [3] * 6
    numbering = document.part.numbering_part.element
    for one in dict.fromkeys(lists):
        number = numbering.num_having_numId(one)
        assert number.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_the_chapters_of_an_extract_keep_their_numbers(tmp_path: Path) -> None:
    document = written(manual(2, 3), tmp_path)
    heads = [one for one in document.paragraphs if one.style.style_id in {"Heading1", "Heading2"}]
    lists = {one._p.pPr.numPr.numId.val for one in heads[:6]}  # noqa: SLF001
    assert len(lists) == 1
    number = document.part.numbering_part.element.num_having_numId(lists.pop())
    assert number.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "2"


def test_tables_repeat_their_heads_and_do_not_break_their_rows(document: Any) -> None:
    tables = [table for table in document.tables if table.style.name == "手引きの表"]
    assert [cell.text for cell in tables[-2].rows[0].cells] == ["番号", "メッセージ", "原因", "対処"]
    for table in tables:
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None  # noqa: SLF001
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)  # noqa: SLF001


def test_every_table_tells_what_it_is(document: Any) -> None:
    assert all(
        one.find(qn("w:tblPr")).find(qn("w:tblCaption")) is not None for one in document.element.iter(qn("w:tbl"))
    )


def test_the_current_step_of_the_trail_stands_out(document: Any) -> None:
    trail = document.tables[0]
    current = [cell.text for cell in trail.rows[0].cells if styled(cell, "TrailCurrent")]
    assert current == ["③ログイン"]
    assert [cell.text for cell in trail.rows[0].cells][::2][0] == "①ＵＲＬアクセス"


def test_where_a_chapter_goes_through_several_steps_its_scenes_tell_them(tmp_path: Path) -> None:
    made = manual(1)
    chapter = made.chapters[0]
    section = chapter.sections[0]
    way = tuple(replace(step, is_current=False) for step in chapter.trail)
    scenes = tuple(replace(scene, steps=steps) for scene, steps in zip(section.scenes, [(1, 2), (3,)], strict=True))
    chapter = replace(chapter, trail=way, sections=(replace(section, scenes=scenes),))
    document = written(replace(made, chapters=(chapter,)), tmp_path)
    trails = [table for table in document.tables if table.cell(0, 0).text == "①ＵＲＬアクセス"]
    shown = [[cell.text[0] for cell in one.rows[0].cells if styled(cell, "TrailCurrent")] for one in trails]
    assert shown == [[], ["①", "②"], ["③"]]


def test_what_matters_in_a_lead_is_bold(document: Any) -> None:
    lead = next(one for one in document.paragraphs if one.text == "ご利用の前に必ずお読みください。")
    assert [(run.text, run.style.name) for run in lead.runs][1] == ("必ず", "Strong")


def test_mails_cautions_and_notes_are_there(document: Any) -> None:
    boxes = [table.cell(0, 0).text for table in document.tables if len(table.rows) == 1 and len(table.columns) == 1]
    assert (
        "件名\t認証コードのお知らせ\n差出人\tinfo@sample.jp\n宛先\tsample001@sample.co.jp\n\n労金　太郎 様" in boxes[0]
    )
    assert MASK in boxes[0]
    assert "ご注意\n電子証明書は、発行したパソコンでしか使えません。" in boxes
    assert of_style(document, "※注記").count("画面は開発中のものです。") == 3


def test_the_head_of_a_page_tells_the_chapter_and_its_foot_the_page(document: Any) -> None:
    sections = list(document.sections)
    assert len(sections) == 2 + 3 + 2
    assert sections[0].header.is_linked_to_previous
    assert codes(sections[0].header._element) == []  # noqa: SLF001
    assert sections[3].header.paragraphs[0].text.endswith("\t第2の操作")
    assert codes(sections[3].header._element) == ["STYLEREF 1"]  # noqa: SLF001
    assert codes(sections[3].footer._element) == ["PAGE", "NUMPAGES"]  # noqa: SLF001
    for section in sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_japanese_is_set_as_japanese(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "BIZ UDPゴシック"
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:eastAsia")) == "ja-JP"
    assert next(defaults.iter(qn("w:kinsoku"))) is not None
    for style in ("Heading1", "Heading2", "Heading3", "Figure"):
        properties = next(one for one in document.styles.element.style_lst if one.styleId == style).pPr
        assert properties.find(qn("w:keepNext")) is not None


def test_the_same_manual_gives_the_same_bytes(tmp_path: Path) -> None:
    made = manual()
    draw_pictures(made, tmp_path)
    first = write_docx(made, tmp_path, PAGES).read_bytes()
    assert write_docx(made, tmp_path, PAGES).read_bytes() == first


def test_no_part_tells_when_it_was_written(tmp_path: Path) -> None:
    made = manual()
    draw_pictures(made, tmp_path)
    path = write_docx(made, tmp_path, PAGES)
    with ZipFile(path) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = Document(str(path)).core_properties
    assert (properties.created, properties.title) == (properties.modified, "ろうきんシステム　操作の手引き　事業主編")
    assert properties.created
    assert properties.created.date() == made.cover.issued


def test_a_picture_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="sample-1-1"):
        write_docx(manual(1), tmp_path, PAGES)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice（soffice）がありません")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext がありません")
def test_libreoffice_shows_the_headings_and_the_pages_that_the_contents_tell(tmp_path: Path) -> None:
    made = manual(2, 3, messages=3)
    draw_pictures(made, tmp_path)
    path = write_docx(made, tmp_path)
    printed = print_pdf(path, tmp_path)
    if printed is None:
        pytest.skip("LibreOffice Writer がありません")
    pages = text_of(printed).split("\f")
    for heading in headings(made):
        line = next(line for line in pages[1].splitlines() if squeezed(heading.text) in squeezed(line))
        page = int(re.split(r"[. ]", line)[-1])
        assert squeezed(heading.number + heading.text) in squeezed(pages[page - 1])
    assert "図3-1「ログイン」画面" in squeezed("".join(pages))


def test_a_printer_that_does_not_come_to_an_end_is_ended() -> None:
    waiting = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    assert not ended(waiting, patience=0.5)
    assert ended([sys.executable, "-c", ""])
