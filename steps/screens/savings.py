"""The lists of 財形貯蓄事務: searched, sorted, and turned over page by page (MNU-04, MNU-05)."""

from __future__ import annotations

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as WaitedTooLong

from fixtures.expectation import expect_equal, expect_that, fail, place_of
from steps.screens.acting import press
from steps.screens.screen import Screen
from steps.screens.seeing import see


class SavingsList(Screen):
    """What both lists can do."""

    def sort_by(self, label: str) -> None:
        """Choose a column's heading."""
        self._leave_by(label, self._heading(label).get_by_role("link"))

    def turn(self, label: str) -> None:
        """Go to another page of the list, by the links above it."""
        self._leave_by(label, self._ways.get_by_role("link", name=label, exact=True))

    def choose_line(self, first_cell: str) -> None:
        """Choose a line by what stands first in it; where several begin alike, the first of them."""
        self._leave_by(first_cell, self._table.locator("tbody").get_by_role("link", name=first_cell, exact=True).first)

    def should_list(self, columns: list[str], expected: list[list[str]]) -> None:
        """Check that these are all lines of the page, in this order, with what stands in these columns."""
        for place, label in enumerate(columns):
            see(f"一覧の「{label}」の列", self._cells(label)).has_text([row[place] for row in expected])

    def should_list_nothing(self) -> None:
        """Check that there is no list."""
        see("画面", self._page.locator("main")).is_shown()
        see("一覧", self._table).is_absent()

    def should_be_sorted(self, label: str, *, descending: bool) -> None:
        """Check that a column of amounts is in order, and that its heading says so."""
        see(f"見出し「{label}」", self._heading(label)).has("aria-sort", "descending" if descending else "ascending")
        amounts = self.amounts(label)
        expect_equal(f"並べ替えた「{label}」の列", sorted(amounts, reverse=descending), amounts)

    def should_say_range(self, text: str) -> None:
        """Check which of how many lines the page says it shows."""
        see("一覧の件数", self._page.locator(".range")).has_text(text)

    def should_add_up(self) -> None:
        """Check that the totals under the list are the sums of its lines, which are all on this page."""
        cells = self._table.locator("tfoot td")
        labels = self._described.section("list").columns[-cells.count() :]
        expect_that(labels, "一覧の下に合計がある", "合計の列がありません")
        totals = [_amount(text) for text in cells.all_inner_texts()]
        expect_equal("一覧の合計", [sum(self.amounts(label)) for label in labels], totals)

    def amounts(self, label: str) -> list[int]:
        """The amounts in a column of the page, in yen."""
        return [_amount(text) for text in self._cells(label).all_inner_texts()]

    @property
    def _table(self) -> Locator:
        return self._page.get_by_role("region", name=self._described.section("list").heading, exact=True).locator(
            "table"
        )

    @property
    def _ways(self) -> Locator:
        return self._page.get_by_role("navigation", name=self._described.words["pages"], exact=True)

    def _heading(self, label: str) -> Locator:
        return (
            self._table.get_by_role("columnheader")
            .filter(has_text=label)
            .filter(has=self._page.get_by_role("link", name=label, exact=True))
        )

    def _cells(self, label: str) -> Locator:
        number = place_of(label, self._described.section("list").columns) + 1
        return self._table.locator(f"tbody tr > :nth-child({number})")


class StatementList(SavingsList):
    """財形積立明細照会, DC593101."""

    key = "statement_list"


class DetailChange(SavingsList):
    """財形積立明細変更, DC593501."""

    key = "detail_change"


class DetailSending(SavingsList):
    """財形変更後明細送信, DC593601."""

    key = "detail_sending"


class DetailHistory(SavingsList):
    """財形積立明細変更履歴照会, DC593701."""

    key = "detail_history"


class AlarmList(SavingsList):
    """財形アラーム明細照会, DC593201."""

    key = "alarm_list"


class ListPrint(Screen):
    """印刷, DC593303: the page that stays blank (PDF-11)."""

    key = "list_print"

    def should_stay_blank(self) -> None:
        """Check that there is nothing on the page but its title and the mark (PDF-10, PDF-11)."""
        blank = f"{self._described.id} {self._described.title} {self._catalogue.mark}"
        see("空白の画面", self._page.locator("body")).has_text(blank)
        see("帳票の内容", self._page.locator("iframe, embed, object, img, canvas")).is_absent()


class ExportConfirmation(Screen):
    """データエクスポートの確認, DC593402."""

    key = "export_confirmation"

    def should_lack(self, expected: list[list[str]]) -> None:
        """Check who has a name with characters that the file cannot express, and which (MNU-08)."""
        for place in range(len(expected[0])):
            cells = self._page.locator(f"table.figures tbody tr > :nth-child({place + 1})")
            see(f"文字コードで表せない文字の{place + 1}列目", cells).has_text([row[place] for row in expected])

    def download(self) -> None:
        """Press ダウンロード; the screen stays."""
        button = self._described.button("download")
        control = self._button(button)
        self._recorder.touch(button.label, "button", control)
        try:
            with self._page.expect_download():
                press(f"「{button.label}」", control)
        except WaitedTooLong as problem:
            fail(f"「{button.label}」を押すとファイルがダウンロードされる", "ダウンロードが始まりません", str(problem))


def _amount(text: str) -> int:
    return int(text.replace(",", ""))
