"""`koujyo steps`: the sentences that scenarios may use, with an example of each from a real one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from koujyo.listing import Words, conclude, has_all
from koujyo.places import FEATURES, REPORT, ROOT
from koujyo.report import ReportFolder

if TYPE_CHECKING:
    from steps.sentences import Sentence
    from storyboard.plan import Planned, PlannedStep

    Use = tuple[Planned, PlannedStep]


@dataclass(frozen=True)
class Entry:
    """A sentence with what is known of its use.

    Attributes:
        topic: what its module is about.
        keyword: 前提, もし or ならば.
        text: the sentence with `{name}` for what is put in.
        takes_table: whether a table stands below it.
        uses: the scenarios and their steps that use it, feature after feature.
        picture: what the screen looked like after it in the last run; None where it was not recorded.
    """

    topic: str
    keyword: str
    text: str
    takes_table: bool
    uses: tuple[Use, ...]
    picture: Path | None


def steps(words: Words = None, report: ReportFolder = REPORT) -> None:
    """Print the sentences by topic; ends with 1 where none has the words."""
    entries = [found for one in _entries(_pictures(report)) if (found := _chosen(one, words))]
    for topic, members in groupby(entries, key=lambda one: one.topic):
        print(f"■ {topic}")
        for entry in members:
            print("\n".join(_lines(entry)))
        print()
    conclude(len(entries), "文", words)


def _chosen(entry: Entry, words: Words) -> Entry | None:
    """The entry if it has the words, or if steps that use it have: they come first then, as its example."""
    fitting = tuple(one for one in entry.uses if has_all(words, one[1].text))
    if fitting or has_all(words, entry.topic, entry.keyword, entry.text):
        return replace(entry, uses=tuple(dict.fromkeys((*fitting, *entry.uses))))
    return None


def _lines(entry: Entry) -> Iterator[str]:
    yield f"{entry.keyword} {entry.text}"
    if not entry.uses:
        yield "    使用: まだありません" + ("（下に表が要ります）" if entry.takes_table else "")
        return
    scenario, example = entry.uses[0]
    if example.text != entry.text:
        yield f"    例: {example.text}"
    if entry.takes_table:
        yield f"    下に表: | {' | '.join(example.table[0])} |"
    yield f"    使用: シナリオ {len({one.place for one, _ in entry.uses})} 件（例は {scenario.file}:{example.line}）"
    if entry.picture:
        yield f"    写真: {entry.picture}"


def _entries(pictures: Mapping[str, Path]) -> Iterator[Entry]:
    """Every sentence, in the order of the topics and of the modules."""
    from steps.sentences import KEYWORDS, known_sentences  # noqa: PLC0415 - costs time
    from steps.topics import TOPICS  # noqa: PLC0415

    uses = _uses(known_sentences())
    for module, topic in TOPICS.items():
        for one in known_sentences():
            if one.module == module:
                used = uses[one]
                shown = next((pictures[step.text] for _, step in used if step.text in pictures), None)
                yield Entry(topic, KEYWORDS[one.kind], one.shown, one.takes_table, tuple(used), shown)


def _uses(sentences: Sequence[Sentence]) -> defaultdict[Sentence, list[Use]]:
    """The steps of all features by their sentences."""
    from koujyo.selection import plan_all  # noqa: PLC0415 - costs time

    by_text: defaultdict[tuple[str, str], list[Use]] = defaultdict(list)
    for planned, step in ((one, step) for one in plan_all(FEATURES, ROOT) for step in one.steps):
        by_text[step.kind, step.text].append((planned, step))
    uses: defaultdict[Sentence, list[Use]] = defaultdict(list)
    for (kind, text), written in by_text.items():
        for one in (one for one in sentences if one.kind == kind and one.matches(text)):
            uses[one] += written
    return uses


def _pictures(report: Path) -> dict[str, Path]:
    """The last picture of each sentence in the record of a run, read as plain JSON: decoding it takes seconds."""
    found: dict[str, Path] = {}
    for file in sorted((report / "storyboards").glob("*.json")):
        with suppress(ValueError, KeyError):  # a record that cannot be read has no pictures to show
            recorded = json.loads(file.read_text(encoding="utf-8"))["scenario"]["steps"]
            found |= {step["text"]: report / step["picture"] for step in recorded if step["picture"]}
    return found
