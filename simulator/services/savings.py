"""What the labour bank sends of the workers' savings, one generation a month (INF-02).

A seeded contract has its first generations from the start. They are made when somebody first looks, with the same
outcome at any moment: most visits never look, and going back to the seeded world has to stay quick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import delete, func, insert, select, union, update
from sqlalchemy.orm import Session

from simulator.catalogue import Edition
from simulator.clock import is_holiday
from simulator.documents import find_replaced
from simulator.rules import JAPAN, Profile, add_months, is_bonus_month, latest_business_day
from simulator.services.carried_changes import carry_on, lapse_unsent
from simulator.services.deductions_data import deduction_lines
from simulator.services.finding import contract_row
from simulator.services.refusal import refused
from simulator.services.savings_changes import note_changes
from simulator.services.savings_data import Worker, alarm_lines, make_workers, statement_lines
from simulator.services.seed import SEEDED_CONTRACTS
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import (
    AlarmLine,
    ChangeLine,
    Contract,
    DeductionLine,
    DeductionTotal,
    Generation,
    ShortDeduction,
    StatementLine,
    TransferRequest,
    WorkerName,
)

SEED = 1
LARGEST_SEED = 2**31 - 1  # the biggest number that every database's column holds
PORTION = 2000  # workers written at once: few enough to need little memory
SUMS = ("monthly", "bonus", "principal", "balance", "subsidy")
SAVINGS = ((StatementLine, statement_lines), (AlarmLine, alarm_lines))
# Only unions are asked to deduct from wages (ambiguity 22).
LINES = {Edition.EMPLOYER: SAVINGS, Edition.MEMBER: (*SAVINGS, (DeductionLine, deduction_lines))}
SEEDED_WORKERS = {seeded.number: seeded.workers for seeded in SEEDED_CONTRACTS}


@dataclass(frozen=True)
class _Delivery:
    """What a generation is made from."""

    month: date
    received_at: datetime
    seed: int
    base_month: date
    workers: int


def generations_of(world: World, number: str) -> list[Generation]:
    """What a contract has received and still keeps, the newest month first; nothing of a contract nobody knows."""
    with world.store.transaction() as session:
        if found := _kept(session, number):
            return found
    if number not in SEEDED_WORKERS:
        return []
    with world.store.transaction() as session:
        _plant(session, world.profile, contract_row(session, number))
        return _kept(session, number)


def upcoming_month(world: World, number: str) -> date:
    """The month that the next delivery to a contract will be of: the present one, or the one after the newest."""
    return _upcoming(generations_of(world, number), world.clock.now())


def deliver_generation(
    world: World, number: str, workers: int, seed: int = SEED, month: date | None = None
) -> Generation:
    """Send a contract the data of its next month: the present one, or the one after the newest received.

    A union's 控除依頼リスト comes with it. With the seed of the generation before, the same people have saved on, after
    the changes that the contract sent; with another one they are others. Beyond those that are kept the oldest
    generation goes.

    Args:
        world: the edges.
        number: the contract.
        workers: how many of them have savings, from 5 to 20,000.
        seed: what they are made from.
        month: the month that is meant; None for whichever comes next.

    Raises:
        Refused: there is no such contract (E5001), or its next month is another one than was meant (E5010).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        contract = contract_row(session, number)
        _plant(session, world.profile, contract)
        received = _kept(session, number)
        upcoming = _upcoming(received, now)
        if month not in {None, upcoming}:
            raise refused("E5010")
        goes_on = bool(received) and received[0].seed == seed
        base_month = received[0].base_month if goes_on else upcoming
        delivery = _Delivery(upcoming, now, seed, base_month, workers)
        lapse_unsent(session, contract, upcoming, now)
        generation = _write(session, world.profile, contract, delivery, received[0] if received else None)
        _forget(session, received[world.profile.generations_kept - 1 :])
        record(session, "generation_delivered", now, contract, month=f"{upcoming:%Y-%m}", workers=workers)
    return generation


def _upcoming(received: Sequence[Generation], now: datetime) -> date:
    present = now.date().replace(day=1)
    return max(present, add_months(received[0].month, 1)) if received else present


def _kept(session: Session, number: str) -> list[Generation]:
    query = select(Generation).where(Generation.contract_number == number, Generation.retired.is_(False))
    return list(session.scalars(query.order_by(Generation.month.desc())))


def _plant(session: Session, profile: Profile, contract: Contract) -> None:
    """Write the first generations of a seeded contract, as received up to its opening, unless they are there."""
    if contract.number not in SEEDED_WORKERS or _kept(session, contract.number):
        return
    newest = contract.created_at.date().replace(day=1)
    if _receipt(newest, profile) > contract.created_at:
        newest = add_months(newest, -1)
    written = None
    for age in reversed(range(profile.generations_kept)):
        month = add_months(newest, -age)
        workers = SEEDED_WORKERS[contract.number]
        delivery = _Delivery(month, _receipt(month, profile), SEED, newest, workers)
        written = _write(session, profile, contract, delivery, written)


