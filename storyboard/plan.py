"""What is to run: the scenarios that the Gherkin parser finds in feature files, each with a name and an id of its own.

An outline counts once for each line of its examples. Ids and names do not depend on what stands above a scenario:
those of one name are counted from the end of their file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from gherkin.errors import ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from storyboard.masking import MASK, is_prose, speaks

SUFFIX = ".feature"
DIGITS = 8
KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}
_SWALLOWED = re.compile(
    r"\s*(シナリオアウトライン|シナリオテンプレート|シナリオ|背景|ルール|例|サンプル|前提|もし|ならば)[\s：]"
)


class PlanError(ValueError):
    """A feature file cannot be run as it is; the text names file and line."""


@dataclass(frozen=True)
class PlannedStep:
    """A step as a scenario has it, examples filled in.

    Attributes:
        kind: "given", "when" or "then", also for かつ.
        text: the sentence.
        line: where it stands in the file.
        table: the rows below it, their heading first.
    """

    kind: str
    text: str
    line: int
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Planned:
    """One scenario, or one line of an outline's examples, before it runs.

    Attributes:
        id: ASCII; names its files.
        file: the feature file, relative to the checkout and with "/", or absolute where it lies elsewhere.
        line: where it begins; for an outline the line of its examples.
        first_line: where the scenario or outline itself begins, and `last_line` where it ends.
        name: the title as people see it, without secrets; lines of an outline with one title name their examples, too.
        title: the title as it runs.
        label: what tells it from others with this title; "" where the title is enough.
        outline: the title as it stands in the file, with its <placeholders>.
        feature: the feature's name.
        rule: the rule's name, "" without.
        tags: its own and those of feature, rule and examples, without "@".
        examples: names and values of its line of examples.
        steps: its steps, those of backgrounds first.
    """

    id: str
    file: str
    line: int
    first_line: int
    last_line: int
    name: str
    title: str
    label: str
    outline: str
    feature: str
    rule: str
    tags: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    steps: tuple[PlannedStep, ...]

    @property
    def node_id(self) -> str:
        """What pytest calls it."""
        return f"{self.file}::{self.name}"

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class _Origin:
    """Where a scenario stands: its node of the syntax tree, and the rule's name."""

    node: Any
    rule: str
    last_line: int


def plan_of(path: Path, root: Path) -> list[Planned]:
    """Return what a feature file holds, in its order.

    Args:
        path: the file.
        root: the checkout, to which the places are relative.

    Raises:
        PlanError: it cannot be read or parsed, or holds a scenario without steps or an outline without examples.
        OSError: it cannot be opened.
    """
    file = shown(path, root)
    document = _parsed(path, file)
    if "feature" not in document:
        return []
    _refuse_swallowed(document["feature"], path.read_text(encoding="utf-8").splitlines(), file)
    origins = _origins(document["feature"], path.read_text(encoding="utf-8").count("\n") + 1)
    document["uri"] = file
    pickles = Compiler().compile(document)
    lines = dict(_lines(document["feature"]))
    planned = [
        _planned(pickle, origins[pickle["astNodeIds"][0]], document["feature"], file, lines) for pickle in pickles
    ]
    _refuse_empty(planned, origins, file)
    return _distinct(planned)


def shown(path: Path, root: Path) -> str:
    """Return how a file is named to people: from the checkout on, where it is in it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def feature_files(place: Path) -> list[Path]:
    """Return the feature files of a folder, or the file itself, in a steady order."""
    return sorted(place.rglob(f"*{SUFFIX}")) if place.is_dir() else [place]


def _parsed(path: Path, file: str) -> Any:
    try:
        return Parser().parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise PlanError(f"{file}: UTF-8 の文字として読めません（{problem.start + 1} バイト目）") from problem
    except ParserError as problem:
        first = str(problem).replace("Parser errors:", "").strip().splitlines()[0]
        line = re.match(r"\((\d+):\d+\): (.*)", first)
        place, reason = (f"{file}:{line[1]}", line[2]) if line else (file, first)
        raise PlanError(f"{place}: Gherkin として読めません（{reason}）") from problem


def _refuse_swallowed(node: Any, lines: Sequence[str], file: str) -> None:
    """A keyword without its colon, or with a wide one, makes Gherkin take what follows for a description."""
    for line in node.get("description", "").splitlines():
        if found := _SWALLOWED.match(line):
            place = f"{file}:{lines.index(line, node['location']['line']) + 1}"
            raise PlanError(
                f"{place}: 「{found[1]}」の後に半角のコロン（:）がないので、説明として読まれます: {line.strip()}"
            )
    for child in node.get("children", ()):
        for part in child.values():
            _refuse_swallowed(part, lines, file)


def _origins(feature: Any, end: int) -> dict[str, _Origin]:
    """Every scenario by its node's id; it ends where the next one, or the next rule, begins."""
    found = list(_scenarios(feature["children"], ""))
    rules = [child["rule"]["location"]["line"] for child in feature["children"] if "rule" in child]
    starts = sorted([*rules, *(_first_line(node) for node, _ in found), end + 1])
    return {
        node["id"]: _Origin(node, rule, next(line for line in starts if line > node["location"]["line"]) - 1)
        for node, rule in found
    }


