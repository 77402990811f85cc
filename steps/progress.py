"""Given steps that put a registered user on the screen where the scenario begins."""

from __future__ import annotations

from operator import itemgetter

from pytest_bdd import given

from fixtures.expectation import the_one
from simulator.catalogue import Catalogue
from steps.arrival import Arrival
from steps.screens.screen_parts import known_screen
from steps.wording import sentence


@given("「電子証明書発行 ユーザー認証」画面を開いている")
def at_user_authentication(arrival: Arrival) -> None:
    """The user authentication screen is shown."""
    arrival.at_user_authentication()


@given(sentence("ユーザー「{user_id}」が「{title}」画面まで進んでいる"))
def at_screen(arrival: Arrival, catalogue: Catalogue, user_id: str, title: str) -> None:
    """A user has come as far as this screen; one of the menu bar needs nothing but the login."""
    ways = {
        "code_entry": arrival.at_code_entry,
        "certificate_issue": arrival.at_issue,
        "certificate_result": arrival.at_result,
        "login": arrival.at_login,
    }
    screen = known_screen(catalogue, title)
    if screen.menu_bar:
        arrival.logged_in_at(screen.key, user_id)
    else:
        titles = {key: catalogue.screen(key).title for key in ways}
        way, _ = the_one("途中から始められる画面に", title, titles.items(), itemgetter(1))
        ways[way](user_id)
