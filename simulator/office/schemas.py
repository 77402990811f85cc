"""What the control API takes and gives; every field is bounded."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from simulator.catalogue import Edition, load_catalogue
from simulator.rules import check_field, field_rules, load_profile
from simulator.services.opening import Opening

_RULES = field_rules(load_profile())
YEAR = 366 * 24 * 3600
PRINTABLE = r"^\P{C}+$"  # no control, invisible or unassigned character


def _keeps(name: str) -> AfterValidator:
    label = load_catalogue().screen("initial_login").field(name).label

    def check(value: str) -> str:
        refusal = check_field(_RULES[name], label, value)
        if refusal:
            raise ValueError(f"{refusal.message.code} {refusal.message.text}")
        return value

    return AfterValidator(check)


def _bounds(name: str) -> Any:
    return Field(min_length=_RULES[name].minimum, max_length=_RULES[name].maximum)


ContractNumber = Annotated[str, _bounds("contract_number"), _keeps("contract_number")]
InitialPassword = Annotated[str, _bounds("initial_password"), _keeps("initial_password")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ClockIn(_In):
    """A moment to set."""

    now: str = Field(min_length=10, max_length=40, examples=["2026-11-20T10:00:00+09:00"])


class ClockOut(_Out):
    """The simulated moment."""

    now: datetime
    ticking: bool


class AdvanceIn(_In):
    """How far to move the clock: up to 20 years at once."""

    seconds: int = Field(ge=0, le=20 * YEAR, strict=True)


class DueEventOut(_Out):
    """Something that fell due."""

    at: datetime
    kind: str
    subject: str


class AdvanceOut(_Out):
    """The moment reached, and what fell due on the way."""

    now: datetime
    events: list[DueEventOut]


class ResetOut(_Out):
    """The moment the seeded world starts at."""

    now: datetime


class ContractIn(_In):
    """A contract to open."""

    number: ContractNumber
    edition: Edition
    name: str = Field(min_length=1, max_length=80, pattern=PRINTABLE)
    initial_password: InitialPassword


class ContractOut(_Out):
    """A contract."""

    number: str
    edition: Edition
    name: str
    failures: int
    locks: int
    locked_until: datetime | None
    blocked: bool
    created_at: datetime


class UserOut(_Out):
    """A user, without any secret."""

    user_id: str
    contract_number: str
    is_master: bool
    name: str
    mail_address: str
    failures: int
    locks: int
    locked_until: datetime | None
    blocked: bool
    registered_at: datetime


class EventOut(_Out):
    """A line of the audit trail."""

    id: int
    at: datetime
    kind: str
    contract_number: str | None
    user_id: str | None
    detail: dict[str, Any]


class MaintenanceIn(_In):
    """What users are told while the portal is closed for maintenance."""

    text: str = Field(default="", min_length=0, max_length=400, pattern=r"^\P{C}*$")


class OpeningOut(_Out):
    """Whether the portal is open now: open, closed (outside the hours) or maintenance."""

    opening: Opening
    text: str


class IssuingPace(_In):
    """How long issuing takes at least, in seconds (CRT-29)."""

    seconds: float = Field(ge=0, le=600, allow_inf_nan=False, strict=True)
