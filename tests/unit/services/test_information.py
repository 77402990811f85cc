"""What the information screen tells (INF-02, INF-03)."""

from datetime import timedelta

import pytest

from simulator.services import information
from simulator.services.information import Board, board_of
from simulator.services.notices import publish_notice
from simulator.services.savings import deliver_generation, generations_of
from simulator.services.timeline import advance
from tests.unit.services.worlds import EMPLOYER, START, Bench

UNKNOWN = "99999999"


def test_a_contract_is_told_of_the_three_kinds_of_data_of_its_newest_month(bench: Bench) -> None:
    deliver_generation(bench.world, EMPLOYER, 5)
    newest = generations_of(bench.world, EMPLOYER)[0]
    told = [(one.month, one.at, one.lines, one.amount) for one in board_of(bench.world, EMPLOYER).receipts]
    assert told == [
        (newest.month, START, newest.lines, newest.deposited),
        (newest.month, START, newest.lines, newest.balance),
        (newest.month, START, newest.subsidies, newest.subsidy),
    ]


def test_who_has_received_nothing_is_told_nothing(bench: Bench) -> None:
    assert board_of(bench.world, UNKNOWN) == Board((), ())


def test_notices_come_newest_first_and_not_without_end(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(information, "NOTICES_SHOWN", 2)
    for number in range(3):
        publish_notice(bench.world, f"お知らせ{number}", f"本文{number}")
        advance(bench.world, timedelta(days=1))
    told = [(one.at, one.title, one.text) for one in board_of(bench.world, UNKNOWN).notices]
    assert told == [(START + timedelta(days=number), f"お知らせ{number}", f"本文{number}") for number in (2, 1)]
