"""Makes a manual of storyboards, the catalogue and what trainers wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from manuals.figures import FigureMaker
from manuals.model import (
    Badge,
    ButtonLine,
    Chapter,
    Cover,
    InputLine,
    Instruction,
    Mail,
    Manual,
    MessageLine,
    Scene,
    ScreenLine,
    ScreenTables,
    Section,
)
from manuals.outline import ChapterOutline, Outline
from manuals.procedure import Act, acts_of, given_of, place_of
from manuals.sentences import polite
from manuals.ways import Ways
from simulator.catalogue import Button, Catalogue, Edition, Field, Note, Screen
from simulator.rules import MessageTemplate, load_messages, load_profile
from storyboard.model import FOR_MANUAL, SYMPTOM, Scenario, Step, TouchKind

ACTIONS: Mapping[TouchKind, str] = {
    "input": "入力",
    "button": "クリック",
    "link": "クリック",
    "hover": "マウスを合わせる",
    "key": "選択",
    "text": "確認",
}
_BLANK = re.compile(r"\{(\w+)\}")


class ManualError(Exception):
    """A manual cannot be made; the text says in Japanese why."""


class ManualBuilder:
    """Builds the manual of one edition.

    Args:
        edition: whose.
        outline: what trainers wrote.
        catalogue: the screens.
        scenarios: the storyboards of the scenarios marked for manuals.
        report: the folder of their pictures, to show only as much of each as there is to see; all of it where None.

    Raises:
        OutlineError: a way of the outline names a screen that there is not.
    """

    def __init__(
        self,
        edition: Edition,
        outline: Outline,
        catalogue: Catalogue,
        scenarios: Iterable[Scenario],
        report: Path | None = None,
    ) -> None:
        self._edition, self._outline, self._catalogue = edition, outline, catalogue
        self._scenarios = [one for one in scenarios if FOR_MANUAL in one.tags]
        self._screens = {screen.id: screen for screen in catalogue.screens.values()}
        self._ways = Ways(outline, catalogue)
        self._described: set[str] = set()
        self._shown: dict[str, list[str]] = {}
        self.figures = FigureMaker(self._screens, report)

    def build(self, chapters: Sequence[str] | None = None) -> Manual:
        """Make the manual, or an extract with only these chapters of it, which keep their numbers.

        Raises:
            ManualError: a scenario did not pass, or stands in no chapter.
            UnknownEnding: the wording lacks the end of a sentence.
            UnmatchedMask: a secret is in a picture, and nobody knows where.
        """
        self._refuse_unfit()
        numbered = [(key, one) for key, one in self._outline.chapters.items() if self._edition in one.editions]
        made = [(key, self._chapter(number, key, one)) for number, (key, one) in enumerate(numbered, 1)]
        return Manual(
            edition=self._edition,
            cover=self._cover(),
            chapters=tuple(chapter for key, chapter in made if chapters is None or key in chapters),
            messages=tuple(self._message_line(one) for one in load_messages(load_profile()).values()),
            screens=tuple(self._screen_line(id_) for id_ in sorted(self._shown)),
        )

    def _message_line(self, message: MessageTemplate) -> MessageLine:
        blanks = self._outline.wording.blanks
        try:
            text = _BLANK.sub(lambda blank: f"〈{blanks[blank[1]]}〉", message.text)
        except KeyError as unknown:
            raise ManualError(f"content/wording.yaml の blanks に {unknown.args[0]} がありません") from unknown
        return MessageLine(message.code, text, message.cause, message.remedy)

    def _refuse_unfit(self) -> None:
        for scenario in self._scenarios:
            if scenario.outcome != "passed":
                problem = "失敗しています" if scenario.outcome == "failed" else f"見送られています（{scenario.reason}）"
                raise ManualError(f"シナリオが{problem}: {scenario.name}（{scenario.file}:{scenario.line}）")
            if self._place(scenario) not in self._outline.features:
                raise ManualError(f"どの章にもない機能ファイルです: {scenario.file}（content/chapters の features）")

    @staticmethod
    def _place(scenario: Scenario) -> str:
        return str(PurePosixPath(scenario.file).relative_to("features"))

    def _cover(self) -> Cover:
        cover = self._outline.cover
        return Cover(
            title=cover.titles[self._edition],
            subtitle=cover.subtitles[self._edition],
            issuer=cover.issuer,
            note=cover.note,
            issued=cover.issued,
            version=cover.version,
        )

    def _chapter(self, number: int, key: str, outline: ChapterOutline) -> Chapter:
        self.figures.begin_chapter(number)
        shown = sorted(
            self._shown_in(outline),
            key=lambda one: (outline.features.index(self._place(one)), one.line),
        )
        return Chapter(
            id=key,
            number=number,
            part=outline.part,
            title=outline.title,
            audience=outline.audience,
            trail=self._ways.trail(outline),
            lead=outline.lead,
            sections=tuple(self._section(f"{number}.{count}", one, outline) for count, one in enumerate(shown, 1)),
            notes=outline.notes,
            cautions=outline.cautions,
            sources=outline.sources,
        )

    def _shown_in(self, outline: ChapterOutline) -> Iterator[Scenario]:
        """The scenarios of this edition or of none; in a shared chapter the other edition's, too."""
        found = [one for one in self._scenarios if self._place(one) in outline.features]
        own = [one for one in found if one.edition in {None, self._edition.value}]
        yield from own
        if outline.shared:
            outlines = {(one.file, one.line) for one in own}
            yield from (one for one in found if one not in own and (one.file, one.line) not in outlines)

    def _section(self, number: str, scenario: Scenario, chapter: ChapterOutline) -> Section:
        acts = acts_of(scenario)
        tables = tuple(self._tables(screen) for screen in self._new_screens(acts))
        section = Section(
            id=scenario.id,
            number=number,
            title=scenario.name,
            lead=_lead(scenario),
            given=tuple(self._sentences(given_of(scenario))),
            scenes=tuple(_without_repeated(self._scenes(acts, chapter))),
            tables=tables,
            clauses=scenario.clauses,
            told=tuple(dict.fromkeys(id_ for one in tables for id_ in self._told(one.id))),
        )
        for figure in section.figures():
            if figure.screen_id and section.id not in self._shown.setdefault(figure.screen_id, []):
                self._shown[figure.screen_id].append(section.id)
        return section

    def _scenes(self, acts: Sequence[Act], chapter: ChapterOutline) -> Iterator[Scene]:
        number = 0
        for place, act in enumerate(acts):
            badges = tuple(
                Badge(number, touch.label, ACTIONS[touch.kind], touch.value or None)
                for number, touch in enumerate(act.touches, 1)
            )
            instructions = []
            for step in act.whens:
                if text := polite(step.text, self._outline.wording):
                    number += 1
                    instructions.append(Instruction(number, text, step.table, act.numbers(step)))
            results = tuple(dict.fromkeys(self._sentences(act.thens)))
            pictured = act.picture
            outcome = self._outcome(act, acts[place + 1 :]) if results or not pictured else None
            yield Scene(
                instructions=tuple(instructions),
                figure=self.figures.of_act(pictured, act, badges) if pictured else None,
                results=results,
                mails=tuple(Mail(mail.sender, mail.recipient, mail.subject, mail.text) for mail in act.mails),
                outcome=self.figures.of_outcome(outcome) if outcome else None,
                steps=self._ways.steps(chapter, (pictured, outcome)),
            )

    def _outcome(self, act: Act, later: Sequence[Act]) -> Step | None:
        """The step whose picture shows what came of it, unless the next picture is of the same screen."""
        step = act.outcome
        if step is None or (act.picture and act.picture.picture == step.picture):
            return None
        if later and later[0].picture and place_of(later[0].picture) == place_of(step):
            return None
        return step

    def _sentences(self, steps: Iterable[Step]) -> Iterator[str]:
        texts = (polite(step.text, self._outline.wording) for step in steps)
        return (text for text in texts if text)

    def _new_screens(self, acts: Sequence[Act]) -> Iterator[Screen]:
        steps = (step for act in acts for step in (*act.whens, *act.thens) if step.surface == "portal")
        for step in steps:
            screen = self._screens.get(step.screen_id or "")
            if screen and screen.id not in self._described:
                self._described.add(screen.id)
                if screen.fields or screen.buttons or screen.notes_for(self._edition):
                    yield screen

    def _tables(self, screen: Screen) -> ScreenTables:
        return ScreenTables(
            id=screen.id,
            title=screen.title,
            inputs=tuple(InputLine(field.label, field.hint, field.explanation) for field in screen.fields),
            buttons=tuple(ButtonLine(button.label, button.meaning) for button in screen.buttons),
            notes=tuple(note.text.replace("{link}", note.link) for note in screen.notes_for(self._edition)),
        )

    def _told(self, screen_id: str) -> Iterator[str]:
        screen = self._screens[screen_id]
        parts: tuple[Field | Button | Note, ...] = (*screen.fields, *screen.buttons, *screen.notes_for(self._edition))
        for part in parts:
            yield from part.clauses

    def _screen_line(self, screen_id: str) -> ScreenLine:
        return ScreenLine(screen_id, self._screens[screen_id].title, tuple(self._shown[screen_id]))


def _lead(scenario: Scenario) -> str:
    """What a section is about; of a symptom, its cause."""
    cause = f"原因：{scenario.rule}" if SYMPTOM in scenario.tags and scenario.rule else ""
    return "　".join(text for text in (cause, scenario.description) if text)


def _without_repeated(scenes: Iterable[Scene]) -> Iterator[Scene]:
    """Leave out scenes in which nothing is done or shown, and nothing told that was not told before."""
    told: set[str] = set()
    for scene in scenes:
        if scene.instructions or scene.mails or scene.figure or scene.outcome or set(scene.results) - told:
            yield scene
        told.update(scene.results)
