"""Judging an authentication code (CRT-20, CRT-24; ambiguity 3). Comparing the digits is left to whoever hashes them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from simulator.rules.messages import Message, message
from simulator.rules.profile import Profile


class CodeVerdict(StrEnum):
    """How an entered code fared; `VOID` sends the user back to user authentication."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    EXPIRED = "expired"
    VOID = "void"


_REFUSALS = {CodeVerdict.WRONG: "E2201", CodeVerdict.EXPIRED: "E2202", CodeVerdict.VOID: "E2203"}


@dataclass(frozen=True)
class CodeState:
    """What is remembered of a mailed code beside its digits. `replaced`: a newer code was issued."""

    issued_at: datetime
    wrong_tries: int = 0
    used: bool = False
    replaced: bool = False


@dataclass(frozen=True)
class CodeJudgement:
    """The verdict, and the state to remember from now on."""

    verdict: CodeVerdict
    state: CodeState

    @property
    def refusal(self) -> Message | None:
        """The message for the user; None when the code was accepted."""
        code = _REFUSALS.get(self.verdict)
        return message(code) if code else None


def code_expires_at(issued_at: datetime, profile: Profile) -> datetime:
    """Return the instant from which the code is refused."""
    return issued_at + timedelta(minutes=profile.code_minutes)


def is_code_void(state: CodeState, profile: Profile) -> bool:
    """Tell whether the code can never be accepted again, however soon: used, replaced, or too many wrong tries."""
    return state.used or state.replaced or state.wrong_tries >= profile.code_tries


def judge_code(state: CodeState, now: datetime, profile: Profile, *, matches: bool) -> CodeJudgement:
    """Judge one entry, of which `matches` tells whether the digits are right; the last allowed wrong try voids."""
    if is_code_void(state, profile):
        return CodeJudgement(CodeVerdict.VOID, state)
    if now >= code_expires_at(state.issued_at, profile):
        return CodeJudgement(CodeVerdict.EXPIRED, state)
    if matches:
        return CodeJudgement(CodeVerdict.ACCEPTED, replace(state, used=True))
    tried = replace(state, wrong_tries=state.wrong_tries + 1)
    return CodeJudgement(CodeVerdict.VOID if is_code_void(tried, profile) else CodeVerdict.WRONG, tried)
