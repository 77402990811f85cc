"""The route table of the portal."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from simulator.portal.client_settings import ClientSettings
from simulator.portal.context import Portal
from simulator.portal.endpoints import (
    certificate,
    deduction_history,
    deduction_lines,
    deduction_papers,
    deduction_requests,
    deductions,
    detail_changes,
    detail_history,
    detail_registration,
    detail_sending,
    exports,
    lists,
    login,
    logs,
    manuals,
    passwords,
    registration,
    savings,
    support,
    top,
    user_change,
    users,
)
from simulator.portal.noted_refusals import noting_refusals
from simulator.portal.opening_gate import OpeningGate
from simulator.portal.pages import SAFETY
from simulator.portal.path_table import PathTable
from simulator.portal.session_cookie import SessionCookie
from simulator.portal.signed_in import PasswordChangeDue
from simulator.portal.visit import OperationError, portal_of
from simulator.rules import message
from simulator.store import is_busy


class SafeFiles(StaticFiles):
    """Static files with the pages' security headers; browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 304 when the browser has it."""
        response = await super().get_response(path, scope)
        response.raw_headers.extend(SAFETY)
        return response


# A program that holds the database file, a backup say, has ended by then.
RETRY_SECONDS = "30"

ROUTES = [
    Route("/", top.show_login_top),
    Route("/cache-clearing", top.show_cache_clearing),
    Route("/contact", support.show_contact),
    Route("/environment", support.show_environment),
    Route("/browser-settings", support.show_browser_settings),
    Route("/closed", top.show_closed),
    Route("/master/initial-login", registration.show_initial_login),
    Route("/master/initial-login", registration.submit_initial_login, methods=["POST"]),
    Route("/master/registration", registration.show_registration),
    Route("/master/registration", registration.submit_registration, methods=["POST"]),
    Route("/master/registration/result", registration.show_result),
    Route("/certificate/user-authentication", certificate.show_user_authentication),
    Route("/certificate/user-authentication", certificate.submit_user_authentication, methods=["POST"]),
    Route("/certificate/code", certificate.show_code),
    Route("/certificate/code", certificate.submit_code, methods=["POST"]),
    Route("/certificate/issue", certificate.show_issue),
    Route("/certificate/issue", certificate.submit_issue, methods=["POST"]),
    Route("/certificate/issuing", certificate.show_issuing),
    Route("/certificate/issuing/progress", certificate.progress),
    Route("/certificate/result", certificate.show_result),
    Route("/certificate/result", certificate.close_result, methods=["POST"]),
    Route("/certificate/result/file", certificate.download),
    Route("/login", login.show_login),
    Route("/login", login.submit_login, methods=["POST"]),
    Route("/login/password-expired", passwords.show_expired_message),
    Route("/login/password/first", passwords.show_first),
    Route("/login/password/first", passwords.submit_first, methods=["POST"]),
    Route("/login/password/expired", passwords.show_expired),
    Route("/login/password/expired", passwords.submit_expired, methods=["POST"]),
    Route("/password", passwords.show_change),
    Route("/password", passwords.submit_change, methods=["POST"]),
    Route("/password/result", passwords.show_result),
    Route("/information", login.show_information),
    Route("/manuals", manuals.show_list),
    Route("/manuals/chapter", manuals.show_chapter),
    Route("/manuals/file", manuals.send_chapter),
    Route("/manuals/forms/file", manuals.send_form),
    Route("/savings/statements", savings.show_statements),
    Route("/savings/statements/detail", savings.show_statement),
    Route("/savings/alarms", savings.show_alarms),
    Route("/savings/lists", lists.show_choice),
    Route("/savings/lists/confirmation", lists.show_confirmation),
    Route("/savings/lists/print", lists.submit_print, methods=["POST"]),
    Route("/savings/lists/print", lists.show_blank),
    Route("/savings/lists/file", lists.download),
    Route("/savings/export", exports.show_choice),
    Route("/savings/export/confirmation", exports.show_confirmation),
    Route("/savings/export/confirmation", exports.submit_download, methods=["POST"]),
    Route("/savings/export/file", exports.download),
    Route("/savings/changes", detail_changes.show_list),
    Route("/savings/changes/entry", detail_changes.show_entry),
    Route("/savings/changes/entry/amounts", detail_changes.submit_amounts, methods=["POST"]),
    Route("/savings/changes/entry/stop", detail_changes.submit_stop, methods=["POST"]),
    Route("/savings/changes/entry/withdrawal", detail_changes.submit_withdrawal, methods=["POST"]),
    Route("/savings/changes/registration", detail_registration.show),
    Route("/savings/changes/registration/contents", detail_registration.submit_contents, methods=["POST"]),
    Route("/savings/changes/registration/withdrawal", detail_registration.submit_withdrawal, methods=["POST"]),
    Route("/savings/changes/history", detail_history.show),
    Route("/savings/sending", detail_sending.show),
    Route("/savings/sending/confirmation", detail_sending.show_confirmation),
    Route("/savings/sending/confirmation", detail_sending.submit, methods=["POST"]),
    Route("/savings/sending/result", detail_sending.show_result),
    Route("/deductions/list", deductions.show_list),
    Route("/deductions/list/confirmation", deduction_papers.ask_for_list),
    Route("/deductions/list/print", deduction_papers.print_list, methods=["POST"]),
    Route("/deductions/list/export", deduction_papers.show_export),
    Route("/deductions/list/export", deduction_papers.submit_export, methods=["POST"]),
    Route("/deductions/print", deduction_papers.show_blank),
    Route("/deductions/file", deduction_papers.download),
    Route("/deductions/requests", deduction_requests.show_months),
    Route("/deductions/requests/entry", deduction_requests.show_entry),
    Route("/deductions/requests/entry", deduction_requests.submit_entry, methods=["POST"]),
    Route("/deductions/requests/entry/save", deduction_requests.save_entry, methods=["POST"]),
    Route("/deductions/requests/lines", deduction_lines.show_lines),
    Route("/deductions/requests/short", deduction_lines.show_short),
    Route("/deductions/requests/short/line", deduction_lines.submit_line, methods=["POST"]),
    Route("/deductions/requests/short/member", deduction_lines.submit_member, methods=["POST"]),
    Route("/deductions/requests/short/full", deduction_lines.submit_full, methods=["POST"]),
    Route("/deductions/requests/confirmation", deduction_requests.show_confirmation),
    Route("/deductions/requests/confirmation", deduction_requests.submit_request, methods=["POST"]),
    Route("/deductions/requests/history", deduction_history.show_history),
    Route("/deductions/requests/view", deduction_history.show_request),
    Route("/deductions/requests/view/confirmation", deduction_papers.ask_for_request),
    Route("/deductions/requests/view/print", deduction_papers.print_request, methods=["POST"]),
    Route("/users", users.show_list),
    Route("/users/registration", users.show_registration),
    Route("/users/registration", users.submit_registration, methods=["POST"]),
    Route("/users/change", user_change.show),
    Route("/users/change/contents", user_change.submit_contents, methods=["POST"]),
    Route("/users/change/password", user_change.submit_password, methods=["POST"]),
    Route("/users/change/release", user_change.submit_release, methods=["POST"]),
    Route("/users/deletion", users.show_deletion),
    Route("/users/deletion", users.submit_deletion, methods=["POST"]),
    Route("/logs/operations", logs.show_operations),
    Route("/logs/operations/export", logs.show_export),
    Route("/logs/operations/export", logs.submit_export, methods=["POST"]),
    Route("/logout", login.submit_logout, methods=["POST"]),
]
STATIC = Mount("/static", SafeFiles(directory=str(files("simulator.portal") / "static")))


