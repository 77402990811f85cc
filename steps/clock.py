"""Moving the simulated clock."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, when

from fixtures.recorder import Recorder
from simulator.catalogue import load_catalogue
from simulator.clock import parse_moment
from simulator.services.timeline import advance, move_to
from simulator.services.world import World
from steps.wording import sentence


@given(sentence("現在の日時は「{moment}」である"))
def set_clock(world: World, recorder: Recorder, moment: str) -> None:
    """Set the simulated clock."""
    move_to(world, parse_moment(moment))
    recorder.note(f"時計を {moment} に合わせた")


@when(sentence("{minutes:d}分が経過する"))
def minutes_pass(world: World, recorder: Recorder, minutes: str) -> None:
    """Move the clock forward by minutes."""
    pass_time(world, recorder, timedelta(minutes=int(minutes)))


@when(sentence("{minutes:d}分{seconds:d}秒が経過する"))
def minutes_and_seconds_pass(world: World, recorder: Recorder, minutes: str, seconds: str) -> None:
    """Move the clock forward to just before or after a limit."""
    pass_time(world, recorder, timedelta(minutes=int(minutes), seconds=int(seconds)))


@when(sentence("日時が「{moment}」になる"))
def moment_comes(world: World, recorder: Recorder, moment: str) -> None:
    """Move the clock forward to a moment."""
    pass_time(world, recorder, parse_moment(moment) - world.clock.now())


@when(sentence("{days:d}日が経過する"))
def days_pass(world: World, recorder: Recorder, days: str) -> None:
    """Move the clock forward by days."""
    pass_time(world, recorder, timedelta(days=int(days)))


def pass_time(world: World, recorder: Recorder, span: timedelta) -> None:
    """Move the clock forward; the storyboard tells what fell due."""
    due, words = advance(world, span), load_catalogue().event_words
    recorder.note(f"時計を {world.clock.now():%Y-%m-%d %H:%M:%S} まで進めた")
    for event in due:
        recorder.note(f"{event.at:%Y-%m-%d %H:%M:%S} {words[event.kind]}（{event.subject}）")
