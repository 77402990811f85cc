"""The parts of the Word document: in the order of the schema, without loose ends, silent on who wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from manuals.docx import write_docx
from tests.unit.manuals.schema import disorders, local
from tests.unit.manuals.word_samples import draw_pictures, manual

PATHS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/fontTable.xml")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    made = manual(1, 3)
    draw_pictures(made, folder)
    return write_docx(made, folder, {})


@pytest.fixture(scope="module")
def parts(path: Path) -> dict[str, Any]:
    with ZipFile(path) as archive:
        return {name: parse_xml(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def test_children_have_the_order_of_the_schema(parts: dict[str, Any]) -> None:
    names = [*PATHS, *(name for name in parts if name.startswith(("word/header", "word/footer")))]
    assert {name: list(disorders(parts[name])) for name in names} == {name: [] for name in names}


def test_another_order_would_be_found() -> None:
    wrong = parse_xml(
        '<w:pPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:jc w:val="center"/><w:pStyle w:val="Figure"/></w:pPr>'
    )
    assert list(disorders(wrong)) == ["pPr: ['jc', 'pStyle']"]


def test_every_cell_and_the_text_itself_end_with_a_paragraph(parts: dict[str, Any]) -> None:
    document = parts["word/document.xml"]
    assert all(local(cell[-1]) == "p" for cell in document.iter(qn("w:tc")))
    assert [local(child) for child in document[0]][-2:] == ["p", "sectPr"]


def test_rows_have_as_many_cells_as_their_table_has_columns(parts: dict[str, Any]) -> None:
    for table in parts["word/document.xml"].iter(qn("w:tbl")):
        columns = len(table.find(qn("w:tblGrid")))
        assert {len(row.findall(qn("w:tc"))) for row in table.iter(qn("w:tr"))} == {columns}


def test_fields_are_closed_in_the_order_in_which_they_were_opened(parts: dict[str, Any]) -> None:
    open_ = 0
    for mark in parts["word/document.xml"].iter(qn("w:fldChar")):
        kind = mark.get(qn("w:fldCharType"))
        open_ += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert open_ >= 0
    assert open_ == 0


def test_all_styles_and_lists_that_are_used_are_there(parts: dict[str, Any]) -> None:
    styles = {style.get(qn("w:styleId")) for style in parts["word/styles.xml"].iter(qn("w:style"))}
    lists = {one.get(qn("w:numId")) for one in parts["word/numbering.xml"].iter(qn("w:num"))} | {"0"}
    for part in (parts[name] for name in parts if name.startswith("word/")):
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"):
            assert {one.get(qn("w:val")) for one in part.iter(qn(tag))} <= styles
        assert {one.get(qn("w:val")) for one in part.iter(qn("w:numId"))} <= lists


def test_every_relationship_leads_to_a_part(path: Path, parts: dict[str, Any]) -> None:
    targets = {one.get("Target") for one in parts["word/_rels/document.xml.rels"]}
    with ZipFile(path) as archive:
        assert {f"word/{target}" for target in targets} <= set(archive.namelist())
    told = {one.get("Id") for one in parts["word/_rels/document.xml.rels"]}
    used = {one.get(qn("r:embed")) for one in parts["word/document.xml"].iter(qn("a:blip"))}
    used |= {one.get(qn("r:id")) for one in parts["word/document.xml"].iter(qn("w:headerReference"))}
    assert used <= told


def test_no_part_tells_where_it_was_written(path: Path) -> None:
    with ZipFile(path) as archive:
        told = [name for name in archive.namelist() if str(path.parent).encode() in archive.read(name)]
    assert told == []
