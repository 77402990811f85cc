"""Who is logged in, asked anew at every request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from simulator.catalogue import Edition, Screen
from simulator.portal.forms import GuardedForm
from simulator.portal.pages import LoggedIn
from simulator.portal.peer import presented_certificate
from simulator.portal.sessions import Ending
from simulator.portal.visit import OperationError, Visit
from simulator.rules import Message, PasswordState
from simulator.services.certificates import Holder, judge_certificate
from simulator.services.login import user_with_id
from simulator.services.passwords import password_state_of
from simulator.services.refusal import Refused
from simulator.services.world import World
from simulator.store import User

# The screen on which a password has to be changed before anything else (LGN-07, PWD-01, PWD-10).
CHANGES_DUE = {
    PasswordState.TEMPORARY: "password_change_first",
    PasswordState.EXPIRED: "password_change_expired",
}


class PasswordChangeDue(Exception):  # noqa: N818 - what happened, not a fault
    """Whoever is logged in has to change the password first, on the screen with this key."""

    def __init__(self, screen: str) -> None:
        super().__init__(screen)
        self.screen = screen


@dataclass(frozen=True)
class SignedIn:
    """The user of a request, and what the menu bar shows of them.

    Attributes:
        user: with the contract.
        edition: of the contract.
        change_due: the key of the screen on which the password has to be changed first; None when there is no need.
    """

    user: User
    edition: Edition
    change_due: str | None

    @cached_property
    def shown(self) -> LoggedIn:
        """What the page prints of the user."""
        user, contract = self.user, self.user.contract
        return LoggedIn(
            user.name, contract.name, self.edition, is_master=user.is_master, detail_change=contract.detail_change
        )


async def signed_in(visit: Visit) -> SignedIn:
    """Who is logged in, with a password that may be used.

    Raises:
        OperationError: nobody is, as `somebody` says.
        PasswordChangeDue: the password has to be changed first (LGN-07).
    """
    who = await somebody(visit)
    if who.change_due:
        raise PasswordChangeDue(who.change_due)
    return who


def change_due(world: World, user: User) -> str | None:
    """The key of the screen on which the user has to change the password first; None when there is no need."""
    return CHANGES_DUE.get(password_state_of(world, user))


async def somebody(visit: Visit) -> SignedIn:
    """Who is logged in, whether or not the password has to be changed first.

    A session is worth nothing without its certificate, or when its user is gone or blocked.

    Raises:
        OperationError: nobody is (E9002), the same user has logged in elsewhere since (E9008), or the user or the
            certificate may not be used any more (E9009).
    """
    who = await visit.portal.look(_known, visit.signed_in_user())
    if who is not None:
        visit.acts_as(who.user)
    if who is None or who.user.blocked or not await _has_login_certificate(visit):
        visit.end(Ending.UNUSABLE)
        raise OperationError(Ending.UNUSABLE, HTTPStatus.FORBIDDEN)
    return who


async def signed_in_master(visit: Visit) -> SignedIn:
    """Who is logged in, a master user (MNU-17; ambiguity 16).

    Raises:
        OperationError: nobody is, as `somebody` says, or a general user (E4004).
        PasswordChangeDue: the password has to be changed first (LGN-07).
    """
    who = await signed_in(visit)
    if not who.user.is_master:
        raise OperationError("E4004", HTTPStatus.FORBIDDEN)
    return who


async def signed_in_to_change(visit: Visit) -> SignedIn:
    """Who is logged in, a user of a contract with the detail change functions (MNU-09).

    Raises:
        OperationError: nobody is, as `somebody` says, or the contract has no such functions (E4301).
        PasswordChangeDue: the password has to be changed first (LGN-07).
    """
    who = await signed_in(visit)
    if not who.user.contract.detail_change:
        raise OperationError("E4301", HTTPStatus.FORBIDDEN)
    return who


async def signed_in_to(visit: Visit, screen: Screen) -> SignedIn:
    """Who is logged in, of a contract whose edition has this screen (ambiguity 22).

    Raises:
        OperationError: nobody is, as `somebody` says, or somebody of the other edition (E4401).
        PasswordChangeDue: the password has to be changed first (LGN-07).
    """
    who = await signed_in(visit)
    if who.edition not in screen.editions:
        raise OperationError("E4401", HTTPStatus.FORBIDDEN)
    return who


def page_for(
    visit: Visit,
    who: SignedIn,
    screen: Screen,
    refusal: Message | None = None,
    *,
    form: GuardedForm | None = None,
    problems: Iterable[Message] = (),
    **more: Any,
) -> Response:
    """A screen for who is logged in; its status says that what was typed is wrong (422), or is refused (409).

    Args:
        visit: the request.
        who: is logged in.
        screen: which one.
        refusal: what could not be done.
        form: what was typed; an empty one by default.
        problems: what is wrong with what was asked for in the address.
        more: what else the template prints.
    """
    filled = form or visit.offer(screen)
    wrong = [*filled.messages(), *problems]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return visit.portal.pages.page(
        screen,
        form=filled,
        messages=[*wrong, *([refusal] if refusal else [])],
        status=status,
        edition=who.edition,
        logged_in=who.shown,
        **more,
    )


async def holder_of(visit: Visit) -> Holder:
    """Whose certificate the browser presents.

    Raises:
        Refused: none, or not a good one.
    """
    return await visit.portal.look(judge_certificate, presented_certificate(visit.request))


def _known(world: World, user_id: str) -> SignedIn | None:
    """What the portal knows of a user; None when there is none."""
    user = user_with_id(world, user_id)
    return None if user is None else SignedIn(user, Edition(user.contract.edition), change_due(world, user))


async def _has_login_certificate(visit: Visit) -> bool:
    """Whether the browser presents the certificate of the login, and it is still good: it may have been revoked."""
    try:
        holder = await holder_of(visit)
    except Refused:
        return False
    return bool(holder.name == visit.session["certificate"])
