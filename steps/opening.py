"""Service hours and maintenance (ENV-10 to ENV-13)."""

from __future__ import annotations

from pytest_bdd import given, when

from fixtures.recorder import Recorder
from simulator.services.opening import begin_maintenance, end_maintenance
from simulator.services.world import World
from steps.wording import sentence


@given(sentence("労金が「{text}」としてメンテナンスを始めている"))
@when(sentence("労金が「{text}」としてメンテナンスを始める"))
def maintenance_begins(world: World, recorder: Recorder, text: str) -> None:
    """The labour bank closes the portal (ENV-13)."""
    begin_maintenance(world, text)
    recorder.note(f"メンテナンス開始: {text}")


@when("労金がメンテナンスを終える")
def maintenance_ends(world: World, recorder: Recorder) -> None:
    """The labour bank opens the portal again."""
    end_maintenance(world)
    recorder.note("メンテナンス終了")
