"""What people meet when something is not as it should be, and how they help themselves."""

from __future__ import annotations

from pytest_bdd import when

from fixtures.logon_account import Accounts
from simulator.catalogue import Catalogue
from steps.arrival import Arrival
from steps.screens import Screens
from steps.wording import sentence


@when(sentence("ユーザー認証の画面で「{user_id}」をパスワード「{password}」で認証する"))
def authenticate_from_top(screens: Screens, catalogue: Catalogue, user_id: str, password: str) -> None:
    """Go from the login top screen to user authentication, and give id and password."""
    screens.current().press(catalogue.screen("login_top").button("certificate_issue").label)
    screens.on("user_authentication").submit("authenticate", user_id=user_id, password=password)


@when(sentence("一般ユーザー「{user_id}」がパスワード「{password}」で電子証明書の発行を始める"))
def begin_issuing(accounts: Accounts, screens: Screens, catalogue: Catalogue, user_id: str, password: str) -> None:
    """Access the portal anew and authenticate, which has the code mailed (CRT-13)."""
    account = accounts.current
    account.start_browser().goto(account.address)
    authenticate_from_top(screens, catalogue, user_id, password)
    screens.titled(catalogue.screen("code_entry").title).should_be_shown()


@when(sentence("マスターユーザー「{master}」が「{user_id}」のメールアドレスを「{address}」に変更する"))
def correct_address(arrival: Arrival, screens: Screens, master: str, user_id: str, address: str) -> None:
    """Correct the address of a user on 契約ユーザー情報変更 (USR-08, CRT-22)."""
    arrival.at_user_change(master, user_id)
    screens.on("user_change").submit("change", mail_address=address, mail_address_again=address)
