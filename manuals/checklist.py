"""Compares a manual with the source documents: is every chapter of them in it, and which clauses does it show?

The chapters are those that the clause catalogue names, so that none is forgotten when a manual is rearranged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from manuals.model import Manual
from simulator.catalogue import Edition

# What comes after the place: the page, or that none is printed.
_PAGE = re.compile(r", (通しページ|page not printed).*$")
_PDF = "Microsoft EdgeでPDFをAcrobat Readerで開く設定手順"
_IE_MODE = "別紙1 【Microsoft EdgeIEモードの場合】"
_REGISTRATION = "Ⅱ.1 ■マスターユーザーの初期登録"
# How the catalogue names a place, and the chapter in which it lies.
_FORMS: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), chapter)
    for pattern, chapter in (
        (r"cover §(\d+)(?!\d).*", r"cover §\1"),
        (r"共通編 (\d+)\..*", r"共通編 \1"),
        (r"(?:remedy )?別紙1 【(?:Microsoft Edge)?IEモード(?:の場合)?】.*", _IE_MODE),
        (r"(?:remedy )?(別紙1 【[^】]+】).*", r"\1"),
        (r"別紙1 前文", "別紙1 前文"),
        (rf"{_PDF}.*", _PDF),
        (r"(Ⅱ\.1 ■[^ ]+).*", r"\1"),
        (r"Ⅱ\.1", "Ⅱ.1"),
        (r"DC584101", _REGISTRATION),
        (r"(Ⅲ\.4 ＜[^＞]+＞).*", r"\1"),
        (r"(Ⅲ\.\d)(?![\d-]).*", r"\1"),
        (r"(4-\d).*", r"\1"),
    )
]
# The clause that compares the editions speaks of whole parts.
_AT_LARGE = frozenset({"cover and 共通編", "Ⅲ.1-Ⅲ.6"})
# Chapters that state nothing of their own: §7 of the cover letter refers to Ⅲ.1.
_WITHOUT_CLAUSES: Mapping[Edition, Sequence[str]] = {Edition.EMPLOYER: ("cover §7",), Edition.MEMBER: ()}


class ChecklistError(ValueError):
    """A manual does not cover the source documents, or a place in them is not understood; the text says in Japanese."""


class Stated(Protocol):
    """A clause; `sources` are pairs of edition and places."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Where it stands."""


@dataclass(frozen=True)
class ClauseLine:
    """A clause of a source chapter.

    `sections` are the ids of the manual's sections that show it to hold, `told` those whose tables or notes state it.
    """

    id: str
    sections: tuple[str, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChecklistLine:
    """A chapter of the source documents; `chapters` are the ids of the manual's chapters that cover it."""

    source: str
    chapters: tuple[str, ...]
    clauses: tuple[ClauseLine, ...]

    @property
    def shown(self) -> int:
        """How many of its clauses the manual shows or states."""
        return sum(bool(clause.sections or clause.told) for clause in self.clauses)


@dataclass(frozen=True)
class Checklist:
    """The result.

    Attributes:
        edition: whose manual.
        lines: the chapters of the source documents, in the catalogue's order.
        unknown: what chapters of the manual say that they cover, and no source document has.
    """

    edition: Edition
    lines: tuple[ChecklistLine, ...]
    unknown: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, in Japanese."""
        return (
            *(f"どの章にも載っていません: {line.source}" for line in self.lines if not line.chapters),
            *(f"もとのマニュアルにない章です: {source}（content/chapters の sources）" for source in self.unknown),
        )

    def require_complete(self) -> None:
        """Check that every chapter is covered.

        Raises:
            ChecklistError: one is not, or a chapter of the manual names one that there is not.
        """
        if self.problems:
            raise ChecklistError("\n".join(self.problems))

    def as_json(self) -> str:
        """The list as plain JSON, for people and for scripts."""
        return json.dumps({**asdict(self), "problems": self.problems}, ensure_ascii=False, indent=1) + "\n"


def check(manual: Manual, clauses: Iterable[Stated]) -> Checklist:
    """Compare a whole manual with the source documents of its edition.

    Raises:
        ChecklistError: the catalogue names a place in a way that is not understood.
    """
    stated = list(clauses)
    chapters = _chapters_of(stated, manual.edition)
    known = {source for edition in Edition for source in _chapters_of(stated, edition)}
    named = dict.fromkeys(source for chapter in manual.chapters for source in chapter.sources)
    return Checklist(
        edition=manual.edition,
        lines=tuple(_line(manual, source, ids) for source, ids in chapters.items()),
        unknown=tuple(source for source in named if source not in known),
    )


def source_chapters(places: str) -> Iterator[str]:
    """The chapters in which the places of a clause lie; several places are parted by semicolons.

    Raises:
        ChecklistError: a place is named in a way that is not understood.
    """
    for place in (_PAGE.sub("", part.strip()) for part in places.split(";")):
        if place not in _AT_LARGE:
            yield _chapter(place)


def _chapter(place: str) -> str:
    for form, chapter in _FORMS:
        if found := form.fullmatch(place):
            return found.expand(chapter)
    raise ChecklistError(f"features/clauses.yaml: source「{place}」がどの章か分かりません")


def _chapters_of(clauses: Iterable[Stated], edition: Edition) -> dict[str, list[str]]:
    """The chapters of an edition's source documents with the ids of their clauses."""
    chapters: dict[str, list[str]] = {}
    for clause in clauses:
        places = (place for whose, place in clause.sources if whose == edition.value)
        for source in dict.fromkeys(source for place in places for source in source_chapters(place)):
            chapters.setdefault(source, []).append(clause.id)
    return {**chapters, **{source: [] for source in _WITHOUT_CLAUSES[edition]}}


def _line(manual: Manual, source: str, ids: Iterable[str]) -> ChecklistLine:
    return ChecklistLine(
        source=source,
        chapters=tuple(chapter.id for chapter in manual.chapters if source in chapter.sources),
        clauses=tuple(_clause(manual, id_) for id_ in ids),
    )


def _clause(manual: Manual, id_: str) -> ClauseLine:
    sections = list(manual.sections())
    return ClauseLine(
        id=id_,
        sections=tuple(section.id for section in sections if id_ in section.clauses),
        told=tuple(section.id for section in sections if id_ in section.told),
    )
