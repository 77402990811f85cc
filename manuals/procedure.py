"""A scenario as a procedure: its steps grouped by the screen on which they are done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from storyboard.model import MailSeen, Scenario, Step, Touch

Role = Literal["given", "when", "then"]
ROLES: dict[str, Role] = {"前提": "given", "もし": "when", "ならば": "then"}


@dataclass
class Act:
    """What is done on one screen, and what then comes of it.

    Attributes:
        whens: the steps that do it.
        thens: the steps that tell what is to be seen afterwards.
    """

    whens: list[Step] = field(default_factory=list)
    thens: list[Step] = field(default_factory=list)

    @property
    def picture(self) -> Step | None:
        """The step whose picture shows all that was done: the last one, taken before the screen was left."""
        return _last_pictured(self.whens)

    @property
    def outcome(self) -> Step | None:
        """The step whose picture shows what came of it."""
        return _last_pictured(self.thens)

    @property
    def touches(self) -> tuple[Touch, ...]:
        """The controls used that are in the picture, once each, in the order of their first use, as used last."""
        used = (touch for step in self.whens for touch in step.touches if touch.box)
        return tuple({_control(touch): touch for touch in used}.values())

    def numbers(self, step: Step) -> tuple[int, ...]:
        """The places among the controls used of those that a step used, from 1."""
        here = {_control(touch) for touch in step.touches if touch.box}
        return tuple(number for number, touch in enumerate(self.touches, 1) if _control(touch) in here)

    @property
    def mails(self) -> Iterator[MailSeen]:
        """The mails that arrived meanwhile."""
        return (mail for step in (*self.whens, *self.thens) for mail in step.mails)

    def goes_on_with(self, step: Step) -> bool:
        """Whether a step is done on the same screen, before anything came of it."""
        if self.thens or not self.whens:
            return not self.thens
        return place_of(self.whens[-1]) == place_of(step)


def given_of(scenario: Scenario) -> list[Step]:
    """The steps that say what must be so before the procedure begins."""
    return [step for role, step in _with_roles(scenario) if role == "given"]


def acts_of(scenario: Scenario) -> list[Act]:
    """The procedure, screen by screen."""
    acts: list[Act] = []
    for role, step in _with_roles(scenario):
        if role == "when":
            if not acts or not acts[-1].goes_on_with(step):
                acts.append(Act())
            acts[-1].whens.append(step)
        elif role == "then":
            if not acts:
                acts.append(Act())
            acts[-1].thens.append(step)
    return acts


def _control(touch: Touch) -> tuple[str, str]:
    # Not its place: a message above it moves it down.
    return touch.label, touch.kind


def _with_roles(scenario: Scenario) -> Iterator[tuple[Role, Step]]:
    role: Role = "given"
    for step in scenario.steps:
        role = ROLES.get(step.keyword, role)
        yield role, step


def _last_pictured(steps: list[Step]) -> Step | None:
    return next((step for step in reversed(steps) if step.picture), None)


def place_of(step: Step) -> tuple[str | None, ...]:
    """What tells the screen or window that a step was done on from every other.

    Pages of one window of the desk have the same title, so that their addresses tell them apart.
    """
    path = urlsplit(step.url or "").path
    page = path if step.surface == "desk" else None
    return step.surface, step.screen_id, step.screen_title or path, page
