"""The paper forms, read back by other programs than the one that wrote them (MNU-15, ROK-03, ROK-06)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from simulator.catalogue import PaperForm, load_catalogue
from simulator.documents.form_pdf import FormDocument, write_form_pdf
from simulator.portal.papers import form_document

CATALOGUE = load_catalogue()
FORMS = CATALOGUE.forms
A4_PORTRAIT = (595, 842)
MARGIN = 40


def document(form: PaperForm, mark: str = CATALOGUE.mark) -> FormDocument:
    return form_document(CATALOGUE, form, mark)


def written(form: FormDocument) -> bytes:
    file = io.BytesIO()
    assert write_form_pdf(file, form) == len(form.copies)
    return file.getvalue()


def sheets(data: bytes) -> list[str]:
    """The text of every sheet without spaces and line ends."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("form", FORMS, ids=[form.key for form in FORMS])
def test_every_word_of_a_form_stands_on_its_sheets(form: PaperForm) -> None:
    words = CATALOGUE.paper
    said = [form.heading, form.statement, words.addressee, words.date, words.customer, *words.signature, words.sample]
    said += [entry.label for entry in form.entries] + [reason for c in form.choices for reason in c.reasons]
    said += [*form.notes, words.other, CATALOGUE.mark, CATALOGUE.system_name]
    said += [choice.heading for choice in form.choices] if len(form.choices) > 1 else []
    texts = sheets(written(document(form)))
    for text, copy in zip(texts, form.copies, strict=True):
        assert [part for part in (copy, *said) if re.sub(r"\s", "", part) not in text] == []
    assert words.office in texts[0]
    assert [text for text in texts[1:] if words.office in text] == []


def test_the_two_forms_are_those_the_manuals_name() -> None:
    assert [form.title for form in FORMS] == [
        "【帳票】ログインＩＤ／パスワード依頼書",
        "【帳票】初期パスワード届出書（事業主向け）",
    ]
    assert CATALOGUE.reasons("request", "revoke")[-1] == "その他"


@pytest.mark.parametrize("form", FORMS, ids=[form.key for form in FORMS])
def test_a_form_is_a4_portrait_in_japanese_and_the_same_every_time(form: PaperForm) -> None:
    data = written(document(form))
    reader = PdfReader(io.BytesIO(data))
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {A4_PORTRAIT}
    assert reader.metadata is not None
    assert reader.metadata.title == form.heading
    assert reader.trailer["/Root"]["/Lang"] == "ja-JP"  # type: ignore[index]
    assert written(document(form)) == data


def test_without_the_mark_only_the_mark_is_missing() -> None:
    form = FORMS[0]
    (marked,), (plain,) = sheets(written(document(form))), sheets(written(document(form, mark="")))
    assert CATALOGUE.mark in marked
    assert CATALOGUE.mark not in plain
    assert CATALOGUE.paper.sample in plain


def test_a_form_that_needs_more_room_than_a_sheet_is_refused() -> None:
    form = document(FORMS[0])
    with pytest.raises(ValueError, match="does not fit on one sheet"):
        written(replace(form, notes=(form.notes[0], [*form.notes[1]] * 3)))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("form", FORMS, ids=[form.key for form in FORMS])
def test_no_word_reaches_into_the_margin(form: PaperForm, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(written(document(form)))
    found = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    boxes = [
        tuple(map(float, box))
        for box in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', found)
    ]
    wide, high = A4_PORTRAIT
    assert len(boxes) > 30
    assert [b for b in boxes if b[0] < MARGIN or b[1] < MARGIN - 5 or b[2] > wide - MARGIN or b[3] > high - 35] == []


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts is not installed")
def test_every_font_is_embedded(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(written(document(FORMS[1])))
    _, _, *fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(fonts) >= 3
    assert [line for line in fonts if line.split()[-5:-2] != ["yes", "yes", "yes"]] == []
