"""What the labour bank does on a written request of a contracting party (ROK)."""

from __future__ import annotations

from simulator.rules import Standing
from simulator.services.finding import contract_row, master_of, user_row
from simulator.services.gate import keep, release
from simulator.services.refusal import refused
from simulator.services.removal import remove_user, revoke_all
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Contract, User


def file_initial_password(world: World, number: str, initial_password: str) -> Contract:
    """Take in a new initial password (ROK-06); what was counted for the old one is cleared.

    Raises:
        Refused: there is no such contract (E5001).
    """
    password_hash = world.passwords.hash(initial_password)
    with world.store.transaction() as session:
        contract = contract_row(session, number)
        contract.secret_hash = password_hash
        keep(contract, Standing())
        record(session, "initial_password_filed", world.clock.now(), contract)
    return contract


def initialise_master(world: World, number: str, reason: str = "") -> Contract:
    """Remove the master's id, password and certificate, so that the initial registration is open again.

    For a change of person, a forgotten password or a wrong mail address (ROK-04, ROK-05, ROK-07; ambiguity 13). The
    general users of the contract stay, with their certificates.

    Args:
        world: the edges.
        number: the contract.
        reason: free text for the audit trail, 80 characters at most.

    Raises:
        Refused: there is no such contract (E5001), or it has no master (E5003).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        contract = contract_row(session, number)
        master = master_of(session, number)
        if master is None:
            raise refused("E5003")
        record(session, "master_initialised", now, master, reason=reason)
        remove_user(session, master, now, reason="master_initialised")
        keep(contract, Standing())
    return contract


def release_contract(world: World, number: str) -> Contract:
    """Lift lock and block of a contract's initial registration (MRG-13, ROK-09).

    Raises:
        Refused: there is no such contract (E5001), or nothing to lift (E5006).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        contract = contract_row(session, number)
        if not release(contract):
            raise refused("E5006")
        record(session, "contract_released", now, contract)
    return contract


def release_master(world: World, number: str) -> User:
    """Lift lock and block of a contract's master user, which only the labour bank can (ROK-09, LGN-15).

    Raises:
        Refused: there is no such contract (E5001), it has no master (E5003), or nothing to lift (E5006).
    """
    now = world.clock.now()
    with world.store.transaction() as session:
        contract_row(session, number)
        master = master_of(session, number)
        if master is None:
            raise refused("E5003")
        if not release(master):
            raise refused("E5006")
        record(session, "master_released", now, master)
    return master


def revoke_certificates(world: World, user_id: str, reason: str) -> int:
    """Revoke a user's certificates on request: PC change, or a file that was never opened (RNW-05, ROK-03, ROK-08).

    Id and password stay, and a certificate can be issued again (ambiguity 13). It cannot be taken back.

    Args:
        world: the edges.
        user_id: whose certificates.
        reason: free text for the audit trail, 80 characters at most.

    Returns:
        How many certificates were revoked.

    Raises:
        Refused: there is no such user (E5002), or nothing to revoke (E5004).
    """
    with world.store.transaction() as session:
        count = revoke_all(session, user_row(session, user_id), world.clock.now(), reason)
        if not count:
            raise refused("E5004")
    return count


def set_detail_change(world: World, number: str, *, enabled: bool) -> Contract:
    """Enable or disable the detail change functions that the party applied for (ROK-10, MNU-09).

    Raises:
        Refused: there is no such contract (E5001).
    """
    with world.store.transaction() as session:
        contract = contract_row(session, number)
        contract.detail_change = enabled
        kind = "detail_change_enabled" if enabled else "detail_change_disabled"
        record(session, kind, world.clock.now(), contract)
    return contract
