"""What a master does: initial login and registration (MRG)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.model.compared import MOSTLY, WINDOWS, ComparedMachine, typed
from tests.model.standing_model import INITIAL_PASSWORDS, MASTERS, PASSWORDS

INITIAL_LOGIN, REGISTRATION = "/master/initial-login", "/master/registration"
UNKNOWN = "99999999"
NUMBERS = st.sampled_from([*INITIAL_PASSWORDS])


class AtRegistration(ComparedMachine):
    """Rules about the initial registration."""

    @rule(name=WINDOWS, number=st.sampled_from([*INITIAL_PASSWORDS, UNKNOWN]), right=MOSTLY)
    def initial_login(self, name: str, number: str, right: bool) -> None:  # noqa: FBT001
        self._initial_login(name, number, right=right)

    def _initial_login(self, name: str, number: str, *, right: bool, again: bool = False) -> None:
        window, browser = self.windows[name]
        contract = self.model.contracts.get(number, self.model.contracts["10000001"])
        password, manner = typed(contract.initial_password, right=right)
        if not again:
            browser.get(INITIAL_LOGIN)
        answer = browser.press(INITIAL_LOGIN, contract_number=number, initial_password=password)
        expected = self.model.initial_login(window, number, password)
        self.compare(f"窓{name}: 契約{number}で初期登録ログイン（パスワード{manner}）", answer, expected)

    @precondition(lambda self: any(window.contract for window, _ in self.windows.values()))
    @rule(name=WINDOWS, user_id=st.sampled_from([*PASSWORDS]))
    def register(self, name: str, user_id: str) -> None:
        """Also in a window where nobody may register, and with an id that may be taken."""
        window, browser = self.windows[name]
        answer = browser.get(REGISTRATION)
        if answer.page().screen == "master_registration":
            answer = browser.press(REGISTRATION, **_entry(user_id))
        expected = self.model.register(window, user_id, _entry(user_id)["mail_address"])
        self.compare(f"窓{name}: マスターユーザー{user_id}を登録", answer, expected)

    @rule(name=WINDOWS, number=NUMBERS)
    def register_from_the_start(self, name: str, number: str) -> None:
        self.initial_login(name, number, right=True)
        self.register(name, MASTERS[number])


def _entry(user_id: str) -> dict[str, str]:
    password, address = PASSWORDS[user_id], f"{user_id}@sample.co.jp"
    passwords = {"password": password, "password_again": password}
    addresses = {"mail_address": address, "mail_address_again": address}
    return {"user_id": user_id, "user_name": "労金　太郎", **passwords, **addresses}
