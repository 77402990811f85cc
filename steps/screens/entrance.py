"""The screens in front of the login: the login top screen and what can be read there."""

from __future__ import annotations

from steps.screens.screen import Screen
from steps.screens.seeing import see


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
        see(f"「{heading}」の欄のボタン", block.get_by_role("button")).has_text(buttons)

    def should_have_in_block(self, heading: str, text: str) -> None:
        """Check what a block says (LGT-06 to LGT-08)."""
        block = self._page.get_by_role("region", name=heading)
        see(f"「{heading}」の欄", block, self._page.get_by_role("heading")).contains(text)

    def should_have_cautions(self, count: int) -> None:
        """Check how many items ＜ご注意事項＞ has (ACC-16)."""
        see("ご注意事項", self._page.locator(".cautions li")).counts(count)


class Environment(Screen):
    """ご利用環境, DC581104."""

    key = "environment"

    def should_judge(self, *, is_supported: bool) -> None:
        """Check whether the screen warns of what is used (ENV-01, ENV-02)."""
        see("ご利用環境の表", self._page.locator("main table").first).is_shown()
        text = self._described.words["unsupported"]
        see(f"「{text}」という注意", self._page.get_by_text(text, exact=True)).counts(0 if is_supported else 1)


class BrowserSettingsGuide(Screen):
    """ブラウザの設定, DC581105."""

    key = "browser_settings"

    def should_explain(self, headings: list[str]) -> None:
        """Check that these are all settings explained, in this order, each with what to do."""
        guides = self._page.locator("section.guide")
        see("案内のある設定", guides.get_by_role("heading")).has_text(headings)
        see("手順のある設定", guides.filter(has=self._page.get_by_role("listitem"))).counts(len(headings))
