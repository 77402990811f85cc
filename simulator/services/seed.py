"""The world a simulator starts with: synthetic contracts and nobody registered."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.catalogue import Edition
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Contract


@dataclass(frozen=True)
class SeededContract:
    """A contract that is there from the start, with the initial password in clear for whoever practises.

    Attributes:
        workers: of how many workers it has received savings data; made when somebody first looks at it.
    """

    number: str
    edition: Edition
    name: str
    initial_password: str
    workers: int = 12


SEEDED_CONTRACTS = (
    SeededContract("10000001", Edition.EMPLOYER, "株式会社シミュレータ商事", "Rokin#01"),
    SeededContract("20000001", Edition.MEMBER, "シミュレータ労働組合", "Kaiin#01"),
)


class Seed:
    """Plants the seeded contracts; their passwords are hashed once, so planting again takes no time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hashes = {c.number: world.passwords.hash(c.initial_password) for c in SEEDED_CONTRACTS}

    def plant(self) -> None:
        """Add the seeded contracts unless they are there, as after a restart on a file database."""
        now = self._world.clock.now()
        with self._world.store.transaction() as session:
            for seeded in SEEDED_CONTRACTS:
                if session.get(Contract, seeded.number) is not None:
                    continue
                contract = Contract(
                    number=seeded.number,
                    edition=seeded.edition.value,
                    name=seeded.name,
                    secret_hash=self._hashes[seeded.number],
                    created_at=now,
                )
                session.add(contract)
                record(session, "contract_opened", now, contract)
