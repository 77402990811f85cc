"""The screens that can do more than every screen can."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Response, expect

from fixtures.logon_account import LogonAccount
from steps.screens.deductions import (
    DeductionExport,
    DeductionList,
    RequestConfirmation,
    RequestEntry,
    RequestHistory,
    RequestLines,
    RequestView,
    TransferRequest,
)
from steps.screens.operation_log import OperationLog
from steps.screens.savings import (
    AlarmList,
    DetailChange,
    DetailHistory,
    DetailSending,
    ExportConfirmation,
    ListPrint,
    StatementList,
)
from steps.screens.screen import Screen


class LoginTop(Screen):
    """ろうきん賃金控除事務支援システムログイン画面, DC581101."""

    key = "login_top"

    def follow(self, link: str) -> None:
        """Follow a link in a note (LGT-09)."""
        control = self._page.get_by_role("link", name=link, exact=True)
        self._leave_by(link, control)

    def should_have_block(self, heading: str, buttons: list[str]) -> None:
        """Check a block and the buttons in it (LGT-06 to LGT-08)."""
        block = self._page.get_by_role("region", name=heading)
        expect(block.get_by_role("button")).to_have_text(buttons)

    def should_have_in_block(self, heading: str, text: str) -> None:
        """Check what a block says (LGT-06 to LGT-08)."""
        expect(self._page.get_by_role("region", name=heading)).to_contain_text(text)

    def should_have_cautions(self, count: int) -> None:
        """Check how many items ＜ご注意事項＞ has (ACC-16)."""
        expect(self._page.locator(".cautions li")).to_have_count(count)


class CertificateIssuing(Screen):
    """電子証明書発行中."""

    key = "certificate_issuing"

    def should_be_under_way(self) -> None:
        """Check that a progress bar is shown, and not full."""
        expect(self._page.get_by_role("progressbar")).not_to_have_attribute("value", "100")


class CertificateResult(Screen):
    """電子証明書発行結果."""

    key = "certificate_result"

    def downloaded_file(self, account: LogonAccount) -> Path:
        """The .p12 file that the screen downloads by itself (CRT-32)."""
        return account.downloaded_file()


class Information(Screen):
    """インフォメーション, the first screen with the menu bar."""

    key = "information"

    def should_greet(self, party: str, user_name: str) -> None:
        """Check whom the menu bar names as logged in."""
        bar = self._page.get_by_role("navigation", name=self._catalogue.words.menu_bar)
        expect(bar).to_contain_text(f"{party}　{user_name} 様")

    def should_announce(self, heading: str, text: str) -> None:
        """Check what stands in a block (INF-03)."""
        expect(self._page.get_by_role("region", name=heading)).to_contain_text(text)

    def should_list_notices(self, notices: list[tuple[str, str]]) -> None:
        """Check date and title of every notice, in this order (INF-03)."""
        heads = self._page.locator(".notice-head")
        expect(heads).to_have_text([f"{date}{title}" for date, title in notices])

    def should_scroll_notices(self, *, scrolls: bool) -> None:
        """Check whether the block of notices holds more than it shows, and then lets it be scrolled (INF-04)."""
        block = self._page.locator(".notices .scroll")
        hidden, moved = block.evaluate(
            "e => { const rest = e.scrollHeight - e.clientHeight; e.scrollTop = rest; return [rest, e.scrollTop] }"
        )
        assert (hidden > 0, moved) == (scrolls, hidden)
        assert block.evaluate("e => getComputedStyle(e).overflowY") == "auto"


class UserList(Screen):
    """契約ユーザー情報照会, DC591101."""

    key = "user_list"

    def press_of(self, user_id: str, label: str) -> None:
        """Press a button in a user's line (USR-08, USR-12)."""
        button = self._line(user_id).get_by_role("button", name=label, exact=True)
        self._leave_by(label, button)

    def should_list(self, columns: list[str], expected: list[list[str]]) -> None:
        """Check that these are all users, in this order, with what stands in these columns."""
        table = self._page.get_by_role("table")
        for place, label in enumerate(columns):
            number = self._described.section("users").columns.index(label) + 1
            cells = table.locator(f"tbody tr > :nth-child({number})")
            expect(cells).to_have_text([row[place] for row in expected])

    def _line(self, user_id: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=user_id, exact=True)
        return self._page.get_by_role("row").filter(has=header)


# By the browser itself, whose connection has the certificate: what is in an address, in Base64.
FETCHED = """async url => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}"""


