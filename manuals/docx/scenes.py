"""Scenes: numbered instructions, pictures with captions, results and mails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

from manuals import words
from manuals.docx.elements import Element, bookmarked, field, make, paragraph, plain, reference_mark, rich, run
from manuals.docx.story import Story
from manuals.docx.tables import INDENT, box, grid
from manuals.docx.trails import trail
from manuals.model import Figure, Instruction, Mail, Scene, TrailStep
from manuals.pages import KINDS, circled

MAIL_FILL, MAIL_EDGE = "F3F6FA", "8A97A8"
MOST_KEPT = 4
"""As many instructions are kept on the page of their picture."""
_STICKING = "\u00a0"
_NUMBER = re.compile(r"(\D+)(\d+)-(\d+)")


class SceneWriter:
    """Writes the scenes of one section, whose instructions are numbered on from 1.

    Args:
        story: the document.
        folder: what the paths of pictures are relative to.
        way: the trail of the chapter.
    """

    def __init__(self, story: Story, folder: Path, way: Sequence[TrailStep]) -> None:
        self._story, self._folder, self._way = story, folder, way
        self._steps: tuple[int, ...] = ()
        self._numbering = story.lists.begin_instructions()

    def add(self, scene: Scene) -> None:
        """Append a scene; its instructions stand on the page of the picture, unless they are many."""
        self._add_trail(scene.steps)
        many = len(scene.instructions) - MOST_KEPT
        for place, instruction in enumerate(scene.instructions):
            self._story.add(*self._instruction(instruction, keep_next=scene.figure is not None and place >= many))
        if scene.figure:
            self._story.add(*self._figure(scene.figure))
        self._story.add(*(plain("Result", text) for text in scene.results))
        for mail in scene.mails:
            self._story.add(*_mail(mail))
        if scene.outcome:
            self._story.add(*self._figure(scene.outcome))

    def _add_trail(self, steps: tuple[int, ...]) -> None:
        """Where the way goes on from one scene to another."""
        if self._way and steps and steps != self._steps:
            self._story.add(*trail(self._way, steps))
        self._steps = steps or self._steps

    def _instruction(self, instruction: Instruction, *, keep_next: bool) -> Iterator[Element]:
        numbers = "".join(circled(number) for number in instruction.badges)
        runs = [*rich(instruction.text), *([run(f" {numbers}", "BadgeNumber")] if numbers else [])]
        keep = [make("w:keepNext")] if keep_next or instruction.entries else []
        yield paragraph("ListNumber", *runs, properties=[*keep, deepcopy(self._numbering)])
        if instruction.entries:
            heads, *rows = instruction.entries
            shares = (2, 3) if len(heads) == 2 else (1,) * len(heads)  # noqa: PLR2004 - names and values
            yield from grid(words.ENTRIES, heads, rows, shares, INDENT)

    def _figure(self, figure: Figure) -> Iterator[Element]:
        yield paragraph("Figure", self._story.pictures.make(figure, str(self._folder / figure.path)))
        keep = [make("w:keepNext")] if figure.badges else []
        yield paragraph("Caption", *_caption(figure), properties=keep)
        if figure.badges:
            yield paragraph("Legend", *_legend(figure))


def _caption(figure: Figure) -> list[Element]:
    shown = [figure.caption, f"（{figure.screen_id}）" if figure.screen_id else ""]
    shown.append(f"［{KINDS[figure.kind]}］" if KINDS[figure.kind] else "")
    return [*bookmarked([reference_mark(figure.id)], *_number(figure.number)), run(f"　{''.join(shown)}")]


def _number(number: str) -> list[Element]:
    """The number of a figure as Word counts them itself: anew in every chapter."""
    found = _NUMBER.fullmatch(number)
    if not found:
        return [run(number)]
    label, chapter, count = found.groups()
    # LibreOffice counts anew only where it is told to, Word after every heading.
    anew = "\\r 1" if count == "1" else "\\s 1"
    sequence = field(f"SEQ {label} \\* ARABIC {anew}", count)
    return [run(label), *field("STYLEREF 1 \\s", chapter), run("-"), *sequence]


def _legend(figure: Figure) -> Iterator[Element]:
    for place, badge in enumerate(figure.badges):
        yield run(f"{'　' if place else ''}{circled(badge.number)}{_STICKING}", "BadgeNumber")
        yield run(words.legend(badge))


def _mail(mail: Mail) -> list[Element]:
    heads = ((words.SUBJECT, mail.subject), (words.SENDER, mail.sender), (words.RECIPIENT, mail.recipient))
    content = [paragraph("MailHead", run(head, "Strong"), run(f"\t{text}")) for head, text in heads]
    content.append(paragraph("MailRule"))
    content += [paragraph("MailText", run(text)) for text in mail.text.strip().split("\n\n")]
    return box(f"{words.MAIL}「{mail.subject}」", content, MAIL_FILL, MAIL_EDGE, INDENT)
