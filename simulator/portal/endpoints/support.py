"""Where to ask and what is needed: the pages linked at the foot of every page (ENV, BRW, LGN-16)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.clock import is_holiday
from simulator.portal.visit import Visit
from simulator.rules import is_help_desk_open, judge_browser


async def show_contact(request: Request) -> Response:
    """お問い合わせ先, with whether the help desk answers at this moment (ENV-20 to ENV-23)."""
    visit = await Visit.begin(request)
    answers = is_help_desk_open(visit.world.clock.now(), visit.world.profile, is_holiday)
    return _show(visit, "contact", "operation", "open" if answers else "closed")


async def show_environment(request: Request) -> Response:
    """ご利用環境, with whether this browser is one of those supported (ENV-01, ENV-02)."""
    visit = await Visit.begin(request)
    return _show(visit, "environment", "software", judge_browser(request.headers.get("user-agent", "")))


async def show_browser_settings(request: Request) -> Response:
    """ブラウザの設定, with what this browser is set to, as far as the page can tell (ENV-08, BRW-01)."""
    visit = await Visit.begin(request)
    return visit.portal.pages.blank(visit.screen("browser_settings"))


def _show(visit: Visit, key: str, section: str, state: str) -> Response:
    screen = visit.screen(key)
    return visit.portal.pages.blank(screen, rows=(screen.section(section).states[state],))
