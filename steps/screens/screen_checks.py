"""What a screen of the portal can be checked for."""

from __future__ import annotations

from fixtures.expectation import Unexpected, expect_equal, fail
from steps.screens.acting import find
from steps.screens.screen_parts import ScreenParts, labelled
from steps.screens.seeing import see, what_is_shown

# How many of two presses would really send a form; the page stays.
PRESS_TWICE = """button => {
  let sent = 0;
  window.addEventListener("submit", event => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
  button.click();
  button.click();
  return sent;
}"""


class ScreenChecks(ScreenParts):
    """The checks that every screen answers; each waits, and fails with what is shown instead."""

    def should_be_shown(self) -> None:
        """Wait until this screen is shown, with its id."""
        bar = self._page.locator("main > .title-bar")
        try:
            see("画面の題", bar).has_text(f"{self._described.id} {self._described.title}")
        except Unexpected as problem:
            fail(f"「{self.title}」画面が表示される", what_is_shown(self._page), str(problem))

    def should_not_refuse(self, label: str) -> None:
        """Check that other inputs are complained of, and this one is not."""
        field = labelled(self._described.fields, label, self.title)
        see("エラーメッセージ", self._page.get_by_role("alert")).is_shown()
        see(f"「{label}」のエラー", self._row(field).locator(".error")).is_absent()

    def should_have_id(self, screen_id: str) -> None:
        """Check the id at the upper left."""
        see("画面ID", self._page.locator("main .title-bar .screen-id")).has_text(screen_id)

    def should_hold(self, label: str, value: str) -> None:
        """Check what stands in an input."""
        see(f"「{label}」", self._input(labelled(self._described.fields, label, self.title))).holds(value)

    def should_hide(self, label: str) -> None:
        """Check that an input does not show what is typed."""
        box = self._input(labelled(self._described.fields, label, self.title))
        see(f"文字を伏せる「{label}」", box).has("type", "password")

    def should_send_once(self, label: str) -> None:
        """Check that pressing a button twice in a row sends its form once; nothing is really sent."""
        button = self._button(labelled(self._described.buttons, label, self.title))
        control = find(f"「{label}」ボタン", button, self._buttons)
        expect_equal(f"「{label}」ボタンを2回押したときの送信の回数", 1, control.evaluate(PRESS_TWICE))

    def should_have_in_menu(self, label: str) -> None:
        """Check that the menu bar has this entry (MNU-01)."""
        see(f"メニューバーの「{label}」", self._menu_entry(label), self._menu_entries).is_shown()

    def should_have_in_group(self, group: str, labels: list[str]) -> None:
        """Check that these are all functions in the pull-down list of a menu entry (MNU-02, MNU-13)."""
        self._found_in_menu(group).hover()
        functions = self._menu_bar.get_by_role("list", name=group, exact=True).get_by_role("button")
        see(f"「{group}」のメニュー", functions).has_text(labels)
        see(f"「{group}」のメニュー", functions.first).is_shown()

    def should_not_have_in_menu(self, label: str) -> None:
        """Check that the menu bar, which is shown, has no such entry, not even in a list that is folded."""
        see("メニューバー", self._menu_bar).is_shown()
        entry = self._menu_bar.get_by_role("button", name=label, exact=True, include_hidden=True)
        see(f"メニューバーの「{label}」", entry).is_absent()

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check that these are all buttons of the screen."""
        see("画面のボタン", self._buttons).has_text(labels)

    def should_tell(self, code: str, text: str | None = None) -> None:
        """Check that a message with this code is shown, containing this text."""
        line = self._messages.filter(has_text=code).filter(has_text=text or "").first
        see(f"メッセージ {code}" + (f"「{text}」" if text else ""), line).is_shown()

    def should_tell_exactly(self, told: list[tuple[str, str]]) -> None:
        """Check that these are all messages, each with its code and containing its text, in this order."""
        see("メッセージの番号", self._messages.locator(".code")).has_text([code for code, _ in told])
        see("メッセージの内容", self._messages.locator(".text")).contains([text for _, text in told])

    def should_confirm(self, code: str, text: str) -> None:
        """Check that the screen tells of an operation that was done, by this code and containing this text."""
        line = self._page.get_by_role("status").filter(has_text=code)
        see(f"完了のお知らせ {code}", line).contains(text)

    def should_tell_nothing(self) -> None:
        """Check that no message is shown."""
        see("エラーメッセージ", self._page.get_by_role("alert")).is_absent()

    def should_note(self, text: str) -> None:
        """Check that the screen says this somewhere."""
        see("画面", self._page.locator("main")).contains(text)

    def should_not_note(self, text: str) -> None:
        """Check that the screen says this nowhere."""
        see("画面", self._page.locator("main")).lacks(text)

    def should_caution(self, text: str) -> None:
        """Check that one of the screen's cautions says this."""
        see(f"ご注意の「{text}」", self._cautions.filter(has_text=text), self._cautions).counts(1)

    def should_not_caution(self, text: str) -> None:
        """Check that none of the screen's cautions says this."""
        see("ご注意", self._cautions.first).is_shown()
        see(f"ご注意の「{text}」", self._cautions.filter(has_text=text)).is_absent()

    def should_ask(self, labels: list[str]) -> None:
        """Check that these are all inputs of the screen, each marked as required."""
        see("入力欄", self._page.locator("table.entry th label")).has_text(labels)
        for label in labels:
            see(f"必須の入力欄「{label}」", self._page.get_by_label(label, exact=True)).has("aria-required", "true")

    def should_show(self, label: str, value: str) -> None:
        """Check a row of data."""
        see(f"「{label}」", self._data(label), self._headers).has_text(value)

    def should_show_under(self, heading: str, label: str, value: str) -> None:
        """Check a row of data under a heading that begins like this."""
        block = self._page.locator("section.data").filter(has=self._page.get_by_role("heading", name=heading))
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        cell = block.get_by_role("row").filter(has=header).get_by_role("cell")
        see(f"「{heading}」の「{label}」", cell, block.get_by_role("rowheader")).contains(value)

    def should_warn_of_script(self) -> None:
        """Check that the page tells that scripts are blocked, and links what to do (BRW-24)."""
        link = self._catalogue.screen("browser_settings").title
        text = self._catalogue.words.script_off.format(link=link)
        see("JavaScriptについての注意", self._script_warning).has_text(text)
        see(f"注意の中のリンク「{link}」", self._script_warning.get_by_role("link", name=link)).is_shown()

    def should_not_warn_of_script(self) -> None:
        """Check that the page, which is shown, tells nothing of scripts."""
        see("画面", self._page.locator("main")).is_shown()
        see("JavaScriptについての注意", self._script_warning).is_absent()

    def should_link_nothing_at_foot(self) -> None:
        """Check that there are no links at the foot of the page."""
        see("画面", self._page.locator("main")).is_shown()
        see("画面の下の案内", self._foot).is_absent()

    def shown(self, label: str) -> str:
        """What a row of data shows."""
        return find(f"「{label}」の行", self._data(label), self._headers).inner_text()

    def hint_of(self, label: str) -> str:
        """The rule printed beside an input."""
        field = labelled(self._described.fields, label, self.title)
        hints = self._page.locator(".hint")
        return find(f"「{label}」の案内", self._row(field).locator(".hint"), hints).inner_text()
