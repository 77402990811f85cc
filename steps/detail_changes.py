"""財形積立明細変更: what has been entered and sent before a scenario begins, and what others do meanwhile."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.expectation import expect_equal, fail
from fixtures.recorder import Recorder
from simulator.services.bank import set_detail_change
from simulator.services.detail_changes import changeable, enter_change, enter_stop, newest_set
from simulator.services.detail_sending import send_changes, sent_sets
from simulator.services.new_contracts import NewContract, enter_contract
from simulator.services.world import World
from steps.known import choice_named, known_contract, known_user
from steps.wording import sentence

NEW = NewContract("900001", "新規　花子", "シンキ　ハナコ", "002", "pension", 15_000, 0, 3_000_000)


@given(sentence("労金が契約「{number}」の明細変更機能の利用を開始している"))
def enabled(world: World, recorder: Recorder, number: str) -> None:
    """The party's application for the detail change functions was granted (ROK-10)."""
    set_detail_change(world, known_contract(world, number), enabled=True)
    recorder.note(f"労金: 契約 {number} の明細変更機能の利用を開始")


@when(sentence("労金が契約「{number}」の明細変更機能の利用を停止する"))
def disabled(world: World, recorder: Recorder, number: str) -> None:
    """The functions are withdrawn (ROK-10)."""
    set_detail_change(world, known_contract(world, number), enabled=False)
    recorder.note(f"労金: 契約 {number} の明細変更機能の利用を停止")


@given(sentence("ユーザー「{user_id}」が加入者「{worker}」の{kind}を月例{monthly:d}円、賞与{bonus:d}円に変更している"))
@when(sentence("ユーザー「{user_id}」が加入者「{worker}」の{kind}を月例{monthly:d}円、賞与{bonus:d}円に変更する"))
def changed(world: World, recorder: Recorder, user_id: str, worker: str, kind: str, monthly: str, bonus: str) -> None:
    """A user has entered other amounts, on a page that was up to date (MNU-10)."""
    seen = _seen(world, user_id, worker, _kind(kind))
    enter_change(world, user_id, worker, _kind(kind), monthly=int(monthly), bonus=int(bonus), seen=seen)
    recorder.note(f"{user_id}: 加入者 {worker} の{kind}の変更を入力")


@given(sentence("ユーザー「{user_id}」が加入者「{worker}」の{kind}の中止を入力している"))
def stopped(world: World, recorder: Recorder, user_id: str, worker: str, kind: str) -> None:
    """A user has entered that a contract is to stop (MNU-10)."""
    enter_stop(world, user_id, worker, _kind(kind), seen=_seen(world, user_id, worker, _kind(kind)))
    recorder.note(f"{user_id}: 加入者 {worker} の{kind}の中止を入力")


@given(sentence("ユーザー「{user_id}」が加入者「900001」の財形年金の新規登録を入力している"))
def registered(world: World, recorder: Recorder, user_id: str) -> None:
    """A user has entered 新規　花子 with 15,000 yen a month, 3,000,000 yen declared (MNU-10)."""
    enter_contract(world, known_user(world, user_id).user_id, NEW)
    recorder.note(f"{user_id}: 加入者 {NEW.worker} の財形年金の新規登録を入力")


@given(sentence("ユーザー「{user_id}」が変更後の明細を送信している"))
def sent(world: World, recorder: Recorder, user_id: str) -> None:
    """A user has sent what was entered (MNU-11)."""
    newest = newest_set(world, known_user(world, user_id).contract_number)
    if newest is None or newest[1] is None:
        fail(f"ユーザー「{user_id}」の契約で変更が入力されている", "入力されていません")
    done = send_changes(world, user_id, seen=newest[1].revision)
    recorder.note(f"{user_id}: 変更後の明細を送信（受付番号 {done.receipt}）")


@then(sentence("労金には契約「{number}」の変更後の明細が{count:d}件届いている"))
def arrived(world: World, number: str, count: str) -> None:
    """How many sets of changes the labour bank has received (MNU-11)."""
    expect_equal("届いた変更後の明細の件数", int(count), len(sent_sets(world, known_contract(world, number))))


def _kind(label: str) -> str:
    return choice_named("detail_registration", "kind", label)


def _seen(world: World, user_id: str, worker: str, kind: str) -> int:
    entry = changeable(world, known_user(world, user_id).user_id, worker, kind).entry
    return entry.revision if entry else 0
