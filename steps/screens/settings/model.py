"""How a browser's settings are reached and what they are called there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal

from fixtures.expectation import the_one


@dataclass(frozen=True)
class Click:
    """What is clicked on the way to a setting.

    Attributes:
        label: as printed.
        role: what it is.
        beside: what stands beside it, as part of its name.
    """

    label: str
    role: Literal["menuitem", "link", "button"] = "link"
    beside: str = ""


@dataclass(frozen=True)
class Control:
    """What is operated to bring a setting into a state.

    Attributes:
        label: as printed.
        role: what it is.
        on: whether it is on, or chosen, in that state.
        answer: the button that answers the question which follows; empty where none does.
    """

    label: str
    role: Literal["radio", "switch"] = "radio"
    on: bool = True
    answer: str = ""


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        way: what is clicked from the first page of the settings on, one after the other.
        states: what is operated on its page, by the state as the manuals call it.
        reading: what the page before says beside its name, by the state; empty where it says nothing.
        kept_as: the preference in which Chromium and Edge keep it, and its value by the state.
        allow: the button that adds a site to the allow list, on browsers where it has one.
        allowed: the name of the allow list.
    """

    way: tuple[Click, ...]
    states: Mapping[str, Control]
    reading: Mapping[str, str] = field(default_factory=dict)
    kept_as: tuple[str, Mapping[str, int]] = ("", {})
    allow: str = ""
    allowed: str = ""

    def control(self, state: str) -> Control:
        """What brings it into a state; a scenario that misspells one hears which there are."""
        return the_one("設定の状態", state, self.states.items(), itemgetter(0))[1]


# Preferences that Chromium and Edge keep alike; a content setting is 1 where it allows and 2 where it blocks.
CONTENT = "profile.default_content_setting_values."
KEPT_JAVASCRIPT = (f"{CONTENT}javascript", {"許可済み": 1, "ブロック済み": 2})
KEPT_COOKIES = (f"{CONTENT}cookies", {"有効": 1, "無効": 2})
KEPT_POPUPS = (f"{CONTENT}popups", {"許可済み": 1, "ブロック済み": 2})
KEPT_PDF = ("plugins.always_open_pdf_externally", {"ＯＮ": True, "ＯＦＦ": False})
KEPT_ASKING = ("download.prompt_for_download", {"ＯＮ": True, "ＯＦＦ": False})
KEPT_PERSON = ("autofill.profile_enabled", {"ＯＮ": True, "ＯＦＦ": False})


@dataclass(frozen=True)
class SettingsMap:
    """The settings of a browser.

    Attributes:
        address: where they begin.
        back: how the name of the link to the page before ends, or begins.
        settings: by what the manuals call them.
        site: the field for the address of a site to be added.
        add: the button beside it.
    """

    address: str
    back: str
    settings: Mapping[str, Setting]
    site: str
    add: str

    def setting(self, name: str) -> Setting:
        """The setting that the manuals call so; a scenario that misspells one hears which there are."""
        return the_one("ブラウザの設定", name, self.settings.items(), itemgetter(0))[1]

    def kept(self, name: str, state: str) -> tuple[str, int]:
        """The preference in which the browser keeps a setting, and what it is in a state."""
        preference, values = self.setting(name).kept_as
        return preference, the_one("設定の状態", state, values.items(), itemgetter(0))[1]
