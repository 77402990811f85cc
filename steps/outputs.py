"""Lists as PDF and statements as CSV: printing, exporting, and reading what came down (MNU-06 to MNU-08, PDF)."""

from __future__ import annotations

import csv
import re
from operator import itemgetter

from pypdf import PdfReader
from pytest_bdd import then, when

from fixtures.expectation import expect_equal, expect_that, fail, place_of, quoted, the_one, there_are
from fixtures.logon_account import Accounts
from steps.screens import ExportConfirmation, ListPrint, Screens
from steps.wording import column, pairs, sentence

QUESTION = "list_confirmation"
CODECS = {"Shift_JIS": "cp932", "UTF-8": "utf-8-sig"}


@when("次の帳票を選んで印刷する")
def ask_to_print(screens: Screens, datatable: list[list[str]]) -> None:
    """Choose a list (項目 and 値) and press 印刷 (PDF-08)."""
    screen = screens.on("list_output")
    for label, value in pairs(datatable):
        screen.fill(label, value)
    screen.submit("print")


@when("確認ウィンドウの「OK」を押す")
def confirm_printing(accounts: Accounts, screens: Screens) -> None:
    """Answer the question; a window opens (PDF-09)."""
    question = screens.confirmation(QUESTION)
    accounts.current.go_on_in_window_opened_by(question.accept_into_window)


@when("確認ウィンドウの「キャンセル」を押す")
def cancel_printing(screens: Screens) -> None:
    """Answer the question with no."""
    screens.confirmation(QUESTION).press("キャンセル")


@when("空白ページを閉じる")
def close_blank_page(accounts: Accounts) -> None:
    """Close the window of the blank page, and go on in the other one (PDF-11)."""
    accounts.current.close_window()


@when("次のデータを選んで確認する")
def ask_to_export(screens: Screens, datatable: list[list[str]]) -> None:
    """Choose data (項目 and 値) and press 確認 (MNU-08)."""
    screen = screens.on("data_export")
    for label, value in pairs(datatable):
        screen.fill(label, value)
    screen.submit("confirm")


@when("データをダウンロードする")
def download_data(screens: Screens) -> None:
    """Press ダウンロード (MNU-08)."""
    screens.the(ExportConfirmation).download()


@then("確認ウィンドウに次のとおり表示される")
def question_shows(screens: Screens, datatable: list[list[str]]) -> None:
    """The question is above everything else, and tells this: 項目 and 値 (PDF-08)."""
    question = screens.confirmation(QUESTION)
    question.should_be_shown()
    for label, value in pairs(datatable):
        question.should_show(label, value)


@then("確認ウィンドウは閉じている")
def question_is_gone(screens: Screens) -> None:
    """The question was answered."""
    screens.confirmation(QUESTION).should_be_gone()


@then("画面は空白のままで、帳票の内容は表示されない")
def stays_blank(screens: Screens) -> None:
    """The page holds nothing but its title and the mark (PDF-10, PDF-11)."""
    screens.the(ListPrint).should_stay_blank()


@then(sentence("ファイル「{name}」がダウンロードされる"))
def downloaded(accounts: Accounts, name: str) -> None:
    """The newest file in the download folder is called so."""
    expect_equal("ダウンロードしたファイルの名前", name, accounts.current.downloaded_file().name)


@then(sentence("ダウンロードしたPDFの題名は「{title}」で、全{count:d}ページに番号がある"))
def paper_is(accounts: Accounts, title: str, count: str) -> None:
    """Every page, A4 landscape, has the title and its number."""
    reader = PdfReader(accounts.current.downloaded_file())
    expect_equal("PDFの題名", title, str(reader.metadata and reader.metadata.title))
    expect_equal("PDFのページ数", int(count), len(reader.pages))
    for number, page in enumerate(reader.pages, start=1):
        text = " ".join(page.extract_text().split())
        for wanted in (title, f"{number} / {count}"):
            expect_that(wanted in text, f"{number}ページ目に「{wanted}」と書かれている", quoted(text))
        size = (round(page.mediabox.width), round(page.mediabox.height))
        expect_equal(f"{number}ページ目の大きさ（A4横、pt）", (842, 595), size)


