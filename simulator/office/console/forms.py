"""Forms of the console: what was typed, checked with the office's rules, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.office.fields import LABELS, RULES
from simulator.rules import FieldRule, Message, check_field, message, spelt
from simulator.services.refusal import Refused

Sent = Mapping[str, str]


@dataclass(frozen=True)
class Input:
    """One input: a text that keeps a rule, or a choice.

    Attributes:
        key: its name in the form.
        rule: the name of its rule and label, when it differs from the key.
        choices: what can be chosen, value to words; empty for a text.
        rows: how many lines are shown.
        hint: what is printed beside the label instead of the rule.
        secret: never shown again.
        kind: the HTML type of a text.
    """

    key: str
    rule: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    rows: int = 1
    hint: str = ""
    secret: bool = False
    kind: str = "text"

    @property
    def label(self) -> str:
        """What is printed beside it."""
        return LABELS[self.rule or self.key]

    @property
    def required(self) -> bool:
        """Whether it may not be left empty."""
        return bool(self.choices) or (self.rule or self.key) not in RULES or self._rule.minimum > 0

    @property
    def shown_hint(self) -> str:
        """The short rule printed beside the label."""
        return self.hint or ("" if self.choices else self._rule.description)

    @property
    def longest(self) -> int:
        """How many characters are taken; twice the rule's, so that a long text is refused and not cut."""
        return 2 * self._rule.maximum if (self.rule or self.key) in RULES else 40

    def problem(self, value: str) -> Message | None:
        """What is wrong with a value; None when it is good."""
        if self.choices:
            return None if value in self.choices else message("E5007", field=self.label)
        if (self.rule or self.key) not in RULES or not (value or self.required):
            return None
        refusal = check_field(self._rule, self.label, value)
        return refusal.message if refusal else None

    @property
    def _rule(self) -> FieldRule:
        return RULES[self.rule or self.key]


class Form:
    """Some inputs with what was typed into them.

    Args:
        inputs: in the order of the page.
        sent: what was typed; nothing yet when absent.
        start: what stands in the inputs before anybody typed.
    """

    def __init__(self, *inputs: Input, sent: Sent | None = None, start: Sent | None = None) -> None:
        self.inputs = inputs
        self.errors: dict[str, Message] = {}
        self._values = {i.key: _entered(i, (sent or start or {}).get(i.key, "")) for i in inputs}

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def is_good(self) -> bool:
        """Check every input."""
        problems = {i.key: i.problem(self._values[i.key]) for i in self.inputs}
        self.errors = {key: problem for key, problem in problems.items() if problem}
        return not self.errors

    def refuse(self, key: str, problem: Message) -> None:
        """Add what only a service could find."""
        self.errors[key] = problem

    def take(self, refusal: Refused) -> None:
        """Show a service's refusal at the input it concerns.

        Raises:
            Refused: it concerns none of these.
        """
        if refusal.at not in self._values:
            raise refusal
        self.refuse(refusal.at, refusal.message)


def _entered(into: Input, text: str) -> str:
    """A secret counts as it was typed, other texts in their one spelling; browsers send the ends of lines as CR LF."""
    return text if into.secret else spelt(text.replace("\r\n", "\n"))
