"""The master's initial registration: getting to its screens and filling them in (MRG)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from steps.arrival import Arrival
from steps.known import initial_password_of
from steps.screens import Screens
from steps.states import PASSWORD, USER_NAME, address_of
from steps.wording import sentence

USER_ID = "sample001"


@given("マスターユーザー初期登録ログインの画面を開いている")
def at_initial_login(arrival: Arrival) -> None:
    """マスターユーザー初期登録ログイン is shown."""
    arrival.at_initial_login()


@given(sentence("契約「{number}」の初期登録ログインを済ませている"))
def logged_in_for_registration(arrival: Arrival, number: str) -> None:
    """The contract's initial password was right (MRG-04)."""
    arrival.at_registration(number, initial_password_of(number))


@given(sentence("契約「{number}」でマスターユーザーの初期登録を終えている"))
def registered(arrival: Arrival, number: str) -> None:
    """The master sample001 was registered (MRG-29)."""
    arrival.at_registration_result(number, initial_password_of(number), USER_ID)


@when(sentence("契約番号「{number}」と初期パスワード「{secret}」で初期登録ログインを行う"))
def log_in(screens: Screens, number: str, secret: str) -> None:
    """Fill in マスターユーザー初期登録ログイン and press 次へ."""
    screens.on("initial_login").submit("next", contract_number=number, initial_password=secret)


@when("登録内容をすべて正しく入力する")
def fill_registration(screens: Screens) -> None:
    """Fill in マスターユーザー初期登録: sample001, Abcd#123, 労金　太郎, sample001@sample.co.jp."""
    address = address_of(USER_ID)
    screens.on("master_registration").fill_by_key(
        user_id=USER_ID,
        password=PASSWORD,
        password_again=PASSWORD,
        user_name=USER_NAME,
        mail_address=address,
        mail_address_again=address,
    )


@when(sentence("「{label}」とその再入力に「{value}」を入力する"))
def fill_twice(screens: Screens, label: str, value: str) -> None:
    """Type the same into an input and into the one that repeats it."""
    screens.current().fill_twice(label, value)


@when(sentence("ユーザーID「{user_id}」とパスワード「{password}」でユーザー認証を行う"))
def authenticate(screens: Screens, user_id: str, password: str) -> None:
    """Fill in 電子証明書発行 ユーザー認証 and press 認証."""
    screens.on("user_authentication").submit("authenticate", user_id=user_id, password=password)


@then("次の入力欄がある")
def inputs_offered(screens: Screens, datatable: list[list[str]]) -> None:
    """These are exactly the inputs of the screen, in this order."""
    screens.current().should_ask([row[0] for row in datatable[1:]])