@dataclass(frozen=True)
class Shown:
    """A file that came in a window: how the browser was told to treat it, and what is in it."""

    disposition: str
    data: bytes


class ManualLookup(Screen):
    """マニュアル照会, DC592201."""

    key = "manual_lookup"

    def open(self, title: str) -> None:
        """Press 表示 in the line of a chapter (MNU-15)."""
        self._leave_by(self._described.button("show").label, self._button_of(title, "show"))

    def view(self, title: str) -> Shown:
        """Press PDF表示 in the line of a chapter or form; what comes in a window of its own (MNU-15)."""
        button, context = self._button_of(title, "view"), self._page.context
        self._recorder.touch(self._described.button("view").label, "button", button)
        self._recorder.about_to_leave()
        # Whether the browser has a viewer or hands the file on is its own affair.
        with context.expect_page(), context.expect_event("response", _is_pdf) as found:
            button.click()
        answer = found.value
        data = base64.b64decode(self._page.evaluate(FETCHED, answer.url))
        return Shown(answer.headers["content-disposition"], data)

    def press_view(self, title: str) -> None:
        """Press PDF表示 in the line of a chapter or form, whatever the browser then does with the file (PDF-03)."""
        button = self._button_of(title, "view")
        self._recorder.touch(self._described.button("view").label, "button", button)
        self._recorder.about_to_leave()
        button.click()

    def keep(self, title: str) -> None:
        """Press ダウンロード in the line of a chapter or form (MNU-16)."""
        button = self._button_of(title, "download")
        self._recorder.touch(self._described.button("download").label, "button", button)
        self._recorder.about_to_leave()
        button.click()

    def should_list(self, title: str) -> None:
        """Check that a chapter or form is listed."""
        expect(self._page.get_by_role("rowheader", name=title, exact=True)).to_be_visible()

    def _button_of(self, title: str, key: str) -> Locator:
        header = self._page.get_by_role("rowheader", name=title, exact=True)
        line = self._page.get_by_role("row").filter(has=header)
        return line.get_by_role("button", name=self._described.button(key).label, exact=True)


class ManualChapter(Screen):
    """マニュアル表示, DC592202."""

    key = "manual_chapter"

    def should_show_in_order(self, title: str, screens: list[str]) -> None:
        """Check the chapter's title, and the titles and ids of its screens, which come from the catalogue (USR-07)."""
        expect(self._page.get_by_role("region", name=title, exact=True)).to_be_visible()
        expect(self._page.locator(".step > h2 .title")).to_have_text(screens)
        ids = [self._catalogue.titled(screen).id for screen in screens]
        expect(self._page.locator(".step > h2 .id")).to_have_text(ids)

    def should_explain(self, screen: str, label: str, text: str) -> None:
        """Check what the chapter says of an input or a button of a screen."""
        step = self._page.get_by_role("region", name=screen, exact=True)
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        expect(step.get_by_role("row").filter(has=header)).to_contain_text(text)


class Environment(Screen):
    """ご利用環境, DC581104."""

    key = "environment"

    def should_judge(self, *, is_supported: bool) -> None:
        """Check whether the screen warns of what is used (ENV-01, ENV-02)."""
        expect(self._page.locator("main table").first).to_be_visible()
        warning = self._page.get_by_text(self._described.words["unsupported"], exact=True)
        expect(warning).to_have_count(0 if is_supported else 1)


class BrowserSettingsGuide(Screen):
    """ブラウザの設定, DC581105."""

    key = "browser_settings"

    def should_explain(self, headings: list[str]) -> None:
        """Check that these are all settings explained, in this order, each with what to do."""
        guides = self._page.locator("section.guide")
        expect(guides.get_by_role("heading")).to_have_text(headings)
        expect(guides.filter(has=self._page.get_by_role("listitem"))).to_have_count(len(headings))


SPECIAL: dict[str | None, type[Screen]] = {
    c.key: c
    for c in (
        BrowserSettingsGuide,
        Environment,
        LoginTop,
        CertificateIssuing,
        CertificateResult,
        Information,
        UserList,
        ManualLookup,
        ManualChapter,
        StatementList,
        AlarmList,
        DetailChange,
        DetailSending,
        DetailHistory,
        ListPrint,
        ExportConfirmation,
        OperationLog,
        DeductionExport,
        DeductionList,
        RequestConfirmation,
        RequestEntry,
        RequestHistory,
        RequestLines,
        RequestView,
        TransferRequest,
    )
}


def _is_pdf(answer: Response) -> bool:
    return answer.headers.get("content-type") == "application/pdf"
