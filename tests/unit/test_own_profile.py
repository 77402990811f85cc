import json
from pathlib import Path
from typing import Any, cast

import pytest

from fixtures.certificates import CertificateStore
from fixtures.expectation import Unexpected
from fixtures.own_profile import ByProfile, ProfileBrowsers
from fixtures.personas import manner_of
from fixtures.portal import ANNOUNCED_URL
from simulator.rules import Support, judge_browser, load_profile
from steps.screens.settings.chromium import CHROMIUM
from steps.screens.settings.edge import EDGE


class Others:
    def __init__(self) -> None:
        self.store, self.address = CertificateStore(), "https://127.0.0.1:1"


@pytest.fixture
def own(tmp_path: Path) -> ByProfile:
    return ByProfile(cast("Any", Others()), cast("ProfileBrowsers", None), tmp_path, lambda _: None)


def kept(folder: Path) -> Any:
    return json.loads((folder / "profile/Default/Preferences").read_text(encoding="utf-8"))


def test_a_setting_made_before_stands_in_the_browser_s_own_file(own: ByProfile, tmp_path: Path) -> None:
    own.preset(*CHROMIUM.kept("JavaScript", "ブロック済み"))
    own.preset(*CHROMIUM.kept("個人情報", "ＯＮ"))
    own.preset(*CHROMIUM.kept("Cookie", "無効"))
    assert kept(tmp_path) == {
        "profile": {"default_content_setting_values": {"javascript": 2, "cookies": 2}},
        "autofill": {"profile_enabled": True},
    }


def test_a_browser_with_settings_is_led_to_the_printed_address(own: ByProfile) -> None:
    assert own.address == ANNOUNCED_URL == load_profile().portal_site


def test_edge_s_map_has_the_same_settings_and_states_as_chromium_s() -> None:
    assert list(EDGE.settings) == list(CHROMIUM.settings)
    for name, setting in CHROMIUM.settings.items():
        assert set(EDGE.setting(name).states) == set(setting.states) == set(setting.kept_as[1])
        assert EDGE.setting(name).kept_as == setting.kept_as


def test_a_setting_that_nobody_knows_is_told_with_those_there_are() -> None:
    with pytest.raises(Unexpected, match="JavaScript"):
        CHROMIUM.setting("Java")


def test_the_personas_are_all_supported_windows_in_both_browser_modes() -> None:
    profile = load_profile()
    found = {
        judge_browser(manner_of(system, browser)["user_agent"])
        for system in profile.operating_systems
        for browser in profile.browsers
    }
    assert found == {Support.EDGE, Support.IE_MODE}


def test_ie_mode_sends_no_client_hints() -> None:
    assert set(manner_of("Windows 11 Pro", "Microsoft Edge（IE モード）")["extra_http_headers"].values()) == {""}
