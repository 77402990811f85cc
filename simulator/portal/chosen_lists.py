"""The list of savings that a visitor chose, to print (MNU-06) or to export (MNU-08)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.choosing import Choosing
from simulator.portal.outputs import received_rows
from simulator.portal.signed_in import SignedIn, page_for
from simulator.portal.visit import Visit
from simulator.rules import Message
from simulator.services.refusal import Refused
from simulator.services.savings import generations_of
from simulator.services.savings_lists import ChosenList, choose_list

LISTS = "list_output"  # the screen whose words both ways use


class NotChosen(Exception):  # noqa: N818 - what happened, not a fault
    """There is no such list to take; the messages say why."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__(*(message.code for message in messages))
        self.messages = messages


async def chosen_list(visit: Visit, who: SignedIn, choosing: Choosing) -> ChosenList:
    """The list that was chosen.

    Raises:
        NotChosen: what was chosen is not offered, or the list has nothing in it.
    """
    if choosing.problems:
        raise NotChosen(list(choosing.problems.values()))
    try:
        return await visit.call(choose_list, visit.world, who.user.contract_number, choosing.choice())
    except Refused as refusal:
        raise NotChosen([refusal.message]) from None


async def choice_page(
    visit: Visit, who: SignedIn, screen: Screen, choosing: Choosing, messages: Sequence[Message] = (), **more: Any
) -> Response:
    """The screen to choose on, with how much there is of everything.

    Args:
        visit: the request.
        who: is logged in.
        screen: which one.
        choosing: what was chosen on it.
        messages: what is wrong with that.
        more: what else the template prints.
    """
    kept = await visit.portal.look(generations_of, who.user.contract_number)
    received = received_rows(visit.screen(LISTS), kept)
    return page_for(visit, who, screen, problems=messages, choosing=choosing, received=received, **more)
