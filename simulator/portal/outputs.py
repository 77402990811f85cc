"""What a visitor is about to download, kept in the session between the button and the file."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from simulator.catalogue import Screen
from simulator.documents import CsvEncoding
from simulator.portal.choosing import month_of
from simulator.portal.pages import guarded
from simulator.portal.visit import OperationError, Visit
from simulator.services.savings_lists import Choice
from simulator.store import Generation

_Kind = TypeVar("_Kind")

TICKET = "ticket"
MOST_KEPT = 20


@dataclass(frozen=True)
class Output:
    """A list to come as a file; with a character set as CSV."""

    choice: Choice
    encoding: CsvEncoding | None = None


def keep_output(visit: Visit, output: object) -> str:
    """Keep what is to come in the session; the ticket that fetches it. Of many the oldest is forgotten."""
    ticket = secrets.token_urlsafe(12)
    kept = visit.session.setdefault("outputs", {})
    kept[ticket] = output
    while len(kept) > MOST_KEPT:
        del kept[next(iter(kept))]
    return ticket


def kept_output(visit: Visit) -> tuple[str, Output]:
    """The ticket that was shown, and the list that it fetches.

    Raises:
        OperationError: the session has no such ticket, as after a jump or in another login (E9001).
    """
    return kept_as(visit, Output)


def kept_as(visit: Visit, kind: type[_Kind]) -> tuple[str, _Kind]:
    """The ticket that was shown, and what it fetches, which must be of this kind.

    Raises:
        OperationError: the session has no such ticket, as after a jump or in another login (E9001).
    """
    ticket = visit.request.query_params.get(TICKET, "")
    output = visit.session.get("outputs", {}).get(ticket)
    if not isinstance(output, kind):
        raise OperationError("E9001")
    return ticket, output


def go_to_output(path: str, ticket: str) -> Response:
    """Send the browser on to where the ticket is shown."""
    return guarded(RedirectResponse(f"{path}?{urlencode({TICKET: ticket})}", HTTPStatus.SEE_OTHER))


def received_rows(screen: Screen, kept: Sequence[Generation]) -> list[Sequence[str]]:
    """How much there is of everything, a row for each generation, in the words of a screen."""
    words = screen.words
    return [
        (
            month_of(screen, each.month),
            words["received"].format(at=each.received_at),
            *(words["count"].format(count=count) for count in (each.lines, each.lines, each.subsidies)),
            words["no_comparison"] if each.previous is None else words["count"].format(count=each.changes),
            words["count"].format(count=each.alarms),
        )
        for each in kept
    ]
