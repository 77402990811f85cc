"""Simulator and model, driven through the same steps."""

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.compared import Divergence
from tests.model.conftest import Budget
from tests.model.machine import PortalMachine
from tests.model.office_model import OfficeModel
from tests.model.rules_model import Person
from tests.model.seen import Bench


def run(machine: type[PortalMachine], budget: Budget) -> None:
    """Run a machine; the first divergence is raised as the shortest story that shows it."""
    if budget.seed is not None:
        seed(budget.seed)(machine)
    phases = [Phase.generate, *([Phase.shrink] if budget.shrinks else [])]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=budget.runs,
            stateful_step_count=budget.steps,
            derandomize=budget.seed is None,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            phases=phases,
        ),
    )


def test_the_portal_follows_the_rules_whatever_people_do(bench: Bench, budget: Budget) -> None:
    PortalMachine.bench = bench
    run(PortalMachine, budget)


def test_a_divergence_is_told_as_a_story(bench: Bench) -> None:
    class Strict(OfficeModel):
        """Thinks that nobody may register twice, not even with another id."""

        def master_of(self, number: str) -> Person | None:
            return super().master_of(number) or next(iter(self.people.values()), None)

    class Strictly(PortalMachine):
        model_class = Strict

    Strictly.bench = bench
    with pytest.raises(Divergence) as caught:
        run(Strictly, Budget(100, 20, None, shrinks=False))  # the search for the shortest would take a minute
    story = str(caught.value).splitlines()
    assert story[0].endswith("規則と違います。")
    assert story[1].startswith("  1. ")
    assert [line.split(":")[0].strip() for line in story[-2:]] == ["シミュレータ", "規則のモデル"]
