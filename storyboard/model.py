"""The storyboard: what one run of a scenario did, step by step; reports and manuals are made from it alone.

Paths (`Step.picture`, `Failure.page`, `Failure.trace`, `Attachment.path`) are relative to the report's
folder and use "/".
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from storyboard.codec import StoryboardError, decode, encode

Outcome = Literal["passed", "failed", "skipped"]
TouchKind = Literal["input", "button", "link", "hover", "key", "text"]
Edition = Literal["employer", "member"]
Surface = Literal["portal", "browser", "desk"]
"""What a picture shows: a page of the portal, the browser's own window or page, or the simulated Windows desk."""

AttachmentKind = Literal["trace", "video", "screenshot"]

FORMAT = 3
# The tags of scenarios that belong to one of the two manuals.
EDITIONS: Mapping[str, Edition] = {"事業主編": "employer", "会員編": "member"}
# How the first line of every failure begins.
BEGINNING = "期待: "
# The tag of scenarios that bring a symptom about by its cause, which is their rule, and then cure it.
SYMPTOM = "症状"
# The tag of scenarios that the illustrated manuals show.
FOR_MANUAL = "手順書"
_CLAUSE = re.compile(r"[A-Z]{2,3}-\d+")
# How chapters are called that the manuals do not have; they come last.
UNLISTED = "そのほか"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Box:
    """A rectangle in the picture, in CSS pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Touch:
    """One control a step touched: its label as shown, where it was, and what was put in (None for secrets)."""

    label: str
    kind: TouchKind
    box: Box | None = None
    value: str | None = None


@dataclass(frozen=True)
class Hidden:
    """A place in the picture that holds a secret: what it is called there, and where it is."""

    label: str
    box: Box


@dataclass(frozen=True)
class MailSeen:
    """A mail which arrived during a step, as the mailbox shows it; `received_at` is on the simulated clock."""

    sender: str
    recipient: str
    subject: str
    text: str
    received_at: datetime


@dataclass(frozen=True)
class Failure:
    """Why a scenario failed: the message, and what was kept to find the cause."""

    message: str
    traceback: str = ""
    page: str | None = None
    trace: str | None = None
    console: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_inside((self.page, self.trace))


@dataclass(frozen=True)
class Attachment:
    """A file kept because whoever ran the scenario asked for it; it may show secrets as they are."""

    kind: AttachmentKind
    path: str

    def __post_init__(self) -> None:
        _require_inside((self.path,))


@dataclass(frozen=True)
class Step:
    """One sentence of a scenario and what came of it.

    `number` counts from 1, `picture_size` is in CSS pixels; `hidden` is where secrets are in the picture. In texts they
    are masked already (`storyboard.masking`).
    """

    number: int
    keyword: str
    text: str
    outcome: Outcome
    seconds: float = 0.0
    screen_id: str | None = None
    screen_title: str | None = None
    url: str | None = None
    touches: tuple[Touch, ...] = ()
    picture: str | None = None
    picture_size: tuple[int, int] | None = None
    mails: tuple[MailSeen, ...] = ()
    events: tuple[str, ...] = ()
    certificate: str | None = None
    table: tuple[tuple[str, ...], ...] = ()
    surface: Surface | None = None
    hidden: tuple[Hidden, ...] = ()

    def __post_init__(self) -> None:
        _require_inside((self.picture,))
        if self.picture is not None and self.picture_size is None:
            raise ValueError("picture には picture_size が必要です")


@dataclass(frozen=True)
class Scenario:
    """One scenario as it ran.

    `id` is ASCII and names its files; `clauses` are ids of the clause catalogue; `edition` is None where the
    scenario belongs to neither manual alone; `clock_at_start` is simulated time, `started_at` real time;
    `reason` says why a skipped scenario did not run; `example` tells an outline's line from others with its title.
    """

    id: str
    name: str
    feature: str
    chapter: str
    rule: str | None
    description: str
    tags: tuple[str, ...]
    clauses: tuple[str, ...]
    edition: Edition | None
    file: str
    line: int
    outcome: Outcome
    seconds: float
    clock_at_start: datetime | None
    browser: str
    worker: str
    steps: tuple[Step, ...]
    failure: Failure | None = None
    reason: str = ""
    started_at: datetime | None = None
    example: str = ""
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"シナリオの id は英数字と . _ - だけです: {self.id!r}")

    @property
    def whole_name(self) -> str:
        """The name as pytest and CI know it, which no other scenario of the feature has."""
        return f"{self.name}{self.example}"

    @property
    def place(self) -> tuple[str, int, str]:
        """File, line and id: the order in which people read scenarios."""
        return self.file, self.line, self.id


def edition_of(tags: Iterable[str]) -> Edition | None:
    """Return whose manual a scenario with these tags belongs to; None where it belongs to neither alone."""
    editions = [EDITIONS[tag] for tag in tags if tag in EDITIONS]
    return editions[0] if len(editions) == 1 else None


def clauses_of(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the clause ids among the tags of a scenario."""
    return tuple(sorted(tag for tag in tags if _CLAUSE.fullmatch(tag)))


def save(scenario: Scenario, folder: Path) -> Path:
    """Write `scenario` to `folder`/<id>.json (made when absent, replaced at once) and return the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scenario.id}.json"
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    content = {"format": FORMAT, "scenario": encode(scenario)}
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return draft.replace(path)


def load_all(folder: Path) -> list[Scenario]:
    """Return the scenarios recorded in `folder`, in the order of their files and lines.

    Raises:
        StoryboardError: `folder` is no folder, or a file in it is not a storyboard of this format.
    """
    if not folder.is_dir():
        raise StoryboardError(f"記録のフォルダーがありません: {folder}")
    return sorted((_load(path) for path in folder.glob("*.json")), key=lambda scenario: scenario.place)


def attach(folder: Path, scenario_id: str, attachments: tuple[Attachment, ...]) -> None:
    """Put what was kept after the end of a scenario into its storyboard in `folder`; without one it stays unlinked.

    Raises:
        StoryboardError: the storyboard is damaged.
    """
    path = folder / f"{scenario_id}.json"
    if path.is_file():
        save(replace(_load(path), attachments=attachments), folder)


def _load(path: Path) -> Scenario:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoryboardError(f"{path.name}: JSON として読めません") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise StoryboardError(f"{path.name}: この版の記録ではありません (format が {FORMAT} ではない)")
    scenario: Scenario = decode(Scenario, content.get("scenario"), path.name)
    if scenario.id != path.stem:
        raise StoryboardError(f"{path.name}: id {scenario.id!r} とファイル名が違います")
    return scenario


def _require_inside(paths: Iterable[str | None]) -> None:
    for text in paths:
        if text is not None and not _is_inside(text):
            raise ValueError(f"報告フォルダーの中の相対パスではありません: {text!r}")


def _is_inside(text: str) -> bool:
    return not (PurePosixPath(text).is_absolute() or ".." in text.split("/") or set(text) & set("\\:"))
