"""Revoking a user's certificates (RNW-05, ROK-03, ROK-08)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console.contracts import contract_page
from simulator.office.console.forms import Sent
from simulator.office.console.masters import reason_given, reasons
from simulator.office.console.pages import WRONG, done, page, submits
from simulator.office.console.papers import REVOKE_REASONS
from simulator.office.context import office_of
from simulator.services.bank import revoke_certificates
from simulator.services.lookup import UserWithCertificates, user_with_certificates
from simulator.services.refusal import Refused


def show_revoke(request: Request) -> Response:
    """The certificates that would be revoked, and why it is asked for."""
    return page(request, "revoke", holder=_holder(request), form=reasons(REVOKE_REASONS))


@submits
def submit_revoke(request: Request, sent: Sent) -> Response:
    """Revoke them; id and password stay."""
    holder, form = _holder(request), reasons(REVOKE_REASONS, sent)
    if (reason := reason_given(form)) is None:
        return page(request, "revoke", status=WRONG, holder=holder, form=form)
    try:
        count = revoke_certificates(office_of(request).world, holder.user.user_id, reason)
    except Refused as refusal:
        return contract_page(request, holder.contract.number, refusal.message)
    told = (
        f"ユーザー「{holder.user.user_id}」の電子証明書{count}枚を失効させました。電子証明書を、もう一度発行できます。"
    )
    return done(request, f"/contracts/{holder.contract.number}", told)


def _holder(request: Request) -> UserWithCertificates:
    return user_with_certificates(office_of(request).world, request.path_params["user_id"])
