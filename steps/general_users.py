"""General users: states to begin with, and the master's screens that manage them (USR)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.expectation import fail
from fixtures.logon_account import Accounts
from simulator.mail import Mailbox
from simulator.services.passwords import change_password
from simulator.services.users import GeneralUserEntry, register_general_user, set_temporary_password, users_of
from simulator.services.world import World
from steps.arrival import Arrival
from steps.known import known_contract, known_user
from steps.screens import Screens, UserList
from steps.states import PASSWORD, address_of, certificate_imported_with
from steps.wording import column, sentence

TEMPORARY = "Kari#123"  # synthetic
USER_NAME = "労金　次郎"


@given(sentence("契約「{number}」に一般ユーザー「{user_id}」が仮パスワード「{password}」で登録されている"))
def registered_with(world: World, number: str, user_id: str, password: str) -> None:
    """The contract's master registered a general user, whose address is the user id at sample.co.jp."""
    register_general_user(
        world, master_of(world, number), GeneralUserEntry(user_id, password, USER_NAME, address_of(user_id))
    )


@given(sentence("契約「{number}」に一般ユーザーが{count:d}名登録されている"))
def many_registered(world: World, number: str, count: str) -> None:
    """The master registered general01, general02 and so on."""
    for place in range(int(count)):
        registered_with(world, number, f"general{place + 1:02}", TEMPORARY)


@given(sentence("契約「{number}」の一般ユーザー「{user_id}」が初期設定を終えている"))
def set_up(world: World, mailbox: Mailbox, accounts: Accounts, number: str, user_id: str) -> None:
    """A general user has the certificate under the current logon account, and the password Abcd#123 (USR-06)."""
    registered_with(world, number, user_id, TEMPORARY)
    certificate_imported_with(world, mailbox, accounts, user_id, TEMPORARY)
    change_password(world, user_id, TEMPORARY, PASSWORD)


@given(sentence("マスターユーザーがユーザー「{user_id}」の仮パスワード「{password}」を設定している"))
def temporary_password_set(world: World, user_id: str, password: str) -> None:
    """The master helped a general user who forgot the password (USR-08)."""
    set_temporary_password(world, master_over(world, user_id), user_id, password)


@given(sentence("マスターユーザー「{master}」が「{user_id}」の契約ユーザー情報変更の画面を開いている"))
def at_change(arrival: Arrival, master: str, user_id: str) -> None:
    """The master has logged in and is about to change a user (USR-08)."""
    arrival.at_user_change(master, user_id)


@when(sentence("ユーザー「{user_id}」の「{label}」ボタンを押す"))
def press_of(screens: Screens, user_id: str, label: str) -> None:
    """Press a button in a user's line of the list."""
    screens.the(UserList).press_of(user_id, label)


@when(sentence("一般ユーザー「{user_id}」の登録内容をすべて正しく入力する"))
def fill_registration(screens: Screens, user_id: str) -> None:
    """Fill in 契約ユーザー情報登録: the id, Kari#123, 労金　次郎, the id at sample.co.jp (USR-05)."""
    address = address_of(user_id)
    screens.on("user_registration").fill_by_key(
        user_id=user_id,
        temporary_password=TEMPORARY,
        temporary_password_again=TEMPORARY,
        user_name=USER_NAME,
        mail_address=address,
        mail_address_again=address,
    )


@then("ユーザーの一覧に次のとおり表示される")
def listed(screens: Screens, datatable: list[list[str]]) -> None:
    """These are all users, in this order, with what stands in these columns."""
    screens.the(UserList).should_list(datatable[0], datatable[1:])


@then("ユーザーの一覧のユーザーIDは次のとおりである")
def ids_listed(screens: Screens, datatable: list[list[str]]) -> None:
    """These are all users, in this order."""
    screens.the(UserList).should_list(datatable[0], [[user_id] for user_id in column(datatable)])


def master_of(world: World, number: str) -> str:
    """The id of a contract's master."""
    users = users_of(world, known_contract(world, number))
    if not users:
        fail(f"契約「{number}」にマスターユーザーが登録されている", "まだ登録されていません")
    return users[0].user.user_id


def master_over(world: World, user_id: str) -> str:
    """The id of the master of a user's contract."""
    return master_of(world, known_user(world, user_id).contract_number)
