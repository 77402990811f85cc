"""The master's initial registration: getting to its screens and filling them in (MRG)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.logon_account import Accounts
from fixtures.portal import PortalUnderTest
from simulator.services.seed import SEEDED_CONTRACTS
from steps.access import access
from steps.screens import Screens
from steps.states import PASSWORD, USER_NAME, address_of
from steps.wording import sentence

USER_ID = "sample001"


@given("マスターユーザー初期登録ログインの画面を開いている")
def at_initial_login(accounts: Accounts, portal: PortalUnderTest, screens: Screens) -> None:
    """Start the browser and press マスターユーザーの初期登録 on the top screen (LGT-03)."""
    access(accounts, portal)
    screens.current().press("マスターユーザーの初期登録")


@given(sentence("契約「{number}」の初期登録ログインを済ませている"))
def logged_in_for_registration(accounts: Accounts, portal: PortalUnderTest, screens: Screens, number: str) -> None:
    """Come to マスターユーザー初期登録 through the portal's own pages (MRG-04)."""
    (secret,) = [c.initial_password for c in SEEDED_CONTRACTS if c.number == number]
    at_initial_login(accounts, portal, screens)
    log_in(screens, number, secret)
    screens.titled("マスターユーザー初期登録").should_be_shown()


@given(sentence("契約「{number}」でマスターユーザーの初期登録を終えている"))
def registered(accounts: Accounts, portal: PortalUnderTest, screens: Screens, number: str) -> None:
    """Come to マスターユーザー登録結果 through the portal's own pages (MRG-29)."""
    logged_in_for_registration(accounts, portal, screens, number)
    fill_registration(screens)
    screens.current().press("登録")
    screens.titled("マスターユーザー登録結果").should_be_shown()


@when(sentence("契約番号「{number}」と初期パスワード「{secret}」で初期登録ログインを行う"))
def log_in(screens: Screens, number: str, secret: str) -> None:
    """Fill in マスターユーザー初期登録ログイン and press 次へ."""
    screen = screens.current()
    screen.fill("契約番号", number)
    screen.fill("初期パスワード", secret)
    screen.press("次へ")


@when("登録内容をすべて正しく入力する")
def fill_registration(screens: Screens) -> None:
    """Fill in マスターユーザー初期登録: sample001, Abcd#123, 労金　太郎, sample001@sample.co.jp."""
    screen = screens.current()
    screen.fill("ユーザーID", USER_ID)
    screen.fill_twice("パスワード", PASSWORD)
    screen.fill("ユーザー名", USER_NAME)
    screen.fill_twice("メールアドレス", address_of(USER_ID))


@when(sentence("「{label}」とその再入力に「{value}」を入力する"))
def fill_twice(screens: Screens, label: str, value: str) -> None:
    """Type the same into an input and into the one that repeats it."""
    screens.current().fill_twice(label, value)


@when(sentence("ユーザーID「{user_id}」とパスワード「{password}」でユーザー認証を行う"))
def authenticate(screens: Screens, user_id: str, password: str) -> None:
    """Fill in 電子証明書発行 ユーザー認証 and press 認証."""
    screen = screens.current()
    screen.fill("ユーザーID", user_id)
    screen.fill("パスワード", password)
    screen.press("認証")


@then("次の入力欄がある")
def inputs_offered(screens: Screens, datatable: list[list[str]]) -> None:
    """These are exactly the inputs of the screen, in this order."""
    screens.current().should_ask([row[0] for row in datatable[1:]])