@then("ダウンロードしたPDFに次の明細がある")
def paper_has(accounts: Accounts, datatable: list[list[str]]) -> None:
    """For each row there is a line with all its cells, in their order."""
    lines = _lines(accounts)
    for row in datatable[1:]:
        pattern = r"\b.*\b".join(re.escape(cell.replace("\u3000", " ")) for cell in row)
        expect_that(any(re.search(pattern, line) for line in lines), f"PDFに明細{quoted(row)}がある", there_are(lines))


@then(sentence("ダウンロードしたPDFの合計は{count:d}件で、最後の列の金額を足したものと一致する"))
def paper_adds_up(accounts: Accounts, count: str) -> None:
    """There are as many lines as the row of totals says, and their last amounts make its last one."""
    lines = _lines(accounts)
    amounts = [_last_amount(line) for line in lines if re.match(r"\d{6} ", line)]
    heading = f"合計（{int(count):,}件）"
    totals = [line for line in lines if line.startswith("合計（")]
    total = the_one("PDFの行", heading, totals, lambda line: line[: len(heading)])
    expect_equal("明細の件数と最後の列の合計", (int(count), _last_amount(total)), (len(amounts), sum(amounts)))


@then("文字コードで表せない文字が次のとおり知らされる")
def lacking(screens: Screens, datatable: list[list[str]]) -> None:
    """These are all workers concerned: number, name, characters (MNU-08)."""
    screens.the(ExportConfirmation).should_lack(datatable[1:])


@then(sentence("ダウンロードした{encoding}のCSVに次の明細がある"))
def file_has(accounts: Accounts, encoding: str, datatable: list[list[str]]) -> None:
    """The file has these headings among its own, and for each row a line with these cells under them."""
    rows = _rows(accounts, encoding)
    places = [place_of(label, rows[0]) for label in datatable[0]]
    found = [[row[place] for place in places] for row in rows[1:]]
    for row in datatable[1:]:
        expect_that(row in found, f"CSVに明細{quoted(row)}がある", there_are(map(quoted, found)))


@then(sentence("ダウンロードした{encoding}のCSVの項目は、左から順に次のとおりである"))
def file_has_columns(accounts: Accounts, encoding: str, datatable: list[list[str]]) -> None:
    """These are all headings of the file, in this order (MNU-08)."""
    expect_equal("CSVの項目（左から順に）", column(datatable), _rows(accounts, encoding)[0])


@then(sentence("ダウンロードした{encoding}のCSVの明細は{count:d}件で、すべての値が引用符で囲まれている"))
def file_is(accounts: Accounts, encoding: str, count: str) -> None:
    """Heading and lines are ended by CR LF, every cell is quoted, and all have as many cells (MNU-08)."""
    rows = _rows(accounts, encoding)
    expect_equal("CSVの明細の件数", int(count), len(rows) - 1)
    expect_equal("CSVの各行の値の数", [len(rows[0])], sorted({len(row) for row in rows}))
    written = _text(accounts, encoding)
    expected = ["".join(f'"{cell}",' for cell in row)[:-1] for row in rows]
    expect_equal("引用符で囲んだCSV", "".join(f"{line}\r\n" for line in expected), written)


def _lines(accounts: Accounts) -> list[str]:
    """The lines of all pages, as another library reads them."""
    pages = PdfReader(accounts.current.downloaded_file()).pages
    return [" ".join(line.split()) for page in pages for line in page.extract_text().splitlines()]


def _last_amount(line: str) -> int:
    return int(line.rsplit(maxsplit=1)[-1].replace(",", ""))


def _rows(accounts: Accounts, encoding: str) -> list[list[str]]:
    """The rows of the file, as the standard library reads them."""
    return list(csv.reader(_text(accounts, encoding).splitlines()))


def _text(accounts: Accounts, encoding: str) -> str:
    codec = the_one("文字コード", encoding, CODECS.items(), itemgetter(0))[1]
    data = accounts.current.downloaded_file().read_bytes()
    try:
        return data.decode(codec)
    except UnicodeDecodeError as problem:
        fail(f"CSVの文字コードは{encoding}である", "この文字コードでは読めません", str(problem))
