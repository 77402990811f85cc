"""The frame of the state machine: two windows, a story of what was done, and the comparison after every step."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.model.office_model import OfficeModel
from tests.model.portal_model import Page, Window
from tests.model.seen import START, Bench
from tests.model.standing_model import WRONG
from tests.model.windows import Answer, BrowserWindow, Line

WINDOWS = st.sampled_from("AB")
PICKS = st.integers(0, 5)
MOSTLY = st.sampled_from([True, True, True, False])
Choice = TypeVar("Choice")


class Divergence(AssertionError):  # noqa: N818 - what was found
    """Simulator and model disagree; the message is the story so far."""


class ComparedMachine(RuleBasedStateMachine):
    """What all rules need.

    Attributes:
        bench: the simulator, set by whoever runs the machine.
        pages: how often each page was seen in all runs, to show how deep they go.
        model_class: what the simulator is compared with.
    """

    bench: ClassVar[Bench]
    pages: ClassVar[Counter[str]] = Counter()
    model_class: ClassVar[type[OfficeModel]] = OfficeModel

    def __init__(self) -> None:
        super().__init__()
        self.bench.reset()
        self.model = self.model_class(START)
        self.windows: dict[str, tuple[Window, BrowserWindow]] = {name: self._new_window() for name in "AB"}
        self.lines: dict[int, Line] = {}
        self.story: list[str] = []

    def teardown(self) -> None:
        """Let the office's API have its say at the end of a run."""
        if not self.bench.office_says_the_same():
            self._same("管理 API", "違う", "同じ")

    def compare(self, line: str, answer: Answer, expected: Page) -> None:
        """The page, and all that the labour bank can see, are what the model says."""
        seen = answer.page()
        self.pages[" ".join((expected.screen, *expected.codes))] += 1
        self.tell(f"{line} → {' '.join((seen.screen, *seen.codes))}")
        self._same("画面", (seen.screen, seen.codes), (expected.screen, expected.codes))
        self._same("画面に足りない文字", [shown for shown in expected.shows if shown not in answer.text], [])
        self.agree()

    def agree(self, *, in_order: bool = True) -> None:
        """The office and the mailbox show what the model says."""
        model, bench, now = self.model, self.bench, self.model.now
        self._same("利用者", bench.people(now), model.people_seen())
        self._same("契約", bench.contracts(now), model.contracts_seen())
        seen, expected = bench.new_events(), model.events
        self._same("操作の記録", *((seen, expected) if in_order else (sorted(seen), sorted(expected))))
        model.events.clear()
        self._same("届いたメール", bench.mails(), model.mails)
        self._same("障害", bench.simulator.portal.failures, [])

    def advance(self, span: timedelta) -> None:
        """Let time pass on both sides."""
        seen, expected = self.bench.advance(int(span.total_seconds())), self.model.advance(span)
        self.tell(f"時計を進めて{self.model.now:%Y-%m-%d %H:%M:%S}にする（{span}）")
        self._same("期限の来たこと", seen, expected)
        self.agree(in_order=False)  # what falls due at one moment has no order

    def tell(self, line: str) -> None:
        """Add a line to the story."""
        self.story.append(f"{len(self.story) + 1:3d}. {line}")

    def _new_window(self) -> tuple[Window, BrowserWindow]:
        return Window(), self.bench.window()

    def _same(self, what: str, seen: object, expected: object) -> None:
        if seen == expected:
            return
        if isinstance(seen, dict) and isinstance(expected, dict):
            seen, expected = _without_common(seen, expected), _without_common(expected, seen)
        story = "\n".join(self.story)
        told = f"  シミュレータ: {_shown(seen)}\n  規則のモデル: {_shown(expected)}"
        raise Divergence(f"{what}が規則と違います。\n{story}\n{told}")


def _without_common(here: dict[Any, Any], there: dict[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in here.items() if key not in there or there[key] != value}


def _shown(value: object) -> str:
    """As text on one line; a moment without its time zone, which is always Japan's."""
    return re.sub(r"datetime\.datetime\(([^)]*?), tzinfo=zoneinfo[^)]*\)\)", r"<\1>", repr(value))


def typed(password: str, *, right: bool) -> tuple[str, str]:
    """What is typed for a password, and how the story calls it."""
    return (password, "正") if right else (WRONG, "誤")


def one_of(choices: list[Choice], pick: int) -> Choice:
    """One of the choices; the first for 0, so that stories shrink towards it."""
    return choices[pick % len(choices)]
