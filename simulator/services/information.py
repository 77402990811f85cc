"""What the information screen tells after login: the newest receipts and the notices (INF-02, INF-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from simulator.services.notices import notices
from simulator.services.savings import generations_of
from simulator.services.world import World
from simulator.store import Generation

NOTICES_SHOWN = 100


@dataclass(frozen=True)
class Receipt:
    """One kind of data that a contract received.

    Attributes:
        month: its first day.
        at: when it came.
        lines: how many.
        amount: their sum, in yen.
    """

    month: date
    at: datetime
    lines: int
    amount: int


@dataclass(frozen=True)
class PublishedNotice:
    """A notice of the labour bank."""

    at: datetime
    title: str
    text: str


@dataclass(frozen=True)
class Board:
    """All that is told to a contract.

    Attributes:
        receipts: deposit request, balance list and subsidies of the newest month; none before the first delivery.
        notices: the newest first.
    """

    receipts: tuple[Receipt, ...]
    notices: tuple[PublishedNotice, ...]


def board_of(world: World, contract_number: str) -> Board:
    """What is told to a contract now."""
    told = tuple(PublishedNotice(each.published_at, each.title, each.text) for each in notices(world, NOTICES_SHOWN))
    return Board(_receipts(generations_of(world, contract_number)[:1]), told)


def _receipts(newest: list[Generation]) -> tuple[Receipt, ...]:
    return tuple(
        Receipt(one.month, one.received_at, lines, amount)
        for one in newest
        for lines, amount in (
            (one.lines, one.deposited),
            (one.lines, one.balance),
            (one.subsidies, one.subsidy),
        )
    )
