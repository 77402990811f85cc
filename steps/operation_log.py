"""操作ログ照会: what the users of a contract did (MNU-19)."""

from __future__ import annotations

import csv

from pytest_bdd import given, then

from fixtures.expectation import expect_equal
from fixtures.logon_account import Accounts
from simulator.services.users import delete_general_user
from simulator.services.world import World
from steps.known import known_user
from steps.screens import OperationLog, Screens
from steps.wording import sentence


@given(sentence("マスターユーザー「{master}」が一般ユーザー「{user_id}」を削除している"))
def deleted(world: World, master: str, user_id: str) -> None:
    """The master deleted a general user (USR-11)."""
    delete_general_user(world, known_user(world, master).user_id, known_user(world, user_id).user_id)


@then("操作ログの新しい方から次のとおり表示される")
def listed(screens: Screens, datatable: list[list[str]]) -> None:
    """The first lines of the list, with what stands in these columns."""
    screens.the(OperationLog).should_begin_with(datatable[0], datatable[1:])


@then("出力した操作ログは次のとおりである")
def exported(accounts: Accounts, datatable: list[list[str]]) -> None:
    """The downloaded file has this heading and these lines, read as Excel in Japan reads it."""
    with accounts.current.downloaded_file().open(encoding="cp932", newline="") as file:
        expect_equal("出力した操作ログ", datatable, list(csv.reader(file)))
