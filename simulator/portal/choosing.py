"""Choosing from lists by GET: the address holds what was chosen, so that the next screen and the way back have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from simulator.catalogue import Screen
from simulator.rules import Message, message
from simulator.services.savings_lists import Choice, ListData, ListKind
from simulator.store import Generation

MONTH = "%Y-%m"
LONGEST_ECHO = 20
Offered = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Choosing:
    """What a visitor chose on a screen; of what was not asked for, the first that is offered.

    Attributes:
        values: what stands in the fields, by key.
        problems: what is wrong with them, by key.
        choices: what the fields offer, by key.
    """

    values: Mapping[str, str]
    problems: Mapping[str, Message]
    choices: Offered

    @property
    def query(self) -> str:
        """The query of the same choice."""
        return urlencode(self.values)

    def choice(self) -> Choice:
        """The list that was chosen; there must be no problems."""
        month = datetime.strptime(self.values["month"], MONTH).date()  # noqa: DTZ007 - a month has no time zone
        return Choice(ListKind(self.values["kind"]), ListData(self.values["data"]), month)


def read_choices(screen: Screen, sent: Mapping[str, str], choices: Offered) -> Choosing:
    """What was chosen on a screen; `choices` are offered beside, or instead of, those of its fields."""
    offered = {field.key: choices.get(field.key, field.choices) for field in screen.fields}
    values = {key: sent.get(key, next(iter(those), ""))[:LONGEST_ECHO] for key, those in offered.items()}
    problems = {
        field.key: message("E5007", field=field.label)
        for field in screen.fields
        if values[field.key] not in offered[field.key]
    }
    return Choosing(values, problems, offered)


def months_of(screen: Screen, kept: Sequence[Generation]) -> Mapping[str, str]:
    """The months of generations, to choose from, in the words of a screen."""
    return {f"{each.month:{MONTH}}": month_of(screen, each.month) for each in kept}


def month_of(screen: Screen, month: date) -> str:
    """A month in the words of a screen."""
    return screen.words["month"].format(month=month)
