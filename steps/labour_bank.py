"""What the labour bank does on a written request, without its console (ROK)."""

from __future__ import annotations

from pytest_bdd import given, when

from fixtures.recorder import Recorder
from simulator.services.bank import (
    file_initial_password,
    initialise_master,
    release_contract,
    release_master,
)
from simulator.services.notices import publish_notice, withdraw_notice
from simulator.services.world import World
from steps.known import known_contract, known_notice
from steps.wording import sentence


@given(sentence("労金が契約「{number}」の新しい初期パスワード「{secret}」を受け付けている"))
def initial_password_filed(world: World, recorder: Recorder, number: str, secret: str) -> None:
    """A new initial password was filed on paper (ROK-06)."""
    file_initial_password(world, known_contract(world, number), secret)
    recorder.note(f"労金: 契約 {number} の初期パスワードを登録")


@given(sentence("労金が「{reason}」のため契約「{number}」のマスターユーザーを初期化している"))
@when(sentence("労金が「{reason}」のため契約「{number}」のマスターユーザーを初期化する"))
def master_initialised(world: World, recorder: Recorder, reason: str, number: str) -> None:
    """The master was initialised on a request form (ROK-04, ROK-05, ROK-07)."""
    initialise_master(world, known_contract(world, number), reason)
    recorder.note(f"労金: 契約 {number} のマスターユーザーを初期化（{reason}）")


@when(sentence("労金が契約「{number}」の初期登録の閉塞を解除する"))
def contract_released(world: World, recorder: Recorder, number: str) -> None:
    """The block of the initial registration is lifted (MRG-13, ROK-09)."""
    release_contract(world, known_contract(world, number))
    recorder.note(f"労金: 契約 {number} の初期登録の閉塞を解除")


@when(sentence("労金が契約「{number}」のマスターユーザーの閉塞を解除する"))
def master_released(world: World, recorder: Recorder, number: str) -> None:
    """The master's block is lifted (ROK-09, LGN-15)."""
    release_master(world, known_contract(world, number))
    recorder.note(f"労金: 契約 {number} のマスターユーザーの閉塞を解除")


@given(sentence("労金がお知らせ「{title}」を本文「{text}」で掲載している"))
def notice_published(world: World, title: str, text: str) -> None:
    """A notice was published (INF-03)."""
    publish_notice(world, title, text)


@when(sentence("労金がお知らせを{count:d}件掲載する"))
def notices_published(world: World, count: str) -> None:
    """So many notices are published at once (INF-04)."""
    for number in range(int(count)):
        publish_notice(world, f"お知らせ{number + 1}", "本文です。")


@when(sentence("労金がお知らせ「{title}」を取り下げる"))
def notice_withdrawn(world: World, recorder: Recorder, title: str) -> None:
    """A notice is withdrawn."""
    withdraw_notice(world, known_notice(world, title).id)
    recorder.note(f"労金: お知らせ「{title}」を取り下げ")
