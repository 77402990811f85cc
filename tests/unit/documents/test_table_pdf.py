from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from simulator.documents import Column, FontMissing, TableDocument, write_table_pdf
from simulator.documents.fonts import FILES, _read

COLUMNS = [Column("加入者番号"), Column("氏名", 2), Column("月例積立額"), Column("残高", 1.5)]
A4_LANDSCAPE = (842, 595)


def document(**changes: object) -> TableDocument:
    values: dict[str, object] = {
        "title": "財形積立明細書",
        "columns": COLUMNS,
        "facts": [("契約番号", "1234567890"), ("対象年月", "2026年11月分")],
        "issuer": "ろうきん賃金控除事務支援システム",
        "made_at": "作成日時　2026年11月20日 10:00",
        "mark": "シミュレータ",
        "empty": "該当する明細はありません。",
        "totals_label": "合計（3件）",
        "totals": [60000, 7654321],
    }
    return TableDocument(**{**values, **changes})  # type: ignore[arg-type]


def written(rows: list[tuple[str | int, ...]], **changes: object) -> bytes:
    file = io.BytesIO()
    write_table_pdf(file, document(**changes), rows)
    return file.getvalue()


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def many(count: int) -> list[tuple[str | int, ...]]:
    return [(f"{100_000 + i}", "山田　花子", 20_000, 1_234_000 + i) for i in range(count)]


def test_a_list_is_on_a4_landscape_with_its_title_facts_rows_and_totals() -> None:
    data = written([("100001", "山田　花子", 20_000, 1_234_567)])
    reader = PdfReader(io.BytesIO(data))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == A4_LANDSCAPE
    (text,) = texts(data)
    for part in ("財形積立明細書", "契約番号", "1234567890", "2026年11月分", "シミュレータ", "作成日時"):
        assert part in text
    for part in (*(column.label for column in COLUMNS), "100001", "山田", "1,234,567", "合計（3件）", "7,654,321"):
        assert part in text
    assert reader.metadata is not None
    assert reader.metadata.title == "財形積立明細書"


def test_every_row_is_there_once_and_each_page_has_headings_and_its_number() -> None:
    pages = texts(written(many(100)))
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in " ".join(text.split())
        assert "加入者番号" in text
    whole = "".join(pages)
    assert [whole.count(f"{100_000 + i}") for i in range(100)] == [1] * 100
    assert [text.count("合計（3件）") for text in pages] == [0] * (len(pages) - 1) + [1]


def test_totals_that_do_not_fit_go_to_a_page_of_their_own() -> None:
    rows = next(count for count in range(1, 60) if len(texts(written(many(count), totals_label=""))) > 1) - 1
    pages = texts(written(many(rows)))
    assert len(pages) == 2
    assert "合計（3件）" in pages[1]
    assert "加入者番号" in pages[1]


def test_a_list_without_rows_says_so() -> None:
    (text,) = texts(written([], totals_label=""))
    assert "該当する明細はありません。" in text
    assert "合計" not in text


def test_fonts_are_embedded_even_for_rare_kanji() -> None:
    data = written([("100001", "𠮷田　﨑子", 20_000, 1)])
    fonts = _fonts(data)
    assert {name.partition("+")[2] for name in fonts} >= {"BIZUDGothic-Regular", "IPAmjMincho"}
    assert all("/FontFile2" in _descriptor(font) for font in fonts.values())
    assert "𠮷" in texts(data)[0]
    assert "﨑子" in texts(data)[0]


def test_a_letter_that_no_font_has_is_printed_as_a_geta_mark() -> None:
    assert "〓田" in texts(written([("100001", "\U0002fa1f田", 20_000, 1)]))[0].replace(" ", "")


def test_a_text_too_wide_for_its_column_is_cut_at_the_end() -> None:
    text = texts(written([("100001", "たいへん長い名前" * 20, 20_000, 1)]))[0]
    assert "たいへん長い名前たいへん" in text
    assert "…" in text


def test_facts_too_wide_for_the_page_are_cut_and_may_hold_rare_kanji() -> None:
    text = texts(written(many(1), facts=[("契約", "𠮷田" + "たいへん長い契約者名" * 20)]))[0]
    assert "契約　𠮷田たいへん" in text
    assert text.count("たいへん") < 20
    assert "…" in text


def test_the_same_data_gives_the_same_bytes() -> None:
    assert written(many(50)) == written(many(50))


def test_rows_are_read_one_after_the_other() -> None:
    file = io.BytesIO()
    pages = write_table_pdf(file, document(), (row for row in many(200)))
    assert pages == len(PdfReader(file).pages)
    assert "100199" in texts(file.getvalue())[-1]


def test_a_missing_font_is_told_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="fonts-morisawa-bizud-gothic"):
        _read("nothing", [str(tmp_path / "nothing.ttf")])


def test_a_file_that_is_no_font_is_told_by_name(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttf"
    file.write_bytes(b"no font")
    with pytest.raises(FontMissing, match=r"broken\.ttf"):
        _read("broken", [str(file)])


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts がありません")
def test_poppler_finds_every_font_embedded_and_reads_the_japanese_back(tmp_path: Path) -> None:
    file = tmp_path / "list.pdf"
    file.write_bytes(written([*many(60), ("900001", "𠮷田　髙子", 5, 6)]))
    lines = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(lines) >= len(FILES) - 1
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    for part in ("財形積立明細書", "加入者番号", "山田", "𠮷田", "髙子", "合計（3件）"):
        assert part in text


def _fonts(data: bytes) -> dict[str, DictionaryObject]:
    """The fonts of all pages by their name."""
    found: dict[str, DictionaryObject] = {}
    for page in PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found[str(font["/BaseFont"]).lstrip("/")] = font.get_object()
    return found


def _descriptor(font: DictionaryObject) -> DictionaryObject:
    descriptor = font["/FontDescriptor"].get_object()
    assert isinstance(descriptor, DictionaryObject)
    return descriptor
