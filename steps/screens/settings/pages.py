"""Going through the settings pages as a person does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter

import pytest
from playwright.sync_api import Locator, Page

from fixtures.expectation import the_one
from fixtures.recorder import Recorder
from steps.screens.acting import DRAWN_MILLISECONDS, find, press
from steps.screens.seeing import see
from steps.screens.settings.chromium import CHROMIUM
from steps.screens.settings.edge import EDGE
from steps.screens.settings.model import Click, Control, Setting, SettingsMap


def settings_map(*, is_edge: bool) -> SettingsMap:
    """What the settings of Edge, or of Chromium, are called."""
    return EDGE if is_edge else CHROMIUM


class SettingsPages:
    """The settings in the open window.

    Args:
        page: the window.
        is_edge: whether the browser is Microsoft Edge.
        recorder: notes what is touched.
    """

    def __init__(self, page: Page, recorder: Recorder, *, is_edge: bool) -> None:
        self._page, self._recorder = page, recorder
        self._map = settings_map(is_edge=is_edge)

    def set(self, name: str, state: str) -> None:
        """Bring a setting into a state, and go back to the page before (BRW-05 to BRW-09, PDF-02, PDF-03)."""
        setting = self._open(name)
        control = setting.control(state)
        box = self._control(control)
        self._recorder.touch(control.label, "button", box)
        box.set_checked(control.on)
        if control.answer:
            self._page.get_by_role("button", name=control.answer, exact=True).click()
        self._recorder.about_to_leave()
        self._go_back(setting)
        self._should_read(setting, state)

    def should_be(self, name: str, state: str) -> None:
        """Check the state of a setting, where the manuals have it read."""
        setting = self._map.setting(name)
        if setting.reading:
            self._walk(setting.way[:-1])
            self._should_read(setting, state)
        else:
            self._open(name)
            control = setting.control(state)
            see(f"ブラウザの設定の「{control.label}」", self._control(control)).is_marked(is_marked=control.on)

    def allow(self, name: str, site: str) -> None:
        """Add a site to the allow list of a setting (BRW-10)."""
        setting = self._open(name)
        self._page.get_by_role("button", name=setting.allow, exact=True).click()
        field = self._page.get_by_role("textbox", name=self._map.site, exact=True)
        field.fill(site)
        self._recorder.touch(self._map.site, "input", field, site)
        self._recorder.about_to_leave()
        self._page.locator("add-site-dialog, [role=dialog]").get_by_role("button", name=self._map.add).click()

    def should_allow(self, name: str, site: str) -> None:
        """Check that a site is in the allow list of the setting whose page is open (BRW-11)."""
        listed = self._page.get_by_role("grid", name=self._map.setting(name).allowed)
        see(f"「{name}」の許可の欄の「{site}」", listed.get_by_text(site, exact=True), listed).is_shown()

    def _open(self, name: str) -> Setting:
        setting = self._map.setting(name)
        self._walk(setting.way, setting.reading.values())
        return setting

    def _walk(self, way: tuple[Click, ...], readings: Iterable[str] = ()) -> None:
        self._page.goto(self._map.address)
        if not str(self._page.evaluate("document.documentElement.lang")).startswith("ja"):
            pytest.skip("ブラウザの設定画面が日本語になりません（Debian では chromium-l10n が要ります）")
        for click in way:
            press(f"ブラウザの設定の「{click.label}」", self._entry(click, readings))

    def _entry(self, click: Click, reading: Iterable[str] = ()) -> Locator:
        """What leads on, whatever state of the setting stands beside its label."""
        names = [click.label, *(f"{click.label} {text}" for text in (click.beside, *reading))]
        entry = self._page.get_by_role(click.role, name=re.compile(f"^({'|'.join(map(re.escape, names))})$"))
        return find(f"ブラウザの設定に「{click.label}」", entry, self._page.get_by_role(click.role), DRAWN_MILLISECONDS)

    def _control(self, control: Control) -> Locator:
        found = self._page.get_by_role(control.role, name=control.label, exact=True)
        return find(
            f"ブラウザの設定に「{control.label}」", found, self._page.get_by_role(control.role), DRAWN_MILLISECONDS
        )

    def _go_back(self, setting: Setting) -> None:
        """Leave by the link to the page before; the pages of the menu itself have none (BRW-07)."""
        if len(setting.way) > 1:
            self._page.get_by_role("button", name=re.compile(f"{re.escape(self._map.back)}$")).click()

    def _should_read(self, setting: Setting, state: str) -> None:
        if setting.reading:
            entry = setting.way[-1]
            name = f"{entry.label} {the_one('状態', state, setting.reading.items(), itemgetter(0))[1]}"
            shown = self._page.get_by_role(entry.role, name=name, exact=True)
            see(f"ブラウザの設定の「{name}」", shown, self._page.get_by_role(entry.role)).is_shown()
