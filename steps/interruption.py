"""What ends a login that its user goes on using."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, when

from fixtures.logon_account import Accounts
from fixtures.recorder import Recorder
from simulator.services.gate import USER_AUTHENTICATION
from simulator.services.world import World
from steps.clock import pass_time
from steps.screens import Screens
from steps.standing import fail
from steps.wording import sentence


@given(
    sentence("Windowsのログオンアカウント「{name}」にも、ユーザー「{user_id}」の同じ電子証明書がインポートされている")
)
def same_certificate_imported(accounts: Accounts, name: str, user_id: str) -> None:
    """The same .p12 file was imported under another logon account, too."""
    here = accounts.current
    stored = here.store.get(here.store.newest_of(user_id))
    accounts.use(name).store.add(stored.data, stored.password)
    accounts.use(here.name)


@when(sentence("「{label}」を選んで操作を続けている間に、ほかの人がユーザー「{user_id}」を閉塞させる"))
def blocked_meanwhile(world: World, screens: Screens, recorder: Recorder, label: str, user_id: str) -> None:
    """Somebody else gives wrong passwords for hours, while the user never pauses as long as an idle login lasts."""
    pause = timedelta(minutes=world.profile.session_idle_minutes) - timedelta(seconds=1)
    for lock in range(1, world.profile.locks_before_block + 1):
        fail(world, USER_AUTHENTICATION, user_id, world.profile.failures_before_lock)
        left = timedelta(minutes=world.profile.lock_minutes)
        while lock < world.profile.locks_before_block and left:
            pass_time(world, recorder, step := min(left, pause))
            screens.current().choose(label)
            left -= step
