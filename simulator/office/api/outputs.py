"""What the control API gives; never a secret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from simulator.catalogue import Edition
from simulator.rules import ChangeKind, DeductionKind, SavingsKind, ShortReason
from simulator.services.detail_sending import SentChanges
from simulator.services.lookup import CertificateState, certificate_state
from simulator.services.opening import Opening
from simulator.store import Certificate


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ClockOut(_Out):
    """The simulated moment."""

    now: datetime
    ticking: bool


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


class ContractOut(_Out):
    """A contract."""

    number: str
    edition: Edition
    name: str
    failures: int
    locks: int
    locked_until: datetime | None
    blocked: bool
    detail_change: bool
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


class CertificateOut(_Out):
    """A certificate that was issued to a user, and how it stands at the simulated moment."""

    name: str
    file_name: str
    issued_at: datetime
    renewal_opens_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    revocation_reason: str
    state: CertificateState


class UserWithCertificatesOut(UserOut):
    """A user with every certificate, the newest first."""

    certificates: list[CertificateOut]


class ContractDetailOut(ContractOut):
    """A contract with its users, the master first."""

    users: list[UserWithCertificatesOut]


class GenerationOut(_Out):
    """A generation of savings data that a contract received; amounts in yen."""

    month: date
    received_at: datetime
    workers: int
    seed: int
    lines: int
    alarms: int
    deposited: int
    balance: int
    subsidy: int
    deductions: int
    deducted: int


class TransferItemOut(_Out):
    """One kind of deductions in a request: asked for, short of that, and paid in; amounts in yen."""

    kind: DeductionKind
    lines: int
    asked: int
    short_lines: int
    short: int
    paid_lines: int
    paid: int


class ShortDeductionOut(_Out):
    """A deduction that was not made, or not in full; amounts in yen."""

    worker: str
    name: str
    kana: str
    branch: str
    kind: DeductionKind
    account: str
    asked: int
    paid: int
    reason: ShortReason


class TransferRequestOut(_Out):
    """A request to pay in what was deducted, as a union sent it."""

    receipt: str
    contract_number: str
    month: date
    transfer_on: date
    payer_name: str
    sent_at: datetime
    sent_by: str
    sent_by_name: str
    lines: int
    amount: int


class TransferRequestDetailOut(TransferRequestOut):
    """A request with its sums by kind, and a page of what falls short, by member's number."""

    items: list[TransferItemOut]
    page: int
    pages: int
    shorts: list[ShortDeductionOut]


class TallyOut(_Out):
    """How many detail changes of a kind there are, and their sums before and after, in yen."""

    entries: int
    monthly_before: int
    bonus_before: int
    monthly: int
    bonus: int


class SentChangesOut(_Out):
    """Detail changes that a contract sent: to the details of which month, and what is in them by kind."""

    receipt: str
    contract_number: str
    month: date
    sent_at: datetime
    sent_by: str
    sender_name: str
    tallies: dict[ChangeKind, TallyOut]


class ChangeEntryOut(_Out):
    """One change, new contract or stop; amounts in yen."""

    change: ChangeKind
    worker: str
    name: str
    kana: str
    branch: str
    kind: SavingsKind
    account: str
    declared: int
    monthly_before: int
    bonus_before: int
    monthly: int
    bonus: int
    entered_by: str
    entered_at: datetime


class SentChangesDetailOut(SentChangesOut):
    """What a contract sent, line by line: a page of its changes, by worker's number."""

    page: int
    pages: int
    entries: list[ChangeEntryOut]


class EventOut(_Out):
    """A line of the audit trail; `actor` is the portal user who did it, `refusal` the code that refused it."""

    id: int
    at: datetime
    kind: str
    contract_number: str | None
    user_id: str | None
    actor: str | None
    refusal: str | None
    detail: dict[str, Any]


class NoticeOut(_Out):
    """A notice on the information screen."""

    id: int
    published_at: datetime
    title: str
    text: str


class OpeningOut(_Out):
    """Whether the portal is open now: open, closed (outside the hours) or maintenance."""

    opening: Opening
    text: str


def certificates_out(rows: Iterable[Certificate], now: datetime) -> list[CertificateOut]:
    """Certificates as they stand at this moment."""
    fields = [name for name in CertificateOut.model_fields if name != "state"]
    return [
        CertificateOut(**{name: getattr(row, name) for name in fields}, state=certificate_state(row, now))
        for row in rows
    ]


def sent_out(found: SentChanges) -> SentChangesOut:
    """What arrived, without its lines."""
    names = [name for name in SentChangesOut.model_fields if name != "tallies"]
    kept = {name: getattr(found.change_set, name) for name in names}
    return SentChangesOut(**kept, tallies={kind: TallyOut.model_validate(t) for kind, t in found.tallies.items()})
