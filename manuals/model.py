"""A manual as a document: what every format is written from, and all that it is written from.

Paths of pictures are relative to the folder of the build and use "/". Lengths of pictures are CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from simulator.catalogue import Edition

Audience = Literal["everyone", "master", "general"]
FigureKind = Literal["portal", "browser", "illustration"]
"""What a picture shows: a page of the portal, a browser's own window, or Windows as drawn by us (説明図)."""


@dataclass(frozen=True)
class Cover:
    """The cover: who issues what, for whom, since when."""

    title: str
    subtitle: str
    issuer: str
    note: str
    issued: date
    version: str


@dataclass(frozen=True)
class TrailStep:
    """A step of the way through the system that stands above a chapter.

    `is_current` where the whole chapter is one step; where it goes through several, its scenes say which.
    """

    number: int
    label: str
    is_current: bool


@dataclass(frozen=True)
class Badge:
    """What a numbered badge in a picture points at; `value` is what to enter there, None where it tells nothing."""

    number: int
    label: str
    action: str
    value: str | None = None


@dataclass(frozen=True)
class Figure:
    """A picture with its badges.

    Attributes:
        id: ASCII, the same from build to build.
        number: as printed, "図2-3".
        path: the picture as shown, with frames and badges drawn and secrets masked.
        original: the untouched picture.
        width, height: of both, in CSS pixels.
        kind: what it shows.
        caption: what stands below it.
        alt: what it shows, for who does not see it.
        screen_id: the screen shown; None for windows without one.
        badges: what its numbers point at, in order.
    """

    id: str
    number: str
    path: str
    original: str
    width: int
    height: int
    kind: FigureKind
    caption: str
    alt: str
    screen_id: str | None
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class Mail:
    """A mail as it arrives, with its secrets masked."""

    sender: str
    recipient: str
    subject: str
    text: str


@dataclass(frozen=True)
class Instruction:
    """One numbered thing to do; `badges` are the numbers in the scene's picture that it speaks of."""

    number: int
    text: str
    entries: tuple[tuple[str, ...], ...] = ()
    badges: tuple[int, ...] = ()


@dataclass(frozen=True)
class Scene:
    """What is done on one screen, with its picture, and what comes of it.

    Attributes:
        instructions: what to do, numbered on through the section.
        figure: the screen with badges; None where there is nothing to see.
        results: what is then to be seen.
        mails: which arrive.
        outcome: a picture of what came of it, where the next scene does not show it.
        steps: the numbers of the steps of the chapter's trail that are done here; none where it does not say.
    """

    instructions: tuple[Instruction, ...]
    figure: Figure | None
    results: tuple[str, ...] = ()
    mails: tuple[Mail, ...] = ()
    outcome: Figure | None = None
    steps: tuple[int, ...] = ()


@dataclass(frozen=True)
class InputLine:
    """A line of the table 入力項目."""

    label: str
    rule: str
    explanation: str


@dataclass(frozen=True)
class ButtonLine:
    """A line of the table ボタン."""

    label: str
    meaning: str


@dataclass(frozen=True)
class ScreenTables:
    """The tables of a screen, from the catalogue, and what is remarked on it after ※."""

    id: str
    title: str
    inputs: tuple[InputLine, ...]
    buttons: tuple[ButtonLine, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A procedure: one scenario.

    Attributes:
        id: ASCII, the same from build to build.
        number: as printed, "2.3".
        title, lead: what it is about.
        given: what must be so before it begins.
        scenes: what to do.
        tables: of the screens that this manual shows here for the first time.
        clauses: the ids of the clauses that it shows to hold.
        told: the ids of the clauses that its tables and notes state.
    """

    id: str
    number: str
    title: str
    lead: str
    given: tuple[str, ...]
    scenes: tuple[Scene, ...]
    tables: tuple[ScreenTables, ...] = ()
    clauses: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """Its pictures, in order."""
        for scene in self.scenes:
            yield from (figure for figure in (scene.figure, scene.outcome) if figure)


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Attributes:
        id: ASCII, the same from build to build; names its file.
        number: counts from 1 through the manual.
        part: title of the part that it belongs to.
        title: as in the source documents.
        audience: whose chapter it is.
        trail: the way through the system; empty where none is printed.
        lead: paragraphs before the first section.
        notes: ※, at its end.
        cautions: ご注意.
        sources: places in the source documents that it covers.
    """

    id: str
    number: int
    part: str
    title: str
    audience: Audience
    trail: tuple[TrailStep, ...]
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class MessageLine:
    """A line of the message list."""

    code: str
    text: str
    cause: str
    remedy: str


@dataclass(frozen=True)
class ScreenLine:
    """A line of the index of screens; `sections` are the ids of the sections that show it."""

    id: str
    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Manual:
    """The manual of an edition."""

    edition: Edition
    cover: Cover
    chapters: tuple[Chapter, ...]
    messages: tuple[MessageLine, ...]
    screens: tuple[ScreenLine, ...]

    def sections(self) -> Iterator[Section]:
        """All sections, in order."""
        for chapter in self.chapters:
            yield from chapter.sections

    def figures(self) -> Iterator[Figure]:
        """All pictures, in order."""
        for section in self.sections():
            yield from section.figures()
