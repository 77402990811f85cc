"""Trying authentication codes several times over (CRT-20)."""

from __future__ import annotations

from pytest_bdd import when

from simulator.mail import Mailbox
from steps.mail import another, newest_code
from steps.screens import Screens
from steps.wording import sentence


@when(sentence("「{address}」に届いた認証コードと違う数字で{count:d}回認証する"))
def try_wrong_codes(mailbox: Mailbox, screens: Screens, address: str, count: str) -> None:
    """Type a code of the right form that was not mailed, and press 認証."""
    for _ in range(int(count)):
        screen = screens.current()
        screen.fill_only(another(newest_code(mailbox, address)))
        screen.press("認証")
