"""What the control API takes; every field is bounded."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from simulator.catalogue import Edition
from simulator.office.fields import LABELS, RULES
from simulator.rules import check_field, spelt
from simulator.services.savings import LARGEST_SEED, SEED
from simulator.services.savings_data import FEWEST_WORKERS, MOST_WORKERS

YEAR = 366 * 24 * 3600
LARGEST_ID = 2**31 - 1


def _keeps(name: str) -> AfterValidator:
    def check(typed: str) -> str:
        value = typed if RULES[name].secret else spelt(typed)
        refusal = check_field(RULES[name], LABELS[name], value) if value or RULES[name].minimum else None
        if refusal:
            raise ValueError(f"{refusal.message.code} {refusal.message.text}")
        return value

    return AfterValidator(check)


def _bounds(name: str) -> dict[str, Any]:
    """What the schema says; the rule itself judges, as it does not count the selectors of variants."""
    return {"json_schema_extra": {"minLength": RULES[name].minimum, "maxLength": RULES[name].maximum}}


ContractNumber = Annotated[str, Field(**_bounds("contract_number")), _keeps("contract_number")]
InitialPassword = Annotated[str, Field(**_bounds("initial_password")), _keeps("initial_password")]
NumberInPath = Annotated[str, Path(**_bounds("contract_number")), _keeps("contract_number")]
UserIdInPath = Annotated[str, Path(**_bounds("user_id")), _keeps("user_id")]
NoticeInPath = Annotated[int, Path(ge=1, le=LARGEST_ID)]

ReceiptInPath = Annotated[str, Path(min_length=1, max_length=20, pattern=r"^[0-9-]+$")]
PageInQuery = Annotated[int, Query(ge=1, le=LARGEST_ID)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClockIn(_In):
    """A moment to set."""

    now: str = Field(min_length=10, max_length=40, examples=["2026-11-20T10:00:00+09:00"])


class AdvanceIn(_In):
    """How far to move the clock: up to 20 years at once."""

    seconds: int = Field(ge=0, le=20 * YEAR, strict=True)


class ContractIn(_In):
    """A contract to open."""

    number: ContractNumber
    edition: Edition
    name: Annotated[str, Field(**_bounds("contract_name")), _keeps("contract_name")]
    initial_password: InitialPassword


class InitialPasswordIn(_In):
    """An initial password that was filed again."""

    initial_password: InitialPassword


class InitialiseIn(_In):
    """Why the master is initialised, for the audit trail."""

    reason: Annotated[str, Field(**_bounds("optional_reason")), _keeps("optional_reason")] = ""


class DetailChangeIn(_In):
    """Whether the party applied for the detail change functions."""

    enabled: bool = Field(strict=True)


class GenerationIn(_In):
    """What the next generation of savings data is made from: how many workers, and the seed of their synthetic data."""

    workers: int = Field(ge=FEWEST_WORKERS, le=MOST_WORKERS, strict=True)
    seed: int = Field(SEED, ge=0, le=LARGEST_SEED, strict=True)


class RevokeIn(_In):
    """Why certificates are revoked, for the audit trail."""

    reason: Annotated[str, Field(**_bounds("reason")), _keeps("reason")]


class NoticeIn(_In):
    """A notice to publish."""

    title: Annotated[str, Field(**_bounds("notice_title")), _keeps("notice_title")]
    text: Annotated[str, Field(**_bounds("notice_text")), _keeps("notice_text")]


class MaintenanceIn(_In):
    """What users are told while the portal is closed for maintenance."""

    text: Annotated[str, Field(**_bounds("maintenance_text")), _keeps("maintenance_text")] = ""


class IssuingPace(_In):
    """How long issuing takes at least, in seconds (CRT-29)."""

    seconds: float = Field(ge=0, le=600, allow_inf_nan=False, strict=True)
