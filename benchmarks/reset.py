"""The reset between scenarios against loading one page in the browser."""

from __future__ import annotations

from playwright.sync_api import Page

from benchmarks.browsers import running_page
from benchmarks.measuring import Bar, Figure, Sense, medians, ratios, seconds, side_by_side
from benchmarks.subjects import issue_to_master, running_simulator
from simulator.server import Simulator

BAR = Bar(0.1, Sense.AT_MOST)


def measure(rounds: int) -> Figure:
    """Each reset clears what a scenario leaves: a user, a certificate, mails, a session, the audit trail."""
    with running_simulator() as simulator, running_page() as page:
        pairs = side_by_side(lambda: _reset(simulator, page), lambda: _load(simulator, page), rounds, warm_up=3)
    middle = medians(pairs)
    remark = f"初期化 {middle.ours * 1000:.2f} ミリ秒、ログイン画面の表示 {middle.reference * 1000:.1f} ミリ秒"
    return Figure("reset", "シナリオ間の初期化（画面 1 回の表示に対して）", BAR, ratios(pairs), (remark,))


def _reset(simulator: Simulator, page: Page) -> float:
    page.goto(simulator.endpoints.portal + "/master/initial-login")
    issue_to_master(simulator)
    return seconds(simulator.reset)


def _load(simulator: Simulator, page: Page) -> float:
    return seconds(lambda: page.goto(simulator.endpoints.portal))
