"""Fixtures of the report's tests: a small clause catalogue, and a report built from given scenarios."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from PIL import Image

from reports import build_report
from storyboard.model import Scenario, save
from tests.unit.reports.report_samples import WRITTEN_AT, Report


@pytest.fixture
def clauses(tmp_path: Path) -> Path:
    """A catalogue of three clauses in two groups."""
    entries = [
        {
            "id": identity,
            "editions": ["employer"],
            "source": {"employer": "cover §3, 通しページ 2 (seed L1-2)"},
            "kind": "limit",
            "actor": "anyone",
            "clause": f"Statement {identity}.",
            "ja": f"{identity} の文です。",
            "terms": ["契約番号"],
            "testable_by": "portal",
        }
        for identity in ("MRG-01", "MRG-02", "LGN-01")
    ]
    path = tmp_path / "clauses.yaml"
    path.write_text(yaml.safe_dump({"clauses": entries}, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def write_report(tmp_path: Path, clauses: Path) -> Callable[..., Report]:
    """Record scenarios with their pictures and kept files, build the report, return it."""

    def write(*scenarios: Scenario, folder: str = "report", artefacts: bool = True) -> Report:
        out = tmp_path / folder
        for scenario in scenarios:
            save(scenario, out / "storyboards")
            if artefacts:
                _write_artefacts(scenario, out)
        build_report(out, clauses, generated_at=WRITTEN_AT)
        return Report(out)

    return write


def _write_artefacts(scenario: Scenario, out: Path) -> None:
    kept = (scenario.failure.page, scenario.failure.trace) if scenario.failure else ()
    asked_for = (attachment.path for attachment in scenario.attachments)
    for name in (*kept, *asked_for, *(step.picture for step in scenario.steps)):
        if name:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (4, 4)).save(out / name, format="PNG")
