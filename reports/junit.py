"""The result as CI systems read it: one JUnit case a scenario, with its place, clauses, steps and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from reports.clauses import Clause
from reports.wording import OUTCOMES, cause
from storyboard.model import Scenario, Step
from storyboard.run import Expected, Run

FILE = "junit.xml"
SUITE = "koujyo"
INTERRUPTED = "中断"
# What XML cannot hold: https://www.w3.org/TR/xml/#charsets
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(run: Run, catalogue: Mapping[str, Clause], out: Path) -> Path:
    """Write `out`/junit.xml and return its path.

    Scenarios that did not run any more are skipped cases, and the run's interruption is an error of a case of its own:
    a reader that looks at nothing but counts sees that something is wrong.
    """
    root = ET.Element("testsuites")
    for feature, scenarios in groupby(run.scenarios, key=lambda one: (one.file, one.feature)):
        _add_suite(root, feature[1], [_case(one, catalogue) for one in scenarios])
    if run.state == "interrupted":
        _add_suite(root, INTERRUPTED, [_interruption(run), *(_left(one) for one in run.left)])
    _count(root, root.iter("testcase"))
    ET.indent(root)
    path = out / FILE
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return path


def _add_suite(root: ET.Element, name: str, cases: list[ET.Element]) -> None:
    suite = ET.SubElement(root, "testsuite", name=_fit(name))
    suite.extend(cases)
    _count(suite, cases)


def _count(suite: ET.Element, cases: Iterator[ET.Element] | list[ET.Element]) -> None:
    every = list(cases)
    suite.attrib |= {"tests": str(len(every))}
    for plural, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(plural, str(sum(case.find(kind) is not None for case in every)))
    suite.set("time", f"{sum(float(case.get('time', 0)) for case in every):.3f}")


def _case(scenario: Scenario, catalogue: Mapping[str, Clause]) -> ET.Element:
    case = _element(scenario.whole_name, scenario.feature, scenario.file, scenario.line, scenario.seconds)
    _add_properties(case, _properties(scenario, catalogue))
    if scenario.outcome == "failed":
        failure = scenario.failure
        told = ET.SubElement(case, "failure", message=_fit(cause(scenario)))
        told.text = _fit("\n\n".join(filter(None, (failure.message, failure.traceback))) if failure else "")
    elif scenario.outcome == "skipped":
        ET.SubElement(case, "skipped", message=_fit(scenario.reason))
    ET.SubElement(case, "system-out").text = _fit("\n".join((*map(_step, scenario.steps), *_attachments(scenario))))
    return case


def _properties(scenario: Scenario, catalogue: Mapping[str, Clause]) -> Iterator[tuple[str, str]]:
    yield "id", scenario.id
    yield "chapter", scenario.chapter
    if scenario.rule:
        yield "rule", scenario.rule
    if scenario.edition:
        yield "edition", scenario.edition
    for clause in scenario.clauses:
        yield "clause", f"{clause} {catalogue[clause].text}" if clause in catalogue else clause
    yield "seed", "1"
    if scenario.clock_at_start:
        yield "clock", scenario.clock_at_start.isoformat()


def _add_properties(case: ET.Element, pairs: Iterator[tuple[str, str]]) -> None:
    properties = ET.SubElement(case, "properties")
    for name, value in pairs:
        ET.SubElement(properties, "property", name=name, value=_fit(value))


def _step(step: Step) -> str:
    sign = "未実行" if step.outcome == "skipped" else OUTCOMES[step.outcome]
    return f"[{sign}] {step.keyword} {step.text}"


def _attachments(scenario: Scenario) -> Iterator[str]:
    """Pictures and traces by the convention of Jenkins' JUnit attachments and others."""
    paths = [step.picture for step in scenario.steps]
    paths += [attachment.path for attachment in scenario.attachments]
    if scenario.failure:
        paths += [scenario.failure.page, scenario.failure.trace]
    for path in dict.fromkeys(filter(None, paths)):
        yield f"[[ATTACHMENT|{path}]]"


def _interruption(run: Run) -> ET.Element:
    case = ET.Element("testcase", name=INTERRUPTED, classname=INTERRUPTED, time="0.000")
    told = f"{len(run.scenarios)}/{run.planned} 件を実行、{len(run.left)} 件は未実行。{run.end.interruption}"
    ET.SubElement(case, "error", message=_fit(f"{INTERRUPTED}: {told}")).text = _fit("\n".join(run.end.errors))
    return case


def _left(expected: Expected) -> ET.Element:
    case = _element(expected.name, expected.feature, expected.file, expected.line, 0.0)
    ET.SubElement(case, "skipped", message=f"{INTERRUPTED}したので実行されませんでした")
    return case


def _element(name: str, feature: str, file: str, line: int, seconds: float) -> ET.Element:
    values = {"name": name, "classname": feature, "time": f"{seconds:.3f}", "file": file, "line": str(line)}
    return ET.Element("testcase", {key: _fit(value) for key, value in values.items()})


def _fit(text: str) -> str:
    return _UNFIT.sub("�", text)
