"""Contracts, and what the labour bank does to them on a written request (ROK)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter

from simulator.office.api.inputs import (
    ContractIn,
    DetailChangeIn,
    GenerationIn,
    InitialiseIn,
    InitialPasswordIn,
    NumberInPath,
)
from simulator.office.api.outputs import (
    ContractDetailOut,
    ContractOut,
    GenerationOut,
    UserOut,
    UserWithCertificatesOut,
    certificates_out,
)
from simulator.office.context import Office, OfficeHere
from simulator.services import bank, savings
from simulator.services.contracts import contract_numbered, contracts, open_contract
from simulator.services.lookup import user_with_certificates
from simulator.services.users import users_of

router = APIRouter()
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "契約がない（E5001）"}}
REFUSED: dict[int | str, dict[str, Any]] = {**NOT_FOUND, 409: {"description": "今の状態ではできない"}}


@router.get("/contracts")
def list_contracts(office: OfficeHere) -> list[ContractOut]:
    """All contracts."""
    return [ContractOut.model_validate(contract) for contract in contracts(office.world)]


@router.post("/contracts", status_code=HTTPStatus.CREATED, responses={409: {"description": "番号が既にある（E1003）"}})
def add_contract(office: OfficeHere, body: ContractIn) -> ContractOut:
    """Open a contract with the initial password its party filed (ROK-01, ROK-02)."""
    contract = open_contract(office.world, body.number, body.edition, body.name, body.initial_password)
    return ContractOut.model_validate(contract)


@router.get("/contracts/{number}", responses=NOT_FOUND)
def read_contract(office: OfficeHere, number: NumberInPath) -> ContractDetailOut:
    """One contract with its users and their certificates."""
    contract = ContractOut.model_validate(contract_numbered(office.world, number))
    ids = [member.user.user_id for member in users_of(office.world, number)]
    return ContractDetailOut(**contract.model_dump(), users=[_user(office, user_id) for user_id in ids])


@router.put("/contracts/{number}/initial-password", responses=NOT_FOUND)
def put_initial_password(office: OfficeHere, number: NumberInPath, body: InitialPasswordIn) -> ContractDetailOut:
    """Take in a new initial password; lock and block of the old one are gone (ROK-06)."""
    bank.file_initial_password(office.world, number, body.initial_password)
    return read_contract(office, number)


@router.post("/contracts/{number}/release", responses=REFUSED)
def release_contract(office: OfficeHere, number: NumberInPath) -> ContractDetailOut:
    """Lift lock and block of the initial registration (MRG-13, ROK-09)."""
    bank.release_contract(office.world, number)
    return read_contract(office, number)


@router.post("/contracts/{number}/master/initialise", responses=REFUSED)
def initialise_master(office: OfficeHere, number: NumberInPath, body: InitialiseIn | None = None) -> ContractDetailOut:
    """Remove the master and open the initial registration again (ROK-04, ROK-05, ROK-07)."""
    bank.initialise_master(office.world, number, (body or InitialiseIn()).reason)
    return read_contract(office, number)


@router.post("/contracts/{number}/master/release", responses=REFUSED)
def release_master(office: OfficeHere, number: NumberInPath) -> ContractDetailOut:
    """Lift lock and block of the master (ROK-09, LGN-15)."""
    bank.release_master(office.world, number)
    return read_contract(office, number)


@router.put("/contracts/{number}/detail-change", responses=NOT_FOUND)
def put_detail_change(office: OfficeHere, number: NumberInPath, body: DetailChangeIn) -> ContractDetailOut:
    """Enable or disable the detail change functions (ROK-10)."""
    bank.set_detail_change(office.world, number, enabled=body.enabled)
    return read_contract(office, number)


@router.post("/contracts/{number}/generations", status_code=HTTPStatus.CREATED, responses=NOT_FOUND)
def deliver_generation(office: OfficeHere, number: NumberInPath, body: GenerationIn) -> GenerationOut:
    """Send a contract the savings data of its next month; the oldest of three generations goes (INF-02)."""
    return GenerationOut.model_validate(savings.deliver_generation(office.world, number, body.workers, body.seed))


def _user(office: Office, user_id: str) -> UserWithCertificatesOut:
    found = user_with_certificates(office.world, user_id)
    certificates = certificates_out(found.certificates, office.world.clock.now())
    return UserWithCertificatesOut(**UserOut.model_validate(found.user).model_dump(), certificates=certificates)
