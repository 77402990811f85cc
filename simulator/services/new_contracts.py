"""Entering a new savings contract, 新規登録, and correcting it before it is sent (MNU-10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.catalogue import Screen, load_catalogue
from simulator.rules import ChangeKind, Message, Profile, SavingsKind, TaxState, check_declared, is_blank, message
from simulator.services.detail_changes import amount_problems
from simulator.services.detail_work import Work, at_work
from simulator.services.refusal import Unacceptable, refused
from simulator.services.savings_names import BRANCHES
from simulator.services.world import World
from simulator.store import ChangeEntry, StatementLine

SCREEN = "detail_registration"
EXEMPT = (SavingsKind.PENSION, SavingsKind.HOUSING)
BRANCH_CODES: Mapping[str, str] = {f"{place:03}": name for place, name in enumerate(BRANCHES, start=1)}
Problem = tuple[str, Message]
_ENTERED = ("worker", "name", "kana", "branch", "kind", "monthly", "bonus", "declared")


@dataclass(frozen=True)
class NewContract:
    """What is entered for a new savings contract; every value keeps its field rule already.

    Attributes:
        branch: its code, see `BRANCH_CODES`.
        monthly, bonus: deposits in yen.
        declared: the limit up to which exemption is applied for, in yen; None when nothing was entered.
    """

    worker: str
    name: str
    kana: str
    branch: str
    kind: str
    monthly: int
    bonus: int
    declared: int | None = None


def new_entry(world: World, by: str, entry_id: int) -> ChangeEntry:
    """A new contract that was entered, and that a user is about to correct.

    Raises:
        Refused: see `at_work`; or there is none with this number (E4303).
    """
    with at_work(world, by) as work:
        return work.new_entry(entry_id)


def enter_contract(
    world: World, by: str, wanted: NewContract, *, replaces: int | None = None, seen: int = 0
) -> ChangeEntry:
    """Enter a new savings contract, or correct one that was entered.

    Args:
        world: the edges.
        by: the user.
        wanted: the contract.
        replaces: number of the entry that is corrected; None for a new one.
        seen: its revision as the user saw it.

    Raises:
        Refused: see `at_work`; the entry to correct is gone (E4303) or was changed meanwhile (E4305), or nothing
            would change (E4306).
        Unacceptable: inputs that are wrong: branch or kind not offered (E5007), name missing (E1001), a second
            contract of the kind (E4309), another worker's number (E4310), amounts (E4307, E4308), declared limit
            (E1001, E4307, E4308, E4311, E4312).
    """
    with at_work(world, by) as work:
        old = work.new_entry(replaces, seen) if replaces is not None else None
        Unacceptable.raise_for(_problems(work, wanted, old, world.profile))
        entry = _of_contract(wanted)
        if old and all(getattr(old, name) == getattr(entry, name) for name in _ENTERED):
            raise refused("E4306")
        return work.enter(entry, old)


def _problems(work: Work, wanted: NewContract, old: ChangeEntry | None, profile: Profile) -> list[Problem]:
    """What is wrong with a contract, in the order of the inputs; `old` is the entry that it replaces."""
    screen = load_catalogue().screen(SCREEN)
    others = [entry for entry in work.entries_of(wanted.worker) if entry is not old]
    return [
        *_worker_problems(work, screen, wanted, others),
        *_choice_problems(screen, wanted),
        *amount_problems(SCREEN, wanted.monthly, wanted.bonus, profile),
        *_declared_problems(work, screen, wanted, others, profile),
    ]


def _worker_problems(work: Work, screen: Screen, wanted: NewContract, others: list[ChangeEntry]) -> list[Problem]:
    """One contract of a kind for a worker, and one name for a number."""
    known: list[StatementLine | ChangeEntry] = [*work.lines_of(wanted.worker), *others]
    if any(each.kind == wanted.kind for each in known):
        kind = screen.field("kind").choices[wanted.kind]
        return [("worker", message("E4309", worker=wanted.worker, kind=kind))]
    if known and (known[0].name, known[0].kana) != (wanted.name, wanted.kana):
        return [("worker", message("E4310", worker=wanted.worker, name=known[0].name))]
    # A name may hold spaces, but not nothing else.
    blank = [key for key in ("name", "kana") if is_blank(getattr(wanted, key))]
    return [(key, message("E1001", field=screen.field(key).label)) for key in blank]


def _choice_problems(screen: Screen, wanted: NewContract) -> list[Problem]:
    offered = {"branch": BRANCH_CODES, "kind": screen.field("kind").choices}
    wrong = [key for key, choices in offered.items() if getattr(wanted, key) not in choices]
    return [(key, message("E5007", field=screen.field(key).label)) for key in wrong]


def _declared_problems(
    work: Work, screen: Screen, wanted: NewContract, others: list[ChangeEntry], profile: Profile
) -> list[Problem]:
    """A contract that is to stop keeps its declaration: nothing has been paid out yet."""
    if wanted.kind not in set(SavingsKind):
        return []
    new = [entry for entry in others if entry.change == ChangeKind.NEW]
    known: list[StatementLine | ChangeEntry] = [*work.lines_of(wanted.worker), *new]
    declared = sum(each.declared for each in known if each.kind != wanted.kind)
    label = screen.field("declared").label
    problem = check_declared(label, SavingsKind(wanted.kind), wanted.declared, declared, profile)
    return [("declared", problem)] if problem else []


def _of_contract(wanted: NewContract) -> ChangeEntry:
    is_exempt = wanted.kind in EXEMPT
    return ChangeEntry(
        change=ChangeKind.NEW.value,
        worker=wanted.worker,
        name=wanted.name,
        kana=wanted.kana,
        branch=BRANCH_CODES[wanted.branch],
        kind=wanted.kind,
        tax=(TaxState.EXEMPT if is_exempt else TaxState.TAXED).value,
        declared=wanted.declared or 0,
        monthly=wanted.monthly,
        bonus=wanted.bonus,
    )
