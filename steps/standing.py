"""Wrong passwords, and the lock and block that follow from them (CRT-14 to CRT-16, LGN-10 to LGN-13)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from pytest_bdd import given, when

from simulator.services.gate import LOGIN, USER_AUTHENTICATION, Gate, pass_user_gate
from simulator.services.refusal import Refused
from simulator.services.timeline import advance
from simulator.services.world import World
from steps.known import known_user
from steps.screens import Screens
from steps.wording import sentence

WRONG_PASSWORD = "Wrong#999"  # noqa: S105 - synthetic


@given(sentence("ユーザー「{user_id}」がユーザー認証でパスワードを{count:d}回間違えている"))
def failed_at_user_authentication(world: World, user_id: str, count: str) -> None:
    """Wrong passwords were given at user authentication."""
    fail(world, USER_AUTHENTICATION, user_id, int(count))


@given(sentence("ユーザー「{user_id}」がログインでパスワードを{count:d}回間違えている"))
def failed_at_login(world: World, user_id: str, count: str) -> None:
    """Wrong passwords were given at login."""
    fail(world, LOGIN, user_id, int(count))


@given(sentence("ユーザー「{user_id}」がこれまでに{count:d}回ロックされ、いずれも解けている"))
def was_locked(world: World, user_id: str, count: str) -> None:
    """Locks have come and ended."""
    for _ in range(int(count)):
        fail(world, USER_AUTHENTICATION, user_id, world.profile.failures_before_lock)
        advance(world, timedelta(minutes=world.profile.lock_minutes))


@when(sentence("「{label}」に「{value}」を入力して「{button}」ボタンを押すことを{count:d}回繰り返す"))
def repeat(screens: Screens, label: str, value: str, button: str, count: str) -> None:
    """Type the same and press the same button several times over."""
    for _ in range(int(count)):
        screen = screens.current()
        screen.fill(label, value)
        screen.press(button)


def fail(world: World, gate: Gate, user_id: str, count: int) -> None:
    """Give wrong passwords at a gate."""
    for _ in range(count):
        with suppress(Refused):
            pass_user_gate(world, gate, known_user(world, user_id).user_id, WRONG_PASSWORD)