def create_portal(portal: Portal) -> Starlette:
    """The portal as an ASGI application."""
    app = Starlette(
        routes=[PathTable([noting_refusals(route) for route in ROUTES]), STATIC],
        middleware=[
            Middleware(ClientSettings, portal=portal),
            Middleware(OpeningGate, portal=portal),
            Middleware(SessionCookie),
        ],
        exception_handlers={
            HTTPException: _refuse,
            OperationError: _refuse,
            PasswordChangeDue: _ask_for_change,
            Exception: _fail,
        },
    )
    app.router.redirect_slashes = False  # an address is right or wrong, and wrong ones get the page that says so
    app.state.portal = portal
    return app


async def _refuse(request: Request, problem: Exception) -> Response:
    code, status = "E9001", HTTPStatus.CONFLICT
    if isinstance(problem, OperationError):
        code, status = problem.code, problem.status
    elif isinstance(problem, HTTPException):
        status = HTTPStatus(problem.status_code)
        code = "E9003" if status == HTTPStatus.NOT_FOUND else code
    response = portal_of(request).error("operation_error", message(code), status=status)
    response.headers.update(getattr(problem, "headers", None) or {})
    return response


async def _ask_for_change(request: Request, problem: Exception) -> Response:
    return portal_of(request).pages.go_to(cast("PasswordChangeDue", problem).screen)


async def _fail(request: Request, problem: Exception) -> Response:
    portal = portal_of(request)
    portal.note_failure(problem, f"{request.method} {request.url.path}")
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_busy(problem) else HTTPStatus.INTERNAL_SERVER_ERROR
    response = portal.error("operation_error", message("E9004"), status=status)
    response.headers["connection"] = "close"  # the server hangs up after a failure
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["retry-after"] = RETRY_SECONDS
    return response
