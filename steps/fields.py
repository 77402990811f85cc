"""What an input takes and what it refuses, many values in one scenario."""

from __future__ import annotations

from pytest_bdd import then

from simulator.services.seed import SEEDED_CONTRACTS
from steps.screens import Screens
from steps.states import PASSWORD, USER_NAME, address_of
from steps.wording import sentence

# A value that keeps the rule, for every rule: what is refused is then refused for the value in question.
GOOD = {
    "contract_number": SEEDED_CONTRACTS[0].number,
    "initial_password": SEEDED_CONTRACTS[0].initial_password,
    "user_id": "sample001",
    "password": PASSWORD,
    "user_name": USER_NAME,
    "mail_address": address_of("sample001"),
    "code": "000000",
}


@then(sentence("「{label}」に次の値を入力すると、それぞれ断られる"))
def each_refused(screens: Screens, label: str, datatable: list[list[str]]) -> None:
    """Each value with all else in order: 場合, 値, 番号 and 内容 of the message, which begins with the label."""
    for _, value, code, text in datatable[1:]:
        screen = screens.current()
        screen.send_with(label, value, GOOD)
        screen.should_be_shown()
        screen.should_tell(code, f"{label}{text}")


@then(sentence("「{label}」に次の値を入力しても、その項目は断られない"))
def each_taken(screens: Screens, label: str, datatable: list[list[str]]) -> None:
    """Each value with all else left empty: 場合 and 値."""
    for _, value in datatable[1:]:
        screen = screens.current()
        screen.send_with(label, value, {})
        screen.should_be_shown()
        screen.should_not_refuse(label)
