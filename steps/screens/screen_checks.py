"""What a screen of the portal can be checked for."""

from __future__ import annotations

from playwright.sync_api import expect

from steps.screens.screen_parts import ScreenParts, labelled

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
            expect(bar).to_have_text(f"{self._described.id} {self._described.title}")
        except AssertionError:
            raise AssertionError(f"「{self.title}」画面が表示されるはずですが、{self._what_is_shown()}") from None

    def should_not_refuse(self, label: str) -> None:
        """Check that other inputs are complained of, and this one is not."""
        field = labelled(self._described.fields, label, self.title)
        expect(self._page.get_by_role("alert")).to_be_visible()
        expect(self._row(field).locator(".error")).to_have_count(0)

    def should_have_id(self, screen_id: str) -> None:
        """Check the id at the upper left."""
        expect(self._page.locator("main .title-bar .screen-id")).to_have_text(screen_id)

    def should_hold(self, label: str, value: str) -> None:
        """Check what stands in an input."""
        expect(self._input(labelled(self._described.fields, label, self.title))).to_have_value(value)

    def should_hide(self, label: str) -> None:
        """Check that an input does not show what is typed."""
        expect(self._input(labelled(self._described.fields, label, self.title))).to_have_attribute("type", "password")

    def should_send_once(self, label: str) -> None:
        """Check that pressing a button twice in a row sends its form once; nothing is really sent."""
        button = self._button(labelled(self._described.buttons, label, self.title))
        assert button.evaluate(PRESS_TWICE) == 1

    def should_have_in_menu(self, label: str) -> None:
        """Check that the menu bar has this entry (MNU-01)."""
        expect(self._menu_entry(label)).to_be_visible()

    def should_have_in_group(self, group: str, labels: list[str]) -> None:
        """Check that these are all functions in the pull-down list of a menu entry (MNU-02, MNU-13)."""
        self._menu_entry(group).hover()
        functions = self._menu_bar.get_by_role("list", name=group, exact=True).get_by_role("button")
        expect(functions).to_have_text(labels)
        expect(functions.first).to_be_visible()

    def should_not_have_in_menu(self, label: str) -> None:
        """Check that the menu bar, which is shown, has no such entry, not even in a list that is folded."""
        expect(self._menu_bar).to_be_visible()
        expect(self._menu_bar.get_by_role("button", name=label, exact=True, include_hidden=True)).to_have_count(0)

    def should_offer_exactly(self, labels: list[str]) -> None:
        """Check that these are all buttons of the screen."""
        expect(self._page.locator("main").get_by_role("button")).to_have_text(labels)

    def should_tell(self, code: str, text: str | None = None) -> None:
        """Check that a message with this code is shown, containing this text."""
        lines = self._page.get_by_role("alert").get_by_role("listitem")
        try:
            expect(lines.filter(has_text=code).filter(has_text=text or "").first).to_be_visible()
        except AssertionError:
            raise AssertionError(f"メッセージ {code} が表示されるはずですが、{self._what_is_shown()}") from None

    def should_tell_exactly(self, told: list[tuple[str, str]]) -> None:
        """Check that these are all messages, each with its code and containing its text, in this order."""
        lines = self._page.get_by_role("alert").get_by_role("listitem")
        expect(lines.locator(".code")).to_have_text([code for code, _ in told])
        expect(lines.locator(".text")).to_contain_text([text for _, text in told])

    def should_confirm(self, code: str, text: str) -> None:
        """Check that the screen tells of an operation that was done, by this code and containing this text."""
        line = self._page.get_by_role("status").filter(has_text=code)
        try:
            expect(line).to_contain_text(text)
        except AssertionError:
            raise AssertionError(f"完了のお知らせ {code} が表示されるはずですが、{self._what_is_shown()}") from None

    def should_tell_nothing(self) -> None:
        """Check that no message is shown."""
        expect(self._page.get_by_role("alert")).to_have_count(0)

    def should_note(self, text: str) -> None:
        """Check that the screen says this somewhere."""
        expect(self._page.locator("main")).to_contain_text(text)

    def should_not_note(self, text: str) -> None:
        """Check that the screen says this nowhere."""
        expect(self._page.locator("main")).not_to_contain_text(text)

    def should_caution(self, text: str) -> None:
        """Check that one of the screen's cautions says this."""
        expect(self._cautions.filter(has_text=text)).to_have_count(1)

    def should_not_caution(self, text: str) -> None:
        """Check that none of the screen's cautions says this."""
        expect(self._cautions.first).to_be_visible()
        expect(self._cautions.filter(has_text=text)).to_have_count(0)

    def should_ask(self, labels: list[str]) -> None:
        """Check that these are all inputs of the screen, each marked as required."""
        expect(self._page.locator("table.entry th label")).to_have_text(labels)
        for label in labels:
            expect(self._page.get_by_label(label, exact=True)).to_have_attribute("aria-required", "true")

    def should_show(self, label: str, value: str) -> None:
        """Check a row of data."""
        expect(self._data(label)).to_have_text(value)

    def should_show_under(self, heading: str, label: str, value: str) -> None:
        """Check a row of data under a heading that begins like this."""
        block = self._page.locator("section.data").filter(has=self._page.get_by_role("heading", name=heading))
        header = self._page.get_by_role("rowheader", name=label, exact=True)
        expect(block.get_by_role("row").filter(has=header).get_by_role("cell")).to_contain_text(value)

    def should_warn_of_script(self) -> None:
        """Check that the page tells that scripts are blocked, and links what to do (BRW-24)."""
        link = self._catalogue.screen("browser_settings").title
        expect(self._script_warning).to_have_text(self._catalogue.words.script_off.format(link=link))
        expect(self._script_warning.get_by_role("link", name=link)).to_be_visible()

    def should_not_warn_of_script(self) -> None:
        """Check that the page, which is shown, tells nothing of scripts."""
        expect(self._page.locator("main")).to_be_visible()
        expect(self._script_warning).to_have_count(0)

    def should_link_nothing_at_foot(self) -> None:
        """Check that there are no links at the foot of the page."""
        expect(self._page.locator("main")).to_be_visible()
        expect(self._foot).to_have_count(0)

    def shown(self, label: str) -> str:
        """What a row of data shows."""
        return self._data(label).inner_text()

    def hint_of(self, label: str) -> str:
        """The rule printed beside an input."""
        field = labelled(self._described.fields, label, self.title)
        return self._row(field).locator(".hint").inner_text()