def _scenarios(children: Any, rule: str) -> Iterator[tuple[Any, str]]:
    for child in children:
        if "scenario" in child:
            yield child["scenario"], rule
        elif "rule" in child:
            yield from _scenarios(child["rule"]["children"], child["rule"]["name"])


def _first_line(node: Any) -> int:
    """Where a scenario begins, its tags included."""
    first: int = min([node["location"]["line"], *(tag["location"]["line"] for tag in node["tags"])])
    return first


def _planned(pickle: Any, origin: _Origin, feature: Any, file: str, lines: Mapping[str, int]) -> Planned:
    node, rows = origin.node, pickle["astNodeIds"][1:]
    examples, label = _examples(node, rows[0]) if rows else ((), "")
    key = "\0".join((file, origin.rule, node["name"], *(value for _, value in examples)))
    return Planned(
        id=f"{_ascii(file)}-{sha256(key.encode()).hexdigest()[:DIGITS]}",
        file=file,
        line=pickle["location"]["line"],
        first_line=_first_line(node),
        last_line=origin.last_line,
        name=f"{_shown(node['name'], examples)}{label}",
        title=pickle["name"],
        label=label,
        outline=node["name"],
        feature=feature["name"],
        rule=origin.rule,
        tags=tuple(dict.fromkeys(tag["name"].removeprefix("@") for tag in pickle["tags"])),
        examples=examples,
        steps=tuple(_steps(pickle, lines)),
    )


def _examples(node: Any, row_id: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Names and values of an outline's line, and what tells it from those with the same title."""
    for table in node["examples"]:
        for number, row in enumerate(table["tableBody"], 1):
            if row["id"] == row_id:
                heads = [cell["value"] for cell in table["tableHeader"]["cells"]]
                values = [cell["value"] for cell in row["cells"]]
                title_varies = any(f"<{head}>" in node["name"] for head in heads)
                name = f"{table['name'] or '例'} {number}"
                return tuple(zip(heads, values, strict=True)), "" if title_varies else f"［{name}］"
    raise LookupError(row_id)


def _steps(pickle: Any, lines: Mapping[str, int]) -> Iterator[PlannedStep]:
    kind = "given"
    for step in pickle["steps"]:
        kind = KINDS.get(step["type"], kind)
        rows = step.get("argument", {}).get("dataTable", {}).get("rows", [])
        table = tuple(tuple(cell["value"] for cell in row["cells"]) for row in rows)
        yield PlannedStep(kind, step["text"], lines[step["astNodeIds"][0]], table)


def _lines(node: Any) -> Iterator[tuple[str, int]]:
    """The line of everything in a feature that has an id."""
    if isinstance(node, dict):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _lines(part)


def _shown(outline: str, examples: Sequence[tuple[str, str]]) -> str:
    """A title as everybody may see it: an example that is a secret is masked."""
    for head, value in examples:
        outline = outline.replace(f"<{head}>", MASK if speaks(head) and not is_prose(value) else value)
    return outline


def _ascii(file: str) -> str:
    """Folder and name of the file, as far as they are ASCII."""
    place = Path(file)
    words = (re.sub(r"[^A-Za-z0-9_]+", "", word) for word in (place.parent.name, place.stem))
    return "-".join(filter(None, words)) or "scenario"


def _refuse_empty(planned: list[Planned], origins: dict[str, _Origin], file: str) -> None:
    """A scenario that does nothing would always succeed, and one without examples would never run."""
    running = {(one.first_line, one.outline) for one in planned}
    for origin in origins.values():
        node, line = origin.node, origin.node["location"]["line"]
        if not node["steps"]:
            raise PlanError(f"{file}:{line}: 「{node['name']}」に手順がありません")
        if (_first_line(node), node["name"]) not in running:
            raise PlanError(f"{file}:{line}: 「{node['name']}」の例に行がありません")


def _distinct(planned: list[Planned]) -> list[Planned]:
    """Number those of one name, and those of one id, from the last to the first."""
    names: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    distinct = []
    for one in reversed(planned):
        names[one.name] += 1
        ids[one.id] += 1
        count = f"（{names[one.name]}）" if names[one.name] > 1 else ""
        id_ = one.id if ids[one.id] == 1 else f"{one.id}-{ids[one.id]}"
        distinct.append(replace(one, name=f"{one.name}{count}", label=f"{one.label}{count}", id=id_))
    return distinct[::-1]
