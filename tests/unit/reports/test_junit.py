"""JUnit as other programs read it: by a published library, against the format's schema."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import junitparser
import pytest
import xmlschema

from reports import build_report
from reports.junit import FILE
from storyboard.model import save
from storyboard.run import FILE as RECORD
from storyboard.run import STORYBOARDS, End, Ended, Expected, append
from tests.unit.reports.report_samples import failed_scenario, full_scenario, make_scenario

SCHEMA = Path(__file__).with_name("junit.xsd")


@pytest.fixture
def interrupted(tmp_path: Path, clauses: Path) -> Path:
    """The file of a run with every kind of end, which was stopped before its last scenario."""
    scenarios = [
        full_scenario(),
        failed_scenario("failed-02", "期待: 1通 / 実際: 0通\n詳細\x00", line=30),
        make_scenario("skipped-03", outcome="skipped", reason="Xvfb がない", line=40),
        make_scenario("row-04", name="ログインする", example="［会員編 2］", line=50),
    ]
    entries: list[Expected | Ended] = []
    for one in scenarios:
        save(one, tmp_path / STORYBOARDS)
        entries.append(Expected(one.id, one.id, one.file, one.line, one.whole_name, one.feature, one.chapter, ()))
        entries.append(Ended(one.id, one.outcome, one.seconds))
    left = Expected("left-05", "left", "features/other.feature", 7, "残ったもの", "ほかの機能", "章", ())
    append(tmp_path / RECORD, [*entries, left, End("Ctrl-C で止められました")])
    build_report(tmp_path, clauses)
    return tmp_path / FILE


def test_it_fits_the_schema(interrupted: Path) -> None:
    xmlschema.XMLSchema(SCHEMA).validate(interrupted)


def test_what_the_schema_does_not_know_does_not_fit(interrupted: Path) -> None:
    text = interrupted.read_text(encoding="utf-8")
    interrupted.write_text(text.replace("<skipped", "<omitted"), encoding="utf-8")
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        xmlschema.XMLSchema(SCHEMA).validate(interrupted)


def test_junitparser_reads_names_places_properties_and_how_each_ended(interrupted: Path) -> None:
    suites = list(junitparser.JUnitXml.fromfile(str(interrupted)))
    cases = {case.name: case for suite in suites for case in suite}
    full = cases["シナリオ full-01"]
    assert (full.classname, full.is_passed) == ("マスターユーザー初期登録", True)
    properties = [(one.name, one.value) for one in full.child(junitparser.Properties)]  # type: ignore[no-untyped-call]
    assert ("id", "full-01") in properties
    assert ("rule", "一人だけ") in properties
    assert any(name == "clause" and value.startswith("MRG-01 ") for name, value in properties)
    assert full.system_out.splitlines()[0] == "[成功] 前提 契約がある"
    assert "[[ATTACHMENT|pictures/full-01-02.png]]" in full.system_out
    failed = cases["シナリオ failed-02"]
    assert [(type(one).__name__, one.message) for one in failed.result] == [("Failure", "期待: 1通 / 実際: 0通")]
    assert "[[ATTACHMENT|failures/failed-02/trace.zip]]" in failed.system_out
    assert cases["シナリオ skipped-03"].is_skipped
    assert "ログインする［会員編 2］" in cases


def test_place_and_line_stand_at_each_case(interrupted: Path) -> None:
    cases = {case.get("name"): case for case in ET.parse(interrupted).iter("testcase")}  # noqa: S314 - our own file
    assert cases["シナリオ failed-02"].attrib | {"file": "features/registration.feature", "line": "30"} == (
        cases["シナリオ failed-02"].attrib
    )


def test_an_interruption_is_an_error_with_its_counts_and_what_was_left_is_skipped(interrupted: Path) -> None:
    xml = junitparser.JUnitXml.fromfile(str(interrupted))
    assert (xml.tests, xml.failures, xml.errors, xml.skipped) == (6, 1, 1, 2)
    (told,) = (one.message for suite in xml for case in suite for one in case.result if type(one).__name__ == "Error")
    assert told == "中断: 4/5 件を実行、1 件は未実行。Ctrl-C で止められました"
