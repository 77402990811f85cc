"""The review list: every clause beside the scenarios that carry it and the picture that shows it best."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.clauses import Clause
from reports.coverage import ClauseStatus, GroupCoverage
from reports.wording import BLOCKS, CAUSE, SEEN
from storyboard.model import MailSeen, Scenario, Step

BY_MAIL = "mail"
MOST = 4  # pictures of one clause
ORDER = ("passed", "failed", "skipped")


@dataclass(frozen=True)
class Shown:
    """A step whose picture shows a clause, and its scenario."""

    scenario: Scenario
    step: Step

    @property
    def is_illustration(self) -> bool:
        """Whether the picture is of the simulated desk."""
        return self.step.surface == "desk"


@dataclass(frozen=True)
class Reviewed:
    """A clause with what shows it.

    Attributes:
        status: the clause with its scenarios.
        pictures: one of each scenario that has any, the best first, MOST at most.
        letters: the mails that show it: of a clause about mails, or where there is no picture.
    """

    status: ClauseStatus
    pictures: tuple[Shown, ...]
    letters: tuple[MailSeen, ...]


def review(groups: Sequence[GroupCoverage]) -> list[tuple[GroupCoverage, list[Reviewed]]]:
    """Return every group with its clauses, in the catalogue's order."""
    return [(group, [_reviewed(status) for status in group.statuses]) for group in groups]


def unpictured(reviewed: Sequence[tuple[GroupCoverage, Sequence[Reviewed]]]) -> list[Clause]:
    """Return the clauses that no picture shows."""
    return [row.status.clause for _, rows in reviewed for row in rows if not row.pictures]


def _reviewed(status: ClauseStatus) -> Reviewed:
    found = [_best(scenario, status.clause) for scenario in status.scenarios]
    ranked = sorted((item for item in found if item), key=lambda item: item[0])
    pictures = tuple(shown for _, shown in ranked[:MOST])
    about_mails = status.clause.testable_by == BY_MAIL or not pictures
    return Reviewed(status, pictures, _letters(status)[:1] if about_mails else ())


def _best(scenario: Scenario, clause: Clause) -> tuple[tuple[object, ...], Shown] | None:
    """The step of a scenario that shows most of the clause's terms, and its place among those of other scenarios.

    What is given (前提) shows little. Of equal ones the last that tells what is seen (ならば): a scenario ends with
    what it is about.
    """
    steps = [(step, block) for step, block in _ran(scenario) if step.picture]
    if not steps:
        return None

    def worth(item: tuple[Step, str]) -> tuple[bool, int, bool, int]:
        step, block = item
        return block != CAUSE, _terms_in(step, clause), block == SEEN, step.number

    step, block = max(steps, key=worth)
    rank = (
        ORDER.index(scenario.outcome),
        -_terms_in(step, clause),
        block != SEEN,
        len(scenario.clauses),
        scenario.place,
    )
    return rank, Shown(scenario, step)


def _ran(scenario: Scenario) -> Iterator[tuple[Step, str]]:
    """The steps that ran, and what they are for; かつ and its like go on with what stands before."""
    block = ""
    for step in scenario.steps:
        block = step.keyword if step.keyword in BLOCKS else block
        if step.outcome != "skipped":
            yield step, block


def _terms_in(step: Step, clause: Clause) -> int:
    touched = (text for touch in step.touches for text in (touch.label, touch.value))
    cells = (cell for row in step.table for cell in row)
    text = _plain(" ".join(filter(None, (step.text, step.screen_id, step.screen_title, *touched, *cells))))
    return sum(_plain(term) in text for term in clause.terms)


def _letters(status: ClauseStatus) -> tuple[MailSeen, ...]:
    """The mails of the scenarios, those with most of the clause's terms first, later ones before earlier."""
    letters = [letter for scenario in status.scenarios for step in scenario.steps for letter in step.mails][::-1]

    def terms(letter: MailSeen) -> int:
        text = _plain(f"{letter.sender} {letter.subject} {letter.text}")
        return sum(_plain(term) in text for term in status.clause.terms)

    return tuple(sorted(letters, key=terms, reverse=True))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").lower()
