"""Users and their certificates."""

from __future__ import annotations

from fastapi import APIRouter

from simulator.office.api.inputs import RevokeIn, UserIdInPath
from simulator.office.api.outputs import CertificateOut, UserOut, certificates_out
from simulator.office.context import OfficeHere
from simulator.services.bank import revoke_certificates
from simulator.services.contracts import users
from simulator.services.lookup import user_with_certificates

router = APIRouter()


@router.get("/users")
def list_users(office: OfficeHere) -> list[UserOut]:
    """All users."""
    return [UserOut.model_validate(user) for user in users(office.world)]


@router.get("/users/{user_id}/certificates", responses={404: {"description": "ユーザーがいない（E5002）"}})
def list_certificates(office: OfficeHere, user_id: UserIdInPath) -> list[CertificateOut]:
    """Every certificate that was issued to a user, the newest first."""
    found = user_with_certificates(office.world, user_id)
    return certificates_out(found.certificates, office.world.clock.now())


@router.post(
    "/users/{user_id}/certificates/revoke",
    responses={
        404: {"description": "ユーザーがいない（E5002）"},
        409: {"description": "失効できるものがない（E5004）"},
    },
)
def revoke(office: OfficeHere, user_id: UserIdInPath, body: RevokeIn) -> list[CertificateOut]:
    """Revoke a user's certificates; id and password stay (RNW-05, ROK-03, ROK-08)."""
    revoke_certificates(office.world, user_id, body.reason)
    return list_certificates(office, user_id)
