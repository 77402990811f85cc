"""What every call and page of the office works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from simulator.services.world import World


@dataclass(frozen=True)
class Addresses:
    """Where people find the rest of the simulator: URLs without a final slash.

    Attributes:
        announced: the portal's address as told to contracting parties (ROK-02), if it is reached under another one.
    """

    portal: str
    mail: str
    announced: str | None = None


@dataclass(frozen=True)
class Office:
    """What the office can reach.

    Attributes:
        world: the edges of every service.
        reset: brings the whole simulator back to its seeded world.
        get_pace, set_pace: how many seconds an issue takes at least.
        get_addresses: where portal and mailbox are, once they run.
        always_open: whether the service hours are left aside.
        hide_mark: whether the シミュレータ mark is left out of the console.
    """

    world: World
    reset: Callable[[], None]
    get_pace: Callable[[], float]
    set_pace: Callable[[float], None]
    get_addresses: Callable[[], Addresses]
    always_open: bool = False
    hide_mark: bool = False


def office_of(request: Request) -> Office:
    """The office a request came to."""
    return cast("Office", request.app.state.office)


OfficeHere = Annotated[Office, Depends(office_of)]
