"""控除事務 of the member edition: lists the labour bank sent, and requests to pay in what was deducted."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, then, when

from fixtures.expectation import fail
from fixtures.recorder import Recorder
from simulator.rules import DeductionKind, ShortReason
from simulator.services.deductions import draft_sheet
from simulator.services.deductions_requests import save_request, send_request, shorten
from simulator.services.savings import deliver_generation
from simulator.services.world import World
from steps.known import choice_named, known_contract, known_user
from steps.screens import RequestLines, RequestSheet, Screens, TransferRequest
from steps.wording import sentence

PAYER = "シミュレータロウドウクミアイ"


@given(sentence("労金が契約「{number}」に組合員{members:d}名の控除依頼リストを送信している"))
def delivered(world: World, recorder: Recorder, number: str, members: str) -> None:
    """The list of the next month was delivered."""
    deliver_generation(world, known_contract(world, number), int(members))
    recorder.note(f"労金: 契約 {number} に組合員 {members} 名の控除依頼リストを送信")


@given(
    sentence(
        "ユーザー「{user_id}」が{year:d}年{month:d}月分のまとめ入金依頼書を、振込予定日「{day}」で一時保存している"
    )
)
def drafted(world: World, user_id: str, year: str, month: str, day: str) -> None:
    """A draft was kept."""
    save_request(world, known_user(world, user_id).user_id, date(int(year), int(month), 1), day, PAYER)


@given(
    sentence(
        "ユーザー「{user_id}」が{year:d}年{month:d}月分の組合員「{worker}」の「{item}」を、"
        "「{reason}」のため{amount:d}円の控除として登録している"
    )
)
def shortened(
    world: World, user_id: str, year: str, month: str, worker: str, item: str, reason: str, amount: str
) -> None:
    """A deduction was said to fall short."""
    kind = choice_named("deduction_list", "kind", item)
    why = choice_named("request_short", "reason", reason)
    known = (known_user(world, user_id).user_id, date(int(year), int(month), 1), worker, DeductionKind(kind))
    shorten(world, *known, int(amount), ShortReason(why))


@given(sentence("ユーザー「{user_id}」が{year:d}年{month:d}月分のまとめ入金依頼書を送信している"))
@when(sentence("ユーザー「{user_id}」が{year:d}年{month:d}月分のまとめ入金依頼書を送信する"))
def sent(world: World, recorder: Recorder, user_id: str, year: str, month: str) -> None:
    """The draft was confirmed and sent, in another window."""
    of = date(int(year), int(month), 1)
    request = draft_sheet(world, known_user(world, user_id).contract_number, of).request
    if request is None:
        fail(f"{year}年{month}月分のまとめ入金依頼書が作成中である", "作成中の依頼書がありません")
    receipt = send_request(world, user_id, of, request.revision).receipt
    recorder.note(f"ユーザー {user_id}: まとめ入金依頼書を送信（受付番号 {receipt}）")


@when(sentence("対象年月「{month}」の「{label}」ボタンを押す"))
def press_of(screens: Screens, month: str, label: str) -> None:
    """Press a button in the line of a month."""
    screens.the(TransferRequest).press_of(month, label)


@when(sentence("組合員「{worker}」の「{item}」の明細を選ぶ"))
def choose_item(screens: Screens, worker: str, item: str) -> None:
    """Choose a line of the request."""
    screens.the(RequestLines).choose_item(worker, item)


@then(sentence("対象年月「{month}」の「{label}」は「{value}」である"))
def month_says(screens: Screens, month: str, label: str, value: str) -> None:
    """What the line of a month says."""
    screens.the(TransferRequest).should_say_of(month, label, value)


@then(sentence("控除項目「{item}」の内訳は次のとおりである"))
def broken_down(screens: Screens, item: str, datatable: list[list[str]]) -> None:
    """What one kind comes to: a heading, and one line of values."""
    columns, expected = datatable[0], datatable[1]
    screens.the(RequestSheet).should_break_down(item, columns, expected)
