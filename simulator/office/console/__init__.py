"""労金 事務コンソール: the web pages on which the labour bank's staff work, and trainers play them."""

from importlib.resources import files

from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from simulator.office.console import (
    clock,
    contracts,
    detail_changes,
    generations,
    masters,
    notices,
    openings,
    trail,
    transfer_requests,
    users,
)
from simulator.office.console.pages import SAFETY, show_problem
from simulator.office.console.results import Results

__all__ = ["ROUTES", "STATIC", "Results", "show_problem"]


class _SafeFiles(StaticFiles):
    """Static files with the pages' security headers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.raw_headers.extend(SAFETY)
        return response


def _both(path: str, show: object, submit: object) -> list[Route]:
    return [Route(path, show), Route(path, submit, methods=["POST"])]  # type: ignore[arg-type]


ROUTES = [
    Route("/", contracts.show_contracts),
    *_both("/contracts/new", contracts.show_opening, contracts.submit_opening),
    Route("/contracts/{number}", contracts.show_contract),
    Route("/contracts/{number}/notice", contracts.show_notice),
    *_both("/contracts/{number}/initial-password", contracts.show_initial_password, contracts.submit_initial_password),
    Route("/contracts/{number}/release", contracts.submit_release, methods=["POST"]),
    Route("/contracts/{number}/detail-change", contracts.submit_detail_change, methods=["POST"]),
    *_both("/contracts/{number}/generations", generations.show_generations, generations.submit_generation),
    *_both("/contracts/{number}/master/initialise", masters.show_initialise, masters.submit_initialise),
    Route("/contracts/{number}/master/release", masters.submit_release, methods=["POST"]),
    *_both("/users/{user_id}/certificates/revoke", users.show_revoke, users.submit_revoke),
    *_both("/notices", notices.show_notices, notices.submit_notice),
    *_both("/notices/{notice_id:int}/withdraw", notices.show_withdraw, notices.submit_withdraw),
    *_both("/maintenance", openings.show_maintenance, openings.submit_maintenance),
    Route("/maintenance/end", openings.submit_end, methods=["POST"]),
    Route("/clock", clock.show_clock),
    Route("/clock/advance", clock.submit_advance, methods=["POST"]),
    Route("/clock/set", clock.submit_set, methods=["POST"]),
    Route("/detail-changes", detail_changes.show_sent_sets),
    Route("/detail-changes/{receipt}", detail_changes.show_sent_set),
    Route("/transfer-requests", transfer_requests.show_requests),
    Route("/transfer-requests/{receipt}", transfer_requests.show_request),
    Route("/trail", trail.show_trail),
]
STATIC = Mount("/static", _SafeFiles(directory=str(files("simulator.office.console") / "static")))
