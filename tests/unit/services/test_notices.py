"""Notices of the labour bank (INF-03)."""

from datetime import timedelta

from simulator.services.notices import notice_numbered, notices, publish_notice, withdraw_notice
from simulator.services.timeline import advance
from simulator.services.trail import events
from tests.unit.services.worlds import START, Bench, refusal_of


def test_the_newest_notice_comes_first_also_within_one_moment(bench: Bench) -> None:
    for title in ("一つ目", "二つ目"):
        publish_notice(bench.world, title, "本文")
    advance(bench.world, timedelta(days=1))
    publish_notice(bench.world, "三つ目", "本文")
    assert [notice.title for notice in notices(bench.world)] == ["三つ目", "二つ目", "一つ目"]
    assert [notice.title for notice in notices(bench.world, 1)] == ["三つ目"]
    assert notices(bench.world)[-1].published_at == START


def test_a_withdrawn_notice_is_gone_and_both_are_on_record(bench: Bench) -> None:
    kept, gone = (publish_notice(bench.world, title, "本文") for title in ("残す", "下げる"))
    withdraw_notice(bench.world, gone.id)
    assert [notice.id for notice in notices(bench.world)] == [kept.id]
    recorded = [(line.kind, line.detail["title"]) for line in events(bench.world, after=2)]
    assert recorded == [("notice_published", "残す"), ("notice_published", "下げる"), ("notice_withdrawn", "下げる")]


def test_a_notice_that_is_not_there_is_refused(bench: Bench) -> None:
    notice = publish_notice(bench.world, "題", "本文")
    assert notice_numbered(bench.world, notice.id).text == "本文"
    withdraw_notice(bench.world, notice.id)
    assert refusal_of(lambda: withdraw_notice(bench.world, notice.id)) == "E5005"
    assert refusal_of(lambda: notice_numbered(bench.world, notice.id)) == "E5005"
    assert [line.kind for line in events(bench.world, after=2)] == ["notice_published", "notice_withdrawn"]