def _receipt(month: date, profile: Profile) -> datetime:
    """When the data of a month regularly arrives."""
    day = latest_business_day(month.replace(day=profile.receipt_day), profile, is_holiday)
    return datetime.combine(day, profile.daily_batch_at, JAPAN)


def _write(
    session: Session, profile: Profile, contract: Contract, delivery: _Delivery, previous: Generation | None
) -> Generation:
    generation = Generation(contract_number=contract.number, **vars(delivery))
    session.add(generation)
    session.flush()
    connection, key = session.connection(), {"generation": generation.id}
    people = make_workers(_of_contract(delivery.seed, contract.number), delivery.base_month, delivery.workers, profile)
    people = carry_on(session, generation, people)
    for portion in _portions(people):
        for table, lines_of in LINES[Edition(contract.edition)]:
            lines = [{**key, **line} for worker in portion for line in lines_of(worker, delivery.month, profile)]
            if lines:
                connection.execute(insert(table), lines)
    note_changes(session, generation, previous)
    _note_names(session, generation)
    _sum_up(session, generation)
    generation.deposited = generation.monthly + generation.bonus * is_bonus_month(delivery.month, profile)
    session.flush()
    return generation


def _of_contract(seed: int, number: str) -> int:
    """A seed of the contract's own: no two contracts have the same people."""
    return int(f"{seed}{number}")


def _portions(people: Iterator[Worker]) -> Iterator[list[Worker]]:
    while portion := list(islice(people, PORTION)):
        yield portion


def _note_names(session: Session, generation: Generation) -> None:
    """Keep every name once, and what of it no file in CP932 can express."""
    tables = (StatementLine, ChangeLine, DeductionLine)
    bearing = (select(table.generation, table.search).where(table.generation == generation.id) for table in tables)
    session.execute(insert(WorkerName).from_select(["generation", "search"], union(*bearing)))
    names = session.scalars(select(WorkerName.search).where(WorkerName.generation == generation.id)).all()
    for found in find_replaced([name] for name in names):
        here = WorkerName.generation == generation.id, WorkerName.search == names[found.row]
        session.execute(update(WorkerName).where(*here).values(beyond=found.characters))


def _sum_up(session: Session, generation: Generation) -> None:
    """Keep the totals with the generation: they are asked for much more often than they change."""
    lines, alarms = (select(func.count()).where(t.generation == generation.id) for t in (StatementLine, AlarmLine))
    generation.lines = session.scalar(lines) or 0
    generation.alarms = session.scalar(alarms) or 0
    generation.subsidies = session.scalar(lines.where(StatementLine.subsidy > 0)) or 0
    columns = [func.sum(getattr(StatementLine, name)) for name in SUMS]
    totals = session.execute(select(*columns).where(StatementLine.generation == generation.id)).one()
    for name, total in zip(SUMS, totals, strict=True):
        setattr(generation, name, int(total or 0))  # every contract may have stopped
    _sum_up_deductions(session, generation)


def _sum_up_deductions(session: Session, generation: Generation) -> None:
    of_kind = (
        select(DeductionLine.kind, func.count(), func.sum(DeductionLine.amount))
        .where(DeductionLine.generation == generation.id)
        .group_by(DeductionLine.kind)
    )
    for kind, lines, amount in session.execute(of_kind).all():
        session.add(DeductionTotal(generation=generation.id, kind=kind, lines=lines, amount=int(amount)))
        generation.deductions += lines
        generation.deducted += int(amount)


def _forget(session: Session, old: Sequence[Generation]) -> None:
    for generation in old:
        _delete(session, generation, StatementLine, AlarmLine, ChangeLine)
        if _is_answered(session, generation):
            generation.retired = True  # what was sent can be looked at for ever
            continue
        drafts = select(TransferRequest.id).where(TransferRequest.generation == generation.id)
        session.execute(delete(ShortDeduction).where(ShortDeduction.request.in_(drafts)))
        _delete(session, generation, TransferRequest, DeductionTotal, DeductionLine, WorkerName)
        session.delete(generation)


def _is_answered(session: Session, generation: Generation) -> bool:
    """Whether the union has sent its request for this month."""
    sent = select(TransferRequest.id).where(TransferRequest.sent_at.is_not(None))
    return session.scalar(sent.where(TransferRequest.generation == generation.id)) is not None


_Held = StatementLine | AlarmLine | ChangeLine | TransferRequest | DeductionTotal | DeductionLine | WorkerName


def _delete(session: Session, generation: Generation, *tables: type[_Held]) -> None:
    for table in tables:
        session.execute(delete(table).where(table.generation == generation.id))
