"""Given steps that put a registered user on the screen where the scenario begins."""

from __future__ import annotations

from pytest_bdd import given

from simulator.catalogue import Catalogue
from steps.arrival import Arrival
from steps.wording import sentence

# Screens of the menu bar that need nothing but the login.
AFTER_LOGIN = {"statement_list", "alarm_list", "list_output", "data_export"}


@given("「電子証明書発行 ユーザー認証」画面を開いている")
def at_user_authentication(arrival: Arrival) -> None:
    """The user authentication screen is shown."""
    arrival.at_user_authentication()


@given(sentence("ユーザー「{user_id}」が「{title}」画面まで進んでいる"))
def at_screen(arrival: Arrival, catalogue: Catalogue, user_id: str, title: str) -> None:
    """A user has come as far as this screen."""
    ways = {
        "code_entry": arrival.at_code_entry,
        "certificate_issue": arrival.at_issue,
        "certificate_result": arrival.at_result,
        "login": arrival.at_login,
        "information": arrival.at_information,
        "manual_lookup": arrival.at_manual_lookup,
        "user_list": arrival.at_user_list,
    }
    key = catalogue.titled(title).key
    if key in AFTER_LOGIN:
        arrival.logged_in_at(key, user_id)
    else:
        ways[key](user_id)
