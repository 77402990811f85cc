"""What trainers write of the manuals: the order of chapters, their words, which scenarios they show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError, model_validator

from manuals.model import Audience
from simulator.catalogue import Edition

CONTENT = Path(__file__).with_name("content")
_Content = TypeVar("_Content", bound=BaseModel)
_MARK = re.compile(r"\{(\w+)\}")
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


class OutlineError(ValueError):
    """The manuals' content cannot be used; the text says in Japanese which file is wrong, and how."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ChapterOutline(_Data):
    """A chapter as its file in `content/chapters` describes it.

    Attributes:
        title: as in the source documents.
        part: title of the part that it belongs to.
        editions: whose manuals have it.
        audience: whose chapter it is.
        shared: whether its scenarios are shown in every edition, whichever they run in; those of an outline that has
            examples of both are not.
        trail: name of the way that stands above it; none where empty.
        step: the label of the way's step that the chapter is; none where it goes through several.
        sources: places in the source documents that it covers, as the checklist names them.
        lead: paragraphs before the first section, `**` around what matters.
        features: files below features/, whose marked scenarios are its sections, in this order.
        notes: what stands at its end, after ※.
        cautions: what must not be overlooked.
    """

    title: str
    part: str
    editions: tuple[Edition, ...] = (Edition.EMPLOYER, Edition.MEMBER)
    audience: Audience = "everyone"
    shared: bool = False
    trail: str = ""
    step: str = ""
    sources: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


class CoverOutline(_Data):
    """The cover; `title` and `subtitle` by edition."""

    titles: Mapping[Edition, str]
    subtitles: Mapping[Edition, str]
    issuer: str
    note: str
    issued: date
    version: str


class WayStep(_Data):
    """A step of the way through the system; `screens` are keys of the screens or windows on which it is done."""

    label: str
    screens: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_label_only(cls, value: Any) -> Any:
        return {"label": value} if isinstance(value, str) else value


class Trails(RootModel[Mapping[str, tuple[WayStep, ...]]]):
    """The ways through the system, by name."""


class Wording(_Data):
    """How sentences of scenarios read in a manual.

    Attributes:
        endings: the plain end of a sentence and its polite form, the longest first to be tried.
        sentences: what stands in place of a sentence; nothing at all where empty. `{name}` stands for any words, and
            may be said again.
        blanks: what the list of messages says in place of what differs from time to time.
    """

    endings: Mapping[str, str]
    sentences: Mapping[str, str] = {}
    blanks: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _says_what_it_knows(self) -> Wording:
        for key, text in self.sentences.items():
            if unknown := set(_MARK.findall(text)) - set(_MARK.findall(key)):
                raise ValueError(f"「{text}」の {{{', '.join(sorted(unknown))}}} が、もとの文にありません")
        return self

    @cached_property
    def forms(self) -> Sequence[tuple[re.Pattern[str], str]]:
        """The sentences as patterns; those that leave less open come first."""
        keys = sorted(self.sentences, key=lambda key: len(_PLACEHOLDER.sub("", re.escape(key))), reverse=True)
        return [(re.compile(_PLACEHOLDER.sub(r"(?P<\1>.+?)", re.escape(key))), self.sentences[key]) for key in keys]


class Outline(_Data):
    """All of it; `chapters` in order, by their keys."""

    cover: CoverOutline
    trails: Mapping[str, tuple[WayStep, ...]]
    wording: Wording
    chapters: Mapping[str, ChapterOutline]

    @cached_property
    def features(self) -> Mapping[str, str]:
        """Which chapter shows a feature file."""
        return {feature: key for key, chapter in self.chapters.items() for feature in chapter.features}


def load_outline(folder: Path = CONTENT) -> Outline:
    """Read the content.

    Raises:
        OutlineError: a file is missing, or says what it cannot.
    """
    chapters = {path.stem: _read(path, ChapterOutline) for path in sorted((folder / "chapters").glob("*.yaml"))}
    outline = Outline(
        cover=_read(folder / "cover.yaml", CoverOutline),
        trails=_read(folder / "trails.yaml", Trails).root,
        wording=_read(folder / "wording.yaml", Wording),
        chapters={key.partition("_")[2]: chapter for key, chapter in chapters.items()},
    )
    if problems := [*_trail_problems(outline), *_feature_problems(outline)]:
        raise OutlineError("\n".join(problems))
    return outline


def _trail_problems(outline: Outline) -> list[str]:
    return [
        f"content/chapters: 章「{chapter.title}」の trail「{chapter.trail}」に「{chapter.step}」はありません"
        for chapter in outline.chapters.values()
        if chapter.trail and not _has_step(outline.trails.get(chapter.trail, ()), chapter.step)
    ]


def _has_step(way: Sequence[WayStep], label: str) -> bool:
    return bool(way) and label in {"", *(step.label for step in way)}


def _feature_problems(outline: Outline) -> list[str]:
    named = [feature for chapter in outline.chapters.values() for feature in chapter.features]
    return [
        f"content/chapters: {feature} が複数の章にあります"
        for feature in dict.fromkeys(named)
        if named.count(feature) > 1
    ]


def _read(path: Path, kind: type[_Content]) -> _Content:
    try:
        return kind.model_validate(_values(path))
    except ValidationError as error:
        raise OutlineError(f"{_place(path)}: {_told(error.errors())}") from error


def _told(errors: Sequence[Any]) -> str:
    return "、".join(f"{'.'.join(map(str, error['loc']))}（{error['msg']}）" for error in errors)


def _values(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise OutlineError(f"{_place(path)}: 読めません（{error}）") from error


def _place(path: Path) -> str:
    return "/".join(path.parts[-2:])
