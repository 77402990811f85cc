from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from simulator.documents import CsvEncoding, Replaced, find_replaced, write_csv

HEADER = ("加入者番号", "氏名", "残高")


def written(rows: list[tuple[str | int, ...]], encoding: CsvEncoding = CsvEncoding.CP932) -> bytes:
    file = io.BytesIO()
    assert write_csv(file, HEADER, rows, encoding) == len(rows)
    return file.getvalue()


def test_a_file_is_in_cp932_with_crlf_quotes_and_a_heading() -> None:
    assert written([("0012", "髙橋　﨑", 1234567)]) == (
        '"加入者番号","氏名","残高"\r\n"0012","髙橋　﨑","1234567"\r\n'.encode("cp932")
    )


def test_utf8_begins_with_the_mark_that_excel_knows() -> None:
    data = written([("1", "𠮷田", 1)], CsvEncoding.UTF8)
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1] == ["1", "𠮷田", "1"]


def test_quotes_commas_and_line_ends_come_back_as_they_were() -> None:
    row = ("1", 'a"b,c\r\nd', 0)
    assert list(csv.reader(io.StringIO(written([row]).decode("cp932"), newline="")))[1] == ["1", 'a"b,c\r\nd', "0"]


def test_a_character_outside_cp932_becomes_a_geta_mark_and_is_found() -> None:
    rows: list[tuple[str | int, ...]] = [("1", "山田", 1), ("2", "𠮷田𠮷", 2), ("3", "鄧\U0001f600", 3)]
    assert "〓田〓".encode("cp932") in written(rows)
    assert list(find_replaced(rows)) == [Replaced(1, 1, "𠮷"), Replaced(2, 1, "\U0001f600")]
    assert not list(find_replaced(rows, CsvEncoding.UTF8))


def test_selectors_of_variants_go_without_a_mark_and_twins_are_taken_for_each_other() -> None:
    rows: list[tuple[str | int, ...]] = [("1", "葛\U000e0100城", 1), ("2", "一−二〜三—四", 2)]
    assert "葛城".encode("cp932") in written(rows)
    assert "一－二～三―四".encode("cp932") in written(rows)
    assert not list(find_replaced(rows))
    assert "葛\U000e0100城".encode() in written(rows, CsvEncoding.UTF8)


@pytest.mark.parametrize(
    "text", ["=1+2", "+81", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "−1", "＠x"]
)
def test_a_text_that_would_be_a_formula_is_neutralised(text: str) -> None:
    (_, row) = csv.reader(io.StringIO(written([("1", text, 1)], CsvEncoding.UTF8).decode("utf-8-sig"), newline=""))
    assert row[1] == f"'{text}"


def test_a_negative_number_stays_a_number() -> None:
    assert b'"-5"' in written([("1", "山田", -5)])


def test_an_empty_list_has_its_heading() -> None:
    assert written([]).decode("cp932") == '"加入者番号","氏名","残高"\r\n'


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice（soffice）がありません")
def test_libreoffice_opens_it_as_cp932_without_a_broken_character(tmp_path: Path) -> None:
    source, profile = tmp_path / "list.csv", tmp_path / "profile"
    source.write_bytes(written([("0012", "髙橋　﨑子", 1234567), ("0013", "①㈱Ⅳ～－", 0), ("0014", "=1+2", 0)]))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"),
            *("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", tmp_path / "out"),
            *("--infilter=CSV:44,34,64,1,1/2/2/2/3/1", source),  # 64 is Windows-932
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "out/list.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))
    assert read == [
        ["加入者番号", "氏名", "残高"],
        ["0012", "髙橋　﨑子", "1234567"],
        ["0013", "①㈱Ⅳ～－", "0"],
        ["0014", "'=1+2", "0"],
    ]
