"""マニュアル照会: choosing a chapter or a form, and what it shows (MNU-15, MNU-16, USR-07)."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from pytest_bdd import then, when

from fixtures.expectation import expect_equal, expect_that, fail, one_line, quoted
from fixtures.logon_account import Accounts
from steps.screens import ManualChapter, ManualLookup, Screens, Shown
from steps.wording import column, sentence


@pytest.fixture
def shown_files() -> list[Shown]:
    """What came in windows of their own, the newest last."""
    return []


@when(sentence("マニュアル「{title}」を表示する"))
def open_chapter(screens: Screens, title: str) -> None:
    """Choose a chapter from the list."""
    screens.the(ManualLookup).open(title)


@then("次のマニュアルがある")
def chapters_listed(screens: Screens, datatable: list[list[str]]) -> None:
    """These chapters are in the list, among others: 名称."""
    for title in column(datatable):
        screens.the(ManualLookup).should_list(title)


@then(sentence("マニュアル「{title}」に、次の画面が順に説明されている"))
def screens_described(screens: Screens, title: str, datatable: list[list[str]]) -> None:
    """The chapter describes exactly these screens, in this order: 画面."""
    screens.the(ManualChapter).should_show_in_order(title, column(datatable))


@then(sentence("「{screen}」画面の「{label}」は「{text}」と説明されている"))
def label_explained(screens: Screens, screen: str, label: str, text: str) -> None:
    """What the chapter says of an input or a button."""
    screens.the(ManualChapter).should_explain(screen, label, text)


@then("次の帳票がある")
def forms_listed(screens: Screens, datatable: list[list[str]]) -> None:
    """These forms are in the list, among others: 名称."""
    for title in column(datatable):
        screens.the(ManualLookup).should_list(title)


@when(sentence("「{title}」をPDFで表示する"))
def view_pdf(screens: Screens, shown_files: list[Shown], title: str) -> None:
    """Look at the PDF of a chapter or form."""
    shown_files.append(screens.the(ManualLookup).view(title))


@when(sentence("「{title}」をPDFでダウンロードする"))
def keep_pdf(screens: Screens, title: str) -> None:
    """Keep the PDF of a chapter or form."""
    screens.the(ManualLookup).keep(title)


@then(sentence("別のウィンドウに、次の内容のPDFが表示される"))
def pdf_shown(shown_files: list[Shown], datatable: list[list[str]]) -> None:
    """The browser was told to show a PDF that says this: 内容."""
    if not shown_files:
        fail("PDFが表示されている", "このシナリオではまだPDFを表示していません")
    disposition = shown_files[-1].disposition
    expect_that(disposition.startswith("inline;"), "PDFはブラウザに表示される", f"Content-Disposition: {disposition}")
    _should_say(shown_files[-1].data, column(datatable))


@then(sentence("次の内容のPDF「{name}」がダウンロードされる"))
def pdf_kept(accounts: Accounts, name: str, datatable: list[list[str]]) -> None:
    """A PDF under this name that says this: 内容."""
    file = accounts.current.downloaded_file()
    expect_equal("ダウンロードしたPDFの名前", name, file.name)
    _should_say(file.read_bytes(), column(datatable))


def _should_say(data: bytes, lines: list[str]) -> None:
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))
    missing = [line for line in lines if re.sub(r"\s", "", line) not in text]
    expect_that(not missing, f"PDFに{quoted(missing)}と書かれている", one_line(text))
