"""Pages of the savings lists at twenty thousand workers against the same pages at two hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from benchmarks.measuring import Bar, Figure, Pair, Sense, medians, middle_ratio, ratios, seconds
from benchmarks.portal_pages import logged_in
from benchmarks.subjects import CONTRACT, running_simulator
from simulator.server import Simulator
from simulator.services.savings import deliver_generation
from simulator.services.savings_data import MOST_WORKERS

BAR = Bar(3.0, Sense.AT_MOST)
FEW_WORKERS = 200
WARM_UP = 1
PAGES = {
    "明細の最初のページ": "/savings/statements",
    "残高の大きい順の途中": "/savings/statements?sort=-balance&page=4",
    "氏名の検索": "/savings/statements?name=%E3%82%B5%E3%83%88%E3%82%A6",
    "多く当てはまる検索の途中": "/savings/statements?name=%E3%83%A4%E3%83%9E&sort=kana&page=40",
    "多く当てはまる検索の最後": "/savings/statements?name=%E3%83%A4%E3%83%9E&sort=-balance&page=9999",
    "種類で絞ってカナ順": "/savings/statements?kind=pension&sort=kana",
    "店舗で絞って月例順": "/savings/statements?branch=%E6%B8%AF&sort=monthly",
    "番号で絞って店舗順": "/savings/statements?worker=1&sort=branch",
    "当てはまらない検索": "/savings/statements?name=%E3%82%91%E3%82%91",
    "最後のページ": "/savings/statements?page=999999",
    "アラームの検索": "/savings/alarms?kind=near&sort=-principal",
    "印刷の確認": "/savings/lists/confirmation?kind=changes",
    "データエクスポートの確認": "/savings/export/confirmation",
    "インフォメーション": "/information",
}


def measure(rounds: int) -> Figure:
    """How many times as long each page takes; the worst page counts. Nothing that was looked up is remembered."""
    with _running(MOST_WORKERS) as many, _running(FEW_WORKERS) as few:
        results = {title: _compare(many, few, path, rounds) for title, path in PAGES.items()}
    worst = max(results, key=lambda title: middle_ratio(results[title]))
    return Figure(
        "savings_list",
        f"財形の照会画面（加入者 {MOST_WORKERS:,} 名。{FEW_WORKERS} 名に対して。最も遅くなる「{worst}」）",
        BAR,
        ratios(results[worst]),
        tuple(_remark(title, pairs) for title, pairs in results.items()),
    )


def _compare(many: httpx.Client, few: httpx.Client, path: str, rounds: int) -> list[Pair]:
    return [Pair(seconds(_getting(many, path)), seconds(_getting(few, path))) for _ in range(WARM_UP + rounds)][
        WARM_UP:
    ]


def _getting(client: httpx.Client, path: str) -> Callable[[], httpx.Response]:
    return lambda: client.get(path).raise_for_status()


def _remark(title: str, pairs: list[Pair]) -> str:
    middle = medians(pairs)
    return (
        f"{title}: {middle.ours * 1000:.1f} ミリ秒と {middle.reference * 1000:.1f} ミリ秒（{middle_ratio(pairs):.2f}）"
    )


@contextmanager
def _running(workers: int) -> Iterator[httpx.Client]:
    """Somebody logged in to a simulator whose newest generation has so many workers."""
    with running_simulator() as simulator, logged_in(simulator) as client:
        _deliver(simulator, workers)
        yield client


def _deliver(simulator: Simulator, workers: int) -> None:
    for _ in range(simulator.world.profile.generations_kept):
        deliver_generation(simulator.world, CONTRACT, workers)
