from datetime import timedelta

import pytest

from simulator.catalogue import load_catalogue
from simulator.portal.user_lines import UserLine, line_of
from simulator.services.gate import LOGIN, pass_user_gate
from simulator.services.users import managed_user
from tests.unit.services.worlds import USER_ID, WRONG, Bench, refusal_of

COLUMNS = load_catalogue().screen("user_list").section("users").columns


def line(bench: Bench) -> UserLine:
    found = managed_user(bench.world, USER_ID, USER_ID)
    return line_of(load_catalogue().screen("user_list").words, found, bench.clock.now())


def lock(bench: Bench) -> None:
    for _ in range(6):
        refusal_of(lambda: pass_user_gate(bench.world, LOGIN, USER_ID, WRONG))


@pytest.fixture
def master(bench: Bench) -> Bench:
    """A world with a master to look at."""
    bench.register()
    return bench


def test_there_is_a_word_for_every_column_of_the_list_and_row_of_the_other_screens(master: Bench) -> None:
    screens = load_catalogue()
    shown = dict(zip(COLUMNS, line(master).cells, strict=True))
    assert screens.screen("user_deletion").section("user").rows == COLUMNS
    assert screens.screen("user_change").section("user").rows == (COLUMNS[0], *COLUMNS[3:])
    assert len(line(master).facts) == len(COLUMNS[3:])
    assert shown["種別"] == "マスターユーザー"


def test_a_lock_is_told_with_its_end_until_that_very_second(master: Bench) -> None:
    lock(master)
    assert (line(master).state, line(master).is_closed) == ("ロック中（11月20日 11:00まで）", True)
    master.clock.advance(timedelta(minutes=59, seconds=59))
    assert line(master).is_closed
    master.clock.advance(timedelta(seconds=1))
    assert (line(master).state, line(master).is_closed) == ("利用可", False)


def test_a_block_is_told_for_good(master: Bench) -> None:
    for _ in range(3):
        lock(master)
        master.clock.advance(timedelta(minutes=60))
    assert (line(master).state, line(master).is_closed) == ("閉塞", True)


def test_a_certificate_is_told_with_its_expiry_until_that_very_second(master: Bench) -> None:
    assert line(master).certificate == "未発行"
    master.issue()
    assert line(master).certificate == "有効期限 2027年11月20日"
    master.clock.advance(timedelta(days=365) - timedelta(seconds=1))
    assert line(master).certificate == "有効期限 2027年11月20日"
    master.clock.advance(timedelta(seconds=1))
    assert line(master).certificate == "期限切れ"
