"""What a union is asked to deduct in a month, and what it answers: to look at (控除事務, ambiguity 22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from simulator.catalogue import load_catalogue
from simulator.rules import DeductionKind
from simulator.services.refusal import refused
from simulator.services.savings import generations_of
from simulator.services.world import World
from simulator.store import DeductionLine, DeductionTotal, Generation, ShortDeduction, TransferRequest


@dataclass(frozen=True)
class ItemTotal:
    """One kind of deductions in a month's request; amounts in yen.

    Attributes:
        kind: see `DeductionKind`.
        lines, asked: what the labour bank asks for.
        short_lines, short: how many of them are deducted in part or not at all, and what is missing.
        omitted: how many are not deducted at all.
    """

    kind: str
    lines: int
    asked: int
    short_lines: int = 0
    short: int = 0
    omitted: int = 0

    @property
    def paid_lines(self) -> int:
        """How many deductions are paid in."""
        return self.lines - self.omitted

    @property
    def paid(self) -> int:
        """What is paid in."""
        return self.asked - self.short


@dataclass(frozen=True)
class Sheet:
    """A month's list with the request that answers it: None before anybody has begun one."""

    generation: Generation
    request: TransferRequest | None
    items: Sequence[ItemTotal]

    @property
    def is_sent(self) -> bool:
        """Whether the request is closed."""
        return self.request is not None and self.request.sent_at is not None

    @property
    def total(self) -> ItemTotal:
        """All kinds together."""
        names = ("lines", "asked", "short_lines", "short", "omitted")
        return ItemTotal("", *(sum(getattr(item, name) for item in self.items) for name in names))


@dataclass(frozen=True)
class SentRequests:
    """A page of what a union has sent, the newest first."""

    requests: Sequence[TransferRequest]
    hits: int
    page: int
    pages: int


def sheets_of(world: World, number: str) -> list[Sheet]:
    """The lists that a union can answer, the newest month first, each as its request stands."""
    kept = generations_of(world, number)
    with world.store.transaction() as session:
        return [sheet_in(session, generation) for generation in kept if generation.deductions]


def sheet_of(world: World, number: str, month: date | None) -> Sheet:
    """One month's list as its request stands, whether it can still be answered or was answered long ago.

    Raises:
        Refused: there is no such list (E4402).
    """
    generations_of(world, number)
    with world.store.transaction() as session:
        return sheet_in(session, list_of(session, number, month))


def draft_sheet(world: World, number: str, month: date | None) -> Sheet:
    """One month's list as its request stands, which can still be changed.

    Raises:
        Refused: there is no such list (E4402), or its request has been sent (E4403).
    """
    sheet = sheet_of(world, number, month)
    refuse_sent(sheet.request)
    return sheet


def sent_sheet(world: World, receipt: str, number: str = "") -> Sheet:
    """What was sent under a receipt number, by one contract or by any.

    Raises:
        Refused: no such request was sent (E4410).
    """
    with world.store.transaction() as session:
        sent = select(TransferRequest).where(TransferRequest.receipt == receipt, *_of(number))
        request = session.scalars(sent).one_or_none()
        if request is None:
            raise refused("E4410")
        return sheet_in(session, session.get_one(Generation, request.generation))


def sent_requests(world: World, number: str = "", page: int = 1) -> SentRequests:
    """A page of what a union has sent, or all unions, the newest first; a page beyond the last is the last."""
    size = world.profile.list_page_lines
    sent = [TransferRequest.sent_at.is_not(None), *_of(number)]
    with world.store.transaction() as session:
        hits = session.scalar(select(func.count()).select_from(TransferRequest).where(*sent)) or 0
        pages = max(-(-hits // size), 1)
        page = min(max(page, 1), pages)
        query = select(TransferRequest).where(*sent).order_by(TransferRequest.sent_at.desc(), TransferRequest.id.desc())
        found = list(session.scalars(query.slice((page - 1) * size, page * size)))
    return SentRequests(found, hits, page, pages)


def list_of(session: Session, number: str, month: date | None) -> Generation:
    """The generation that holds the list of a month.

    Raises:
        Refused: the contract has no list of that month (E4402).
    """
    query = select(Generation).where(Generation.contract_number == number, Generation.month == month)
    generation = session.scalars(query.where(Generation.deductions > 0)).one_or_none()
    if generation is None:
        raise refused("E4402")
    return generation


def request_row(session: Session, generation: Generation) -> TransferRequest | None:
    """The request that answers a list."""
    query = select(TransferRequest).where(TransferRequest.generation == generation.id)
    return session.scalars(query).one_or_none()


def refuse_sent(request: TransferRequest | None) -> None:
    """Refuse to change what is closed.

    Raises:
        Refused: the request has been sent (E4403).
    """
    if request is not None and request.sent_at is not None:
        month = load_catalogue().screen("deduction_list").words["month"].format(month=request.month)
        raise refused("E4403", month=month)


def sheet_in(session: Session, generation: Generation) -> Sheet:
    """A month's list as its request stands within a transaction."""
    request = request_row(session, generation)
    missing = {} if request is None else _missing_of_kinds(session, request)
    query = select(DeductionTotal).where(DeductionTotal.generation == generation.id)
    totals = {total.kind: total for total in session.scalars(query)}
    items = [
        ItemTotal(kind.value, totals[kind].lines, totals[kind].amount, *missing.get(kind, ()))
        for kind in DeductionKind
        if kind in totals
    ]
    return Sheet(generation, request, items)


def _of(number: str) -> list[ColumnElement[bool]]:
    """Of one contract, if one is named."""
    return [TransferRequest.contract_number == number] if number else []


def _missing_of_kinds(session: Session, request: TransferRequest) -> dict[str, tuple[int, int, int]]:
    """Of each kind: how many fall short, by how much, and how many are not deducted at all."""
    query = (
        select(
            DeductionLine.kind,
            func.count(),
            func.sum(DeductionLine.amount - ShortDeduction.amount),
            func.sum(case((ShortDeduction.amount == 0, 1), else_=0)),
        )
        .join(ShortDeduction, ShortDeduction.line == DeductionLine.id)
        .where(ShortDeduction.request == request.id)
        .group_by(DeductionLine.kind)
    )
    return {kind: (lines, int(amount), int(omitted)) for kind, lines, amount, omitted in session.execute(query)}
