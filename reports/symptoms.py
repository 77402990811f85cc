"""What people see when something is wrong, why, and what helps: read from the scenarios with the symptom's tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.wording import ACT, BLOCKS, SEEN
from storyboard.model import SYMPTOM, Scenario


@dataclass(frozen=True)
class Symptom:
    """A symptom, brought about by its cause and then cured.

    Attributes:
        scenario: which shows it; its name is what people would say.
        cause: why it happens, which is the scenario's rule.
        seen: what is seen.
        cure: what helps.
        after: what is seen then.
    """

    scenario: Scenario
    cause: str
    seen: tuple[str, ...]
    cure: tuple[str, ...]
    after: tuple[str, ...]


def symptoms(scenarios: Iterable[Scenario]) -> list[Symptom]:
    """The symptoms that scenarios have shown, or tried to, in the order of their files."""
    tagged = (scenario for scenario in scenarios if SYMPTOM in scenario.tags)
    return [_symptom(scenario) for scenario in sorted(tagged, key=lambda scenario: scenario.place)]


def _symptom(scenario: Scenario) -> Symptom:
    blocks = _blocks(scenario)
    kinds = [kind for kind, _ in blocks]
    first = kinds.index(SEEN) if SEEN in kinds else len(blocks)
    later = blocks[first + 1 :]
    return Symptom(
        scenario,
        cause=scenario.rule or "",
        seen=blocks[first][1] if first < len(blocks) else (),
        cure=tuple(text for kind, texts in later if kind == ACT for text in texts),
        after=next((texts for kind, texts in reversed(later) if kind == SEEN), ()),
    )


def _blocks(scenario: Scenario) -> list[tuple[str, tuple[str, ...]]]:
    """The steps gathered by what they are for: かつ and its like go on with what stands before them."""
    gathered: list[tuple[str, tuple[str, ...]]] = []
    for step in scenario.steps:
        if step.keyword in BLOCKS or not gathered:
            gathered.append((step.keyword, (step.text,)))
        else:
            kind, texts = gathered[-1]
            gathered[-1] = (kind, (*texts, step.text))
    return gathered
