"""Where to ask and what is needed: the pages linked at the foot of every page (ENV, BRW, LGN-16)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.clock import is_holiday
from simulator.portal.visit import Visit
from simulator.rules import Support, System, is_help_desk_open, judge_browser, judge_system

# https://wicg.github.io/ua-client-hints/#sec-ch-ua-platform-version
VERSION_HINT = "Sec-CH-UA-Platform-Version"


async def show_contact(request: Request) -> Response:
    """お問い合わせ先, with whether the help desk answers at this moment (ENV-20 to ENV-23)."""
    visit = await Visit.begin(request)
    answers = is_help_desk_open(visit.world.clock.now(), visit.world.profile, is_holiday)
    return _show(visit, "contact", "operation", "open" if answers else "closed")


async def show_environment(request: Request) -> Response:
    """ご利用環境, with whether this browser and its Windows are among those supported (ENV-01, ENV-02)."""
    visit = await Visit.begin(request)
    screen = visit.screen("environment")
    user_agent = request.headers.get("user-agent", "")
    browser = judge_browser(user_agent)
    system = judge_system(user_agent, request.headers.get(VERSION_HINT, "").strip('"'))
    answer = visit.portal.pages.blank(
        screen,
        rows=(screen.section("software").states[browser],),
        system=screen.section("system").states[system],
        supported=browser is not Support.OTHER and system is not System.OTHER,
    )
    # Edge tells its Windows only when it is asked to, and then asks again by itself.
    answer.headers.update({"accept-ch": VERSION_HINT, "critical-ch": VERSION_HINT, "vary": VERSION_HINT})
    return answer


async def show_browser_settings(request: Request) -> Response:
    """ブラウザの設定, with what this browser is set to, as far as the page can tell (ENV-08, BRW-01)."""
    visit = await Visit.begin(request)
    return visit.portal.pages.blank(visit.screen("browser_settings"))


def _show(visit: Visit, key: str, section: str, state: str) -> Response:
    screen = visit.screen(key)
    return visit.portal.pages.blank(screen, rows=(screen.section(section).states[state],))
