"""`koujyo model`: what it hands on to pytest."""

import pytest
from typer.testing import CliRunner

from koujyo import __main__ as command
from koujyo import model

runner = CliRunner()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The calls of pytest, which finds a divergence each time."""
    made: list[list[str]] = []

    def run(words: list[str]) -> int:
        made.append(words)
        return 1

    monkeypatch.setattr(model, "run_pytest", run)
    return made


def test_the_budget_is_handed_on_and_a_divergence_is_exit_code_1(calls: list[list[str]]) -> None:
    result = runner.invoke(command.app, ["model", "--runs", "3", "--steps", "7", "--seed", "5", "--no-shrink"])

    assert result.exit_code == 1
    assert calls[0][-4:] == ["--model-runs=3", "--model-steps=7", "--model-seed=5", "--model-no-shrink"]


def test_without_a_seed_another_one_is_taken_each_time_and_told(calls: list[list[str]]) -> None:
    said = [runner.invoke(command.app, ["model"]).stdout for _ in range(2)]

    assert said[0] != said[1]
    assert calls[0][-1].removeprefix("--model-seed=") in said[0]


@pytest.mark.parametrize("options", [["--runs", "0"], ["--steps", "x"], ["--seed", "-1"]])
def test_bad_input_is_exit_code_2(calls: list[list[str]], options: list[str]) -> None:
    assert runner.invoke(command.app, ["model", *options]).exit_code == 2
    assert calls == []
