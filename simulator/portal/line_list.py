"""What all lists of received data have in common: reading the search, and the page that shows what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from starlette.responses import Response

from simulator.catalogue import Screen
from simulator.portal.listing import Line, Listing, listing
from simulator.portal.search import Choices, Search, read_search
from simulator.portal.signed_in import SignedIn, page_for
from simulator.portal.visit import Visit
from simulator.rules import Message, field_rules
from simulator.services.savings import generations_of
from simulator.services.savings_lookup import Criteria, Found, Order
from simulator.store import Generation

MONTH = "%Y-%m"


async def asked(visit: Visit, who: SignedIn, screen: Screen) -> Search:
    """The search that was sent to a screen whose months are those of the contract's generations."""
    kept = await visit.portal.look(generations_of, who.user.contract_number)
    return asked_of(visit, screen, {"month": months_in_words(screen, kept)})


def asked_of(visit: Visit, screen: Screen, choices: Choices) -> Search:
    """The search that was sent to a screen; `choices` are those that its data says."""
    sorts = screen.section("list").sorts
    return read_search(screen, visit.request.query_params, field_rules(visit.world.profile), choices, sorts)


def months_in_words(screen: Screen, kept: Sequence[Generation]) -> Mapping[str, str]:
    """The months of generations as the screen calls them, by how addresses write them."""
    return {written(each): screen.words["month"].format(month=each.month) for each in kept}


def written(generation: Generation) -> str:
    """The month of a generation as addresses and the operation log write it."""
    return f"{generation.month:{MONTH}}"


def month_in(text: str) -> date | None:
    """The first day of a month as addresses write it; None when it is none."""
    try:
        return datetime.strptime(text, MONTH).date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        return None


def criteria_of(search: Search) -> Criteria:
    """What a search without problems looks for."""
    known = {key: value for key, value in search.values.items() if key in {"worker", "name", "kind", "branch"}}
    return Criteria(month=month_in(search.values["month"]), **known)


def order_of(search: Search) -> Order:
    """What a search sorts by."""
    return Order(search.sort, search.descending)


def listing_of(
    visit: Visit,
    screen: Screen,
    search: Search,
    found: Found[Any],
    lines: Sequence[Line],
    totals: Mapping[str, int] | None = None,
) -> Listing | None:
    """The list of what was found, in its page's words; None when nothing was. Other `totals` replace those found."""
    if not lines:
        return None
    size = visit.world.profile.list_page_lines
    return listing(
        screen,
        search,
        lines,
        hits=found.hits,
        page=found.page,
        pages=found.pages,
        size=size,
        totals=found.totals if totals is None else totals,
    )


def list_page(
    visit: Visit,
    who: SignedIn,
    screen: Screen,
    search: Search,
    found: Listing | None = None,
    refusal: Message | None = None,
    **more: Any,
) -> Response:
    """The page of a list, with what is wrong with the search or could not be done."""
    return page_for(
        visit,
        who,
        screen,
        problems=[*search.problems.values(), *([refusal] if refusal else [])],
        search=search,
        found=found,
        has_data=bool(search.choices["month"]),
        **more,
    )
