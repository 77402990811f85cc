"""States of the initial-registration login after wrong passwords (MRG-10 to MRG-13)."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given

from fixtures.expectation import fail
from simulator.services.refusal import Refused
from simulator.services.registration import authorize_initial_registration
from simulator.services.timeline import advance
from simulator.services.world import World
from steps.known import initial_password_of
from steps.wording import sentence

WRONG = "Wrong#99"


@given(sentence("契約「{number}」の初期登録ログインに続けて{count:d}回失敗している"))
def failed(world: World, number: str, count: str) -> None:
    """Wrong initial passwords, one after another; to a contract that does not exist all of them are wrong."""
    for _ in range(int(count)):
        try:
            authorize_initial_registration(world, number, WRONG)
        except Refused:
            continue
        fail(f"初期パスワード「{WRONG}」は断られる", "断られませんでした")


@given(sentence("契約「{number}」の初期登録ログインに成功している"))
def succeeded(world: World, number: str) -> None:
    """The right initial password; nobody is registered by it yet."""
    authorize_initial_registration(world, number, initial_password_of(number))


@given(sentence("契約「{number}」の初期登録ログインがロックされている"))
def locked(world: World, number: str) -> None:
    """As many wrong passwords as make a lock, which has just begun."""
    failed(world, number, str(world.profile.failures_before_lock))


@given(sentence("契約「{number}」の初期登録ログインは{count:d}回ロックされ、いずれも時間がたって終わっている"))
def locked_before(world: World, number: str, count: str) -> None:
    """Locks that have ended by themselves."""
    for _ in range(int(count)):
        locked(world, number)
        advance(world, timedelta(minutes=world.profile.lock_minutes))


@given(sentence("契約「{number}」の初期登録ログインは閉塞になっている"))
def blocked(world: World, number: str) -> None:
    """As many locks as make a block; the last has just begun."""
    locked_before(world, number, str(world.profile.locks_before_block - 1))
    locked(world, number)
