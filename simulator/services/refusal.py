"""How a service says no."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.rules import Message, message


class Refused(Exception):  # noqa: N818 - what happened, not a fault
    """The request was understood and is not granted.

    Attributes:
        message: what the person is told, with its code.
        at: key of the input concerned, if it is one.
    """

    def __init__(self, refusal: Message, *, at: str | None = None) -> None:
        super().__init__(f"{refusal.code} {refusal.text}")
        self.message = refusal
        self.at = at


class Unacceptable(Refused):
    """Several inputs are wrong; the first one is what `Refused` says.

    Attributes:
        problems: all of them, each with the key of its input.
    """

    def __init__(self, problems: Sequence[tuple[str, Message]]) -> None:
        super().__init__(problems[0][1], at=problems[0][0])
        self.problems = tuple(problems)

    @classmethod
    def raise_for(cls, problems: Sequence[tuple[str, Message]]) -> None:
        """Raise it if there is any problem.

        Raises:
            Unacceptable: there is.
        """
        if problems:
            raise cls(problems)


def refused(code: str, *, at: str | None = None, **values: object) -> Refused:
    """The refusal with this message code, at the input with the key `at`.

    Raises:
        MessageError: there is no such code, or a value its text needs is missing.
    """
    return Refused(message(code, **values), at=at)
