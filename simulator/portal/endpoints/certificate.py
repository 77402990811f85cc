"""Issuing a certificate: user authentication, code, issue, result with the download (CRT)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.portal import achieved
from simulator.portal.issuing import Job
from simulator.portal.pages import guarded
from simulator.portal.producing import file_names
from simulator.portal.sessions import ISSUING, Ending, forget
from simulator.portal.visit import OperationError, Visit
from simulator.services.authentication import authenticate, verify_code
from simulator.services.certificates import IssuedCertificate
from simulator.services.login import user_with_id
from simulator.services.refusal import Refused


async def show_user_authentication(request: Request) -> Response:
    """電子証明書発行 ユーザー認証 (CRT-08)."""
    visit = await Visit.begin(request)
    forget(visit.session, ISSUING)
    return visit.page(visit.screen("user_authentication"))


async def submit_user_authentication(request: Request) -> Response:
    """認証: check the password and mail a code (CRT-13)."""
    visit = await Visit.begin(request)
    screen = visit.screen("user_authentication")
    form = await visit.form(screen)
    if form.errors:
        return visit.page(screen, form=form)
    user_id, password = form["user_id"].data, form["password"].data
    try:
        code = await visit.call(authenticate, visit.world, user_id, password)
    except Refused as refusal:
        return visit.page(screen, form=form, refusal=refusal.message)
    await visit.renew(**achieved.user_authentication(code.id, password))
    return visit.go_to("code_entry")


async def show_code(request: Request) -> Response:
    """認証コード入力 (CRT-20)."""
    visit = await Visit.begin(request)
    visit.achieved("code_id")
    return visit.page(visit.screen("code_entry"))


async def submit_code(request: Request) -> Response:
    """認証: the second factor (CRT-20)."""
    visit = await Visit.begin(request)
    code_id = visit.achieved("code_id")
    screen = visit.screen("code_entry")
    form = await visit.form(screen)
    if form.errors:
        return visit.page(screen, form=form)
    try:
        user = await visit.call(verify_code, visit.world, code_id, form["code"].data)
    except Refused as refusal:
        return visit.page(screen, form=form, refusal=refusal.message)
    await visit.renew(**achieved.code_entry(code_id, visit.achieved("password"), user.user_id))
    return visit.go_to("certificate_issue")


async def show_issue(request: Request) -> Response:
    """電子証明書発行 (CRT-27)."""
    visit = await Visit.begin(request)
    user = await visit.call(user_with_id, visit.world, visit.achieved("verified"))
    if user is None:
        raise OperationError("E9001")
    return visit.page(visit.screen("certificate_issue"), rows=(user.user_id, user.name))


async def submit_issue(request: Request) -> Response:
    """発行: begin issuing (CRT-27); a second press leads to the same issue, which is the only one the code allows."""
    visit = await Visit.begin(request)
    await visit.form(visit.screen("certificate_issue"))
    if visit.portal.issuing.job(visit.session.get("job")) is not None:
        return visit.go_to("certificate_issuing")
    visit.achieved("verified")
    job = visit.portal.issuing.begin(visit.session["code_id"], visit.session["password"])
    forget(visit.session, ISSUING)
    visit.session["job"] = job
    return visit.go_to("certificate_issuing")


async def show_issuing(request: Request) -> Response:
    """電子証明書発行中 (CRT-28)."""
    visit = await Visit.begin(request)
    return visit.page(visit.screen("certificate_issuing"), done=_job(visit).done)


async def progress(request: Request) -> Response:
    """How far issuing is, for the page that shows it; answers when that has changed since `known`."""
    visit = await Visit.begin(request)
    job = _job(visit)
    if request.query_params.get("known") == f"{job.done:g}" and not job.is_finished:
        await job.changed.wait()
    return guarded(JSONResponse({"done": job.done, "finished": job.is_finished}))


async def show_result(request: Request) -> Response:
    """電子証明書発行結果 (CRT-30); its first showing starts the download (CRT-32)."""
    visit = await Visit.begin(request)
    job = _job(visit)
    if job.refusal is not None:
        return visit.portal.error("operation_error", job.refusal.message)
    issued = _issued(job)
    first, job.announced = not job.announced, True
    return visit.page(visit.screen("certificate_result"), rows=_rows(issued), download=first)


async def download(request: Request) -> Response:
    """The .p12 file (CRT-32, CRT-35)."""
    issued = _issued(_job(await Visit.begin(request)))
    disposition = f"attachment; {file_names(issued.file_name, issued.file_name)}"
    return guarded(
        Response(issued.data, media_type="application/x-pkcs12", headers={"content-disposition": disposition})
    )


async def close_result(request: Request) -> Response:
    """閉じる: the end of issuing (CRT-38); the file is gone from the server."""
    visit = await Visit.begin(request)
    await visit.form(visit.screen("certificate_result"))
    visit.portal.issuing.forget(visit.session.get("job"))
    visit.end(Ending.CUT)
    return visit.go_to("closed")


def _job(visit: Visit) -> Job:
    job = visit.portal.issuing.job(visit.session.get("job"))
    if job is None:
        raise OperationError("E9001")
    return job


def _issued(job: Job) -> IssuedCertificate:
    if job.issued is None:
        raise OperationError("E9001")
    return job.issued


def _rows(issued: IssuedCertificate) -> tuple[str, ...]:
    moments = (f"{moment:%Y年%m月%d日 %H:%M:%S}" for moment in (issued.issued_at, issued.expires_at))
    return (issued.user_id, issued.name, issued.file_name, *moments)
