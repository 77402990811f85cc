"""The record of a run: what was to run, how each scenario ended, and whether the run came to its end.

One file of lines (JSON), written as the run goes on, so that a run that was killed has told everything until then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from storyboard.codec import StoryboardError, decode, encode
from storyboard.model import Failure, Outcome, Scenario, clauses_of, edition_of, load_all

FILE = "run.jsonl"
STORYBOARDS = "storyboards"


@dataclass(frozen=True)
class Facts:
    """What was tested, by whom and how; values as people read them, by their Japanese names."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Expected:
    """A scenario that is to run."""

    id: str
    node_id: str
    file: str
    line: int
    name: str
    feature: str
    chapter: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """How a scenario ended; `message` says why it failed or was skipped, `crashed` that its process died."""

    id: str
    outcome: Outcome
    seconds: float
    message: str = ""
    crashed: bool = False


@dataclass(frozen=True)
class End:
    """The end of the run.

    Attributes:
        interruption: why it ended before all was done; "" where nothing interrupted it.
        errors: what could not be read, with its place.
        lost: ids of scenarios that were to run and that pytest did not find.
    """

    interruption: str = ""
    errors: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why the run did not come to its end, as a sentence."""
        return f"{self.interruption}。" if self.interruption else ""


Entry = Facts | Expected | Ended | End
KINDS: Mapping[str, type[Entry]] = {"facts": Facts, "expected": Expected, "ended": Ended, "end": End}


@dataclass(frozen=True)
class Run:
    """A run as far as it was recorded; `scenarios` are those that ended, `left` those that did not."""

    facts: Facts
    scenarios: tuple[Scenario, ...]
    left: tuple[Expected, ...]
    end: End

    @property
    def planned(self) -> int:
        """How many scenarios were to run."""
        return len(self.scenarios) + len(self.left)

    @property
    def state(self) -> Literal["complete", "interrupted"]:
        """Whether everything that was to run has ended."""
        return "interrupted" if self.left or self.end.interruption or self.end.errors else "complete"

    def count(self, outcome: Outcome) -> int:
        """How many scenarios ended so."""
        return sum(scenario.outcome == outcome for scenario in self.scenarios)

    @property
    def told(self) -> str:
        """How it ended, in one line."""
        counts = f"成功 {self.count('passed')}、失敗 {self.count('failed')}、見送り {self.count('skipped')}"
        if self.state == "complete":
            return f"{self.planned} 件のシナリオを実行しました（{counts}）。"
        ran = f"中断: {len(self.scenarios)}/{self.planned} 件を実行（{counts}）"
        return f"{ran}、{len(self.left)} 件は未実行です。{self.end.reason}"


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Add lines to the record.

    Raises:
        OSError: they cannot be written.
    """
    names = {kind: name for name, kind in KINDS.items()}
    lines = [json.dumps({names[type(entry)]: encode(entry)}, ensure_ascii=False) + "\n" for entry in entries]
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def read(path: Path) -> list[Entry]:
    """Return the lines of a record; a last line that was cut off is left out.

    Raises:
        StoryboardError: it cannot be read, or a line is none of a record.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    except OSError as error:
        raise StoryboardError(f"実行の記録を読めません: {path} ({error.strerror})") from error
    whole = [line for line in lines if line.endswith("\n")]
    return [_entry(line, f"{path.name}:{number}") for number, line in enumerate(whole, 1)]


def load_run(folder: Path) -> Run:
    """Return the run that is recorded in a report's folder.

    A scenario counts as it ended for pytest, its preparation and tidying up included. A folder without a record of the
    run holds what one scenario after the other wrote: it is taken for all there was.

    Raises:
        StoryboardError: the record is absent or damaged.
    """
    storyboards = {one.id: one for one in load_all(folder / STORYBOARDS)} if (folder / STORYBOARDS).is_dir() else {}
    if not (folder / FILE).is_file():
        if not (folder / STORYBOARDS).is_dir():
            raise StoryboardError(f"記録のフォルダーがありません: {folder}")
        return Run(Facts(()), tuple(storyboards.values()), (), End())
    entries = read(folder / FILE)
    expected = [entry for entry in entries if isinstance(entry, Expected)]
    ended = {entry.id: entry for entry in entries if isinstance(entry, Ended)}
    facts = [entry for entry in entries if isinstance(entry, Facts)]
    ends = [entry for entry in entries if isinstance(entry, End)]
    scenarios = (_merged(one, ended[one.id], storyboards.get(one.id)) for one in expected if one.id in ended)
    return Run(
        facts[0] if facts else Facts(()),
        tuple(sorted(scenarios, key=lambda scenario: scenario.place)),
        tuple(one for one in expected if one.id not in ended),
        ends[-1] if ends else End(interruption="実行が途中で終わりました"),
    )


def _entry(line: str, where: str) -> Entry:
    try:
        ((name, value),) = json.loads(line).items()
        entry: Entry = decode(KINDS[name], value, where)
    except (ValueError, KeyError, AttributeError) as error:
        raise StoryboardError(f"{where}: 実行の記録の行ではありません") from error
    return entry


def _merged(expected: Expected, ended: Ended, storyboard: Scenario | None) -> Scenario:
    """The scenario as its storyboard tells it, ended as pytest says; the worse of the two counts."""
    if storyboard is None:
        return _without_storyboard(expected, ended)
    outcome = "failed" if "failed" in {ended.outcome, storyboard.outcome} else ended.outcome
    failure = storyboard.failure or (Failure(ended.message) if outcome == "failed" else None)
    reason = storyboard.reason or (ended.message if outcome == "skipped" else "")
    return replace(storyboard, outcome=outcome, failure=failure, reason=reason)


def _without_storyboard(expected: Expected, ended: Ended) -> Scenario:
    """What pytest says of a scenario that wrote nothing: its preparation failed, or its process died."""
    passed = ended.outcome == "passed"
    message = "成功と報告されましたが、手順の記録がありません" if passed else ended.message
    return Scenario(
        id=expected.id,
        name=expected.name,
        feature=expected.feature,
        chapter=expected.chapter,
        rule=None,
        description="",
        tags=expected.tags,
        clauses=clauses_of(expected.tags),
        edition=edition_of(expected.tags),
        file=expected.file,
        line=expected.line,
        outcome="failed" if passed else ended.outcome,
        seconds=ended.seconds,
        clock_at_start=None,
        browser="",
        worker="",
        steps=(),
        failure=Failure(message) if ended.outcome != "skipped" else None,
        reason=ended.message if ended.outcome == "skipped" else "",
    )
