"""What a browser has to be set to, and what is seen where it is not (BRW, IEM)."""

import pytest

from simulator.rules import BrowserSettings, Symptom, names_site, symptoms

SITE = "https://www.cjs-rokin.jp"


def settings(**changes: bool) -> BrowserSettings:
    """All four met, but for these."""
    return BrowserSettings(**{"javascript": True, "cookies": True, "popups": True, "trusted": True, **changes})


def test_nothing_is_wrong_where_every_precondition_is_met() -> None:
    assert symptoms(settings()) == frozenset()


def test_blocked_pop_ups_close_the_window() -> None:
    assert symptoms(settings(popups=False)) == {Symptom.WINDOW_CLOSES}


def test_a_site_that_is_not_trusted_leads_back_to_the_top_screen() -> None:
    assert symptoms(settings(trusted=False)) == {Symptom.BACK_TO_TOP}


def test_the_two_come_together() -> None:
    assert symptoms(settings(popups=False, trusted=False)) == set(Symptom)


@pytest.mark.parametrize("entry", [SITE, f"{SITE}/", f" {SITE} ", "https://WWW.CJS-Rokin.jp", f"{SITE}/login?x=1"])
def test_an_address_of_the_site_names_it(entry: str) -> None:
    assert names_site(["https://example.jp", entry], SITE)


@pytest.mark.parametrize(
    "entry",
    ["", "http://www.cjs-rokin.jp", "www.cjs-rokin.jp", "https://cjs-rokin.jp", "https://www.cjs-rokin.jp.example",
     "https://www.cjs-rokin.jp:8443", "https://[www.cjs-rokin.jp"],
)  # fmt: skip
def test_another_address_does_not(entry: str) -> None:
    assert not names_site([entry], SITE)


def test_no_address_names_no_site() -> None:
    assert not names_site([], SITE)
