"""A sentence that no step module knows is told in Japanese, with what may have been meant."""

from __future__ import annotations

from pathlib import Path

from pytest_bdd.parser import Feature, Step

from fixtures.options import FEATURES
from steps.sentences import problem_with
from storyboard.plan import shown


def pytest_bdd_step_func_lookup_error(feature: Feature, step: Step, exception: Exception) -> None:
    """Say it before the scenario is recorded as failed: plugins that are loaded later are asked first."""
    place = f"{shown(Path(feature.filename), FEATURES.parent)}:{step.line_number}"
    exception.args = (problem_with(step.type, step.name, place, has_table=bool(step.datatable)),)
