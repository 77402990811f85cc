"""The figures of the overview page, computed from the scenarios."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from urllib.parse import urlsplit

from reports.wording import cause
from storyboard.model import UNLISTED, Outcome, Scenario

SLOWEST = 10


@dataclass(frozen=True)
class Totals:
    """Scenarios counted by outcome, and the sum of their seconds."""

    passed: int
    failed: int
    skipped: int
    seconds: float

    @property
    def all(self) -> int:
        """Number of scenarios."""
        return self.passed + self.failed + self.skipped


@dataclass(frozen=True)
class Chapter:
    """The scenarios of one manual chapter."""

    name: str
    totals: Totals
    features: tuple[tuple[str, tuple[Scenario, ...]], ...]

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios of the chapter, feature after feature."""
        return tuple(scenario for _, members in self.features for scenario in members)


@dataclass(frozen=True)
class Cause:
    """One cause in one line and the scenarios which failed by it."""

    text: str
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class Run:
    """When (real time), how long and where the scenarios ran; `seconds` is wall time."""

    started_at: datetime | None
    seconds: float
    browsers: tuple[str, ...]
    workers: tuple[str, ...]
    clocks: tuple[datetime, ...]
    addresses: tuple[str, ...]


def totals(scenarios: Sequence[Scenario]) -> Totals:
    """Return the counts of `scenarios`."""

    def count(outcome: Outcome) -> int:
        return sum(scenario.outcome == outcome for scenario in scenarios)

    return Totals(count("passed"), count("failed"), count("skipped"), sum(scenario.seconds for scenario in scenarios))


def chapters(scenarios: Iterable[Scenario]) -> list[Chapter]:
    """Return the chapters by name: the manuals number them (Ⅰ, Ⅱ.1 ...), so this is their order; others come last."""
    found_in = _gather(scenarios, attrgetter("chapter"))
    gathered = sorted(found_in.items(), key=lambda item: (item[0].startswith(UNLISTED), item[0]))
    return [
        Chapter(name, totals(found), tuple(_gather(found, attrgetter("feature")).items())) for name, found in gathered
    ]


def causes(scenarios: Iterable[Scenario]) -> list[Cause]:
    """Return the failures gathered by their cause, the most frequent first."""
    gathered = _gather((scenario for scenario in scenarios if scenario.outcome == "failed"), cause)
    found = [Cause(text, members) for text, members in gathered.items()]
    return sorted(found, key=lambda item: (-len(item.scenarios), item.scenarios[0].place))


def _gather(scenarios: Iterable[Scenario], key: Callable[[Scenario], str]) -> dict[str, tuple[Scenario, ...]]:
    """Return the scenarios by `key`, keys in the order in which they first come."""
    gathered: defaultdict[str, list[Scenario]] = defaultdict(list)
    for scenario in scenarios:
        gathered[key(scenario)].append(scenario)
    return {name: tuple(found) for name, found in gathered.items()}


def slowest(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """Return the SLOWEST scenarios which took longest, longest first."""
    ran = (scenario for scenario in scenarios if scenario.seconds > 0)
    return sorted(ran, key=lambda scenario: (-scenario.seconds, scenario.place))[:SLOWEST]


def run(scenarios: Sequence[Scenario]) -> Run:
    """Return when and where `scenarios` ran; addresses are those of the pages that were shown."""
    starts = [(scenario.started_at, scenario.seconds) for scenario in scenarios if scenario.started_at]
    started_at = min((start for start, _ in starts), default=None)
    urls = (step.url for scenario in scenarios for step in scenario.steps if step.url)
    ends = [start + timedelta(seconds=seconds) for start, seconds in starts]
    return Run(
        started_at=started_at,
        seconds=(max(ends) - started_at).total_seconds() if started_at else 0.0,
        browsers=tuple(sorted({scenario.browser for scenario in scenarios if scenario.browser})),
        workers=tuple(sorted({scenario.worker for scenario in scenarios if scenario.worker})),
        addresses=tuple(sorted({_origin(url) for url in urls if url.startswith("http")})),
        clocks=tuple(sorted({scenario.clock_at_start for scenario in scenarios if scenario.clock_at_start})),
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
