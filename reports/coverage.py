"""Which clauses of the manuals the recorded scenarios have shown to hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reports.clauses import GROUPS, Clause
from storyboard.model import Scenario

ClauseOutcome = Literal["passed", "failed", "skipped", "none"]


@dataclass(frozen=True)
class ClauseStatus:
    """A clause and the recorded scenarios which carry its id, by scenario id."""

    clause: Clause
    scenarios: tuple[Scenario, ...]

    @property
    def is_covered(self) -> bool:
        """Whether at least one scenario with this clause passed."""
        return any(scenario.outcome == "passed" for scenario in self.scenarios)

    @property
    def outcome(self) -> ClauseOutcome:
        """The worst thing to tell: failed before passed, passed before skipped, none without a scenario."""
        outcomes = {scenario.outcome for scenario in self.scenarios}
        order: tuple[ClauseOutcome, ...] = ("failed", "passed", "skipped")
        return next((outcome for outcome in order if outcome in outcomes), "none")


@dataclass(frozen=True)
class GroupCoverage:
    """The clauses of one group (MRG, CRT ...) with their status, in the catalogue's order."""

    code: str
    name: str
    statuses: tuple[ClauseStatus, ...]

    @property
    def covered(self) -> int:
        """Number of clauses with a passing scenario."""
        return sum(status.is_covered for status in self.statuses)

    @property
    def missing(self) -> tuple[ClauseStatus, ...]:
        """The clauses without a passing scenario."""
        return tuple(status for status in self.statuses if not status.is_covered)


def clause_coverage(scenarios: Iterable[Scenario], catalogue: Sequence[Clause]) -> list[ClauseStatus]:
    """Return one status for each clause of the catalogue, in its order."""
    carrying: defaultdict[str, list[Scenario]] = defaultdict(list)
    for scenario in sorted(scenarios, key=lambda scenario: scenario.place):
        for clause_id in dict.fromkeys(scenario.clauses):
            carrying[clause_id].append(scenario)
    return [ClauseStatus(clause, tuple(carrying[clause.id])) for clause in catalogue]


def by_group(statuses: Iterable[ClauseStatus]) -> list[GroupCoverage]:
    """Return the statuses gathered by group, groups in the catalogue's order."""
    gathered = groupby(statuses, key=lambda status: status.clause.group)
    return [GroupCoverage(code, GROUPS.get(code, code), tuple(group)) for code, group in gathered]


def unknown_clauses(scenarios: Iterable[Scenario], catalogue: Sequence[Clause]) -> list[str]:
    """Return clause ids which scenarios carry and the catalogue lacks, sorted."""
    known = {clause.id for clause in catalogue}
    return sorted({clause_id for scenario in scenarios for clause_id in scenario.clauses} - known)
