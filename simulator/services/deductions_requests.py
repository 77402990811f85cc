"""まとめ入金依頼書: a union's draft of what it pays in for a month, and sending it (控除事務, ambiguity 22)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from simulator.catalogue import Edition, load_catalogue
from simulator.clock import is_holiday
from simulator.rules import (
    DeductionKind,
    ShortReason,
    TransferDay,
    is_short,
    judge_transfer_day,
    last_transfer_day,
    message,
    read_day,
)
from simulator.services.deductions import list_of, refuse_sent, request_row, sheet_in
from simulator.services.deductions_lines import lines_of_member
from simulator.services.finding import contract_row, user_row
from simulator.services.refusal import Refused, refused
from simulator.services.savings import generations_of
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import DeductionLine, Generation, ShortDeduction, TransferRequest, User

ENTRY, SHORT = "request_entry", "request_short"
DAY_PROBLEMS = {
    TransferDay.NO_DAY: "E1008",
    TransferDay.OUT_OF_RANGE: "E4406",
    TransferDay.CLOSED: "E4407",
}


def save_request(world: World, by: str, month: date | None, transfer_on: str, payer_name: str) -> TransferRequest:
    """Keep when the union pays in and under which name; what is still empty stays open.

    Args:
        world: the edges.
        by: id of the user.
        month: whose list is answered.
        transfer_on: the day in eight digits, or empty.
        payer_name: checked against its field rule already, or empty.

    Raises:
        Refused: not a union's user (E4401), no such list (E4402), sent already (E4403), or the day is none (E1008),
            out of range (E4406) or no business day (E4407).
    """
    day = read_day(transfer_on) if transfer_on else None
    if transfer_on and (problem := _problem_of(world, day)):
        raise problem
    _plant(world, by)
    with world.store.transaction() as session:
        user, _, request = _draft(session, world, by, month)
        request.transfer_on, request.payer_name = day, payer_name
        record(session, "transfer_request_saved", request.changed_at, user, actor=by, month=_written(request.month))
    return request


def shorten(
    world: World, by: str, month: date | None, worker: str, kind: DeductionKind, amount: int, reason: ShortReason
) -> ShortDeduction:
    """Deduct less than was asked for, or nothing, with a reason (控除不能).

    Args:
        world: the edges.
        by: id of the user.
        month: whose list is answered.
        worker: the member's number.
        kind: which of the member's deductions.
        amount: what is deducted, in yen.
        reason: why.

    Raises:
        Refused: as `save_request` says; no such line (E4404), or the amount is not less than what was asked (E4408).
    """
    _plant(world, by)
    with world.store.transaction() as session:
        user, generation, request = _draft(session, world, by, month)
        line = _line(session, generation, worker, kind)
        if not is_short(amount, line.amount):
            label = load_catalogue().screen(SHORT).field("amount").label
            raise refused("E4408", at="amount", field=label, amount=f"{line.amount:,}")
        return _shorten(session, user, request, line, amount, reason)


def omit_member(world: World, by: str, month: date | None, worker: str, reason: ShortReason) -> list[ShortDeduction]:
    """Deduct nothing at all from one member's wage, with one reason for every line.

    Raises:
        Refused: as `save_request` says; nothing of that member in the list (E4404).
    """
    _plant(world, by)
    with world.store.transaction() as session:
        user, generation, request = _draft(session, world, by, month)
        lines = lines_of_member(session, generation, worker)
        return [_shorten(session, user, request, line, 0, reason) for line in lines]


def restore(world: World, by: str, month: date | None, worker: str, kind: DeductionKind) -> None:
    """Deduct in full what was to fall short; nothing happens where nothing was.

    Raises:
        Refused: as `save_request` says; no such line (E4404).
    """
    _plant(world, by)
    with world.store.transaction() as session:
        user, generation, request = _draft(session, world, by, month)
        line = _line(session, generation, worker, kind)
        if short := session.get(ShortDeduction, line.id):
            session.delete(short)
            told: dict[str, str] = {"month": _written(request.month), "member": worker, "item": _item(kind)}
            record(session, "deduction_restored", request.changed_at, user, actor=by, **told)


def send_request(world: World, by: str, month: date | None, revision: int) -> TransferRequest:
    """Send the request to the labour bank, which closes it.

    Args:
        world: the edges.
        by: id of the user.
        month: whose list is answered.
        revision: that of the draft which was confirmed.

    Raises:
        Refused: as `save_request` says, for the day may have passed; the payer is missing (E1001), the draft has
            changed since it was confirmed (E4405), or nothing is left to pay in (E4409).
    """
    _plant(world, by)
    with world.store.transaction() as session:
        user, generation, request = _draft(session, world, by, month, changes=False)
        if request.revision != revision:
            raise refused("E4405")
        sheet = sheet_in(session, generation)
        if problem := sending_problem(world, request, sheet.total.paid):
            raise problem
        now = world.clock.now()
        request.lines, request.amount = sheet.total.paid_lines, sheet.total.paid
        request.sent_at, request.sent_by, request.sent_by_name = now, user.user_id, user.name
        request.receipt = f"{now:%Y%m%d}-{request.id:06}"
        month_sent, amount = _written(request.month), request.amount
        record(
            session,
            "transfer_request_sent",
            now,
            user,
            actor=by,
            month=month_sent,
            receipt=request.receipt,
            amount=amount,
        )
    return request


def sending_problem(world: World, request: TransferRequest | None, paid: int) -> Refused | None:
    """What keeps a draft from being sent as it stands now; None when nothing does."""
    if request is None or request.transfer_on is None:
        return _missing("transfer_on")
    if not request.payer_name:
        return _missing("payer_name")
    return _problem_of(world, request.transfer_on) or (None if paid else refused("E4409"))


def _missing(key: str) -> Refused:
    return refused("E1001", at=key, field=load_catalogue().screen(ENTRY).field(key).label)


def _problem_of(world: World, day: date | None) -> Refused | None:
    today = world.clock.now().date()
    judged = judge_transfer_day(day, today, world.profile, is_holiday)
    if judged is TransferDay.GOOD:
        return None
    label = load_catalogue().screen(ENTRY).field("transfer_on").label
    known = {"field": label, "first": today, "last": last_transfer_day(today, world.profile)}
    return Refused(message(DAY_PROBLEMS[judged], **known), at="transfer_on")


def _plant(world: World, by: str) -> None:
    """See that a seeded contract has its lists."""
    with world.store.transaction() as session:
        number = user_row(session, by).contract_number
    generations_of(world, number)


def _draft(
    session: Session, world: World, by: str, month: date | None, *, changes: bool = True
) -> tuple[User, Generation, TransferRequest]:
    """The user, the list and its request, which nobody else can change until the transaction ends."""
    user = user_row(session, by)
    contract = contract_row(session, user.contract_number)
    if Edition(contract.edition) is not Edition.MEMBER:
        raise refused("E4401")
    generation = list_of(session, contract.number, month)
    request = request_row(session, generation)
    refuse_sent(request)
    request = request or _begun(session, generation, world.clock.now())
    if changes:
        request.revision += 1
        request.changed_at = world.clock.now()
        request.changed_by, request.changed_by_name = user.user_id, user.name
    return user, generation, request


def _begun(session: Session, generation: Generation, now: datetime) -> TransferRequest:
    known = {"contract_number": generation.contract_number, "generation": generation.id, "month": generation.month}
    request = TransferRequest(**known, changed_at=now, revision=0, payer_name="")
    session.add(request)
    session.flush()
    return request


def _line(session: Session, generation: Generation, worker: str, kind: DeductionKind) -> DeductionLine:
    for line in lines_of_member(session, generation, worker):
        if line.kind == kind:
            return line
    raise refused("E4404")


def _shorten(
    session: Session, user: User, request: TransferRequest, line: DeductionLine, amount: int, reason: ShortReason
) -> ShortDeduction:
    short = ShortDeduction(line=line.id, request=request.id, amount=amount, reason=reason.value)
    told = {"month": _written(request.month), "member": line.worker, "item": _item(line.kind)}
    why = load_catalogue().screen(SHORT).field("reason").choices[reason]
    at, actor = request.changed_at, user.user_id
    record(session, "deduction_shortened", at, user, actor=actor, **told, amount=amount, reason=why)
    return session.merge(short)


def _item(kind: str) -> str:
    return load_catalogue().screen("deduction_list").field("kind").choices[kind]


def _written(month: date) -> str:
    return f"{month:%Y-%m}"
