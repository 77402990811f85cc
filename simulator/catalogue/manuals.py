"""The chapters of マニュアル照会: put together from the screens, so that no label is written a second time (MNU-15)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from simulator.catalogue.model import BOTH, Button, Catalogue, Edition, Field, Manual, ManualStep, Note, Screen

# {user_list} a screen's title, {user_list.register} a button's label, {menu.user_list} a way through the menu.
_NAME = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_TEXTS = ("title", "category", "introduction")
MENU, ARROW = "menu", "⇒"


@dataclass(frozen=True)
class ManualPage:
    """A screen as a chapter shows it to the readers of one edition.

    Attributes:
        headings: the blocks of the screen that matter; empty where all of it does.
        lines: what one does there, sentence by sentence.
    """

    screen: Screen
    headings: tuple[str, ...]
    lines: tuple[str, ...]
    fields: tuple[Field, ...]
    buttons: tuple[Button, ...]
    notes: tuple[Note, ...]


def manual_pages(catalogue: Catalogue, manual: Manual, edition: Edition) -> tuple[ManualPage, ...]:
    """The screens of a chapter in their order, with what the readers of an edition are told."""
    following = (*(step.screen for step in manual.steps[1:]), None)
    return tuple(
        _page(catalogue.screen(step.screen), step, edition, is_last=step.screen != coming)
        for step, coming in zip(manual.steps, following, strict=True)
    )


def with_labels(catalogue: Catalogue) -> Catalogue:
    """The catalogue with labels in place of the names in its manuals; `dangling_manuals` has found none wrong."""

    def put(text: str) -> str:
        return _NAME.sub(lambda name: _label(catalogue, name) or name[0], text)

    return catalogue.model_copy(update={"manuals": tuple(_worded(manual, put) for manual in catalogue.manuals)})


def dangling_manuals(catalogue: Catalogue) -> Iterator[str]:
    """What a manual names and does not exist, and what is named twice."""
    for manual in catalogue.manuals:
        here = f"マニュアル {manual.key}"
        for step in manual.steps:
            screen = catalogue.screens.get(step.screen)
            if screen is None:
                yield f"{here}: 画面 {step.screen} はありません"
                continue
            yield from (
                f"{here}: {screen.key} は{edition}編にありません"
                for edition in manual.editions
                if edition not in screen.editions
            )
            known = {section.key for section in screen.sections}
            yield from (f"{here}: {screen.key} に欄 {key} はありません" for key in step.sections if key not in known)
        for text in (*(getattr(manual, name) for name in _TEXTS), *(step.text for step in manual.steps)):
            yield from (f"{here}: {n[0]} はありません" for n in _NAME.finditer(text) if _label(catalogue, n) is None)
    keys = sorted(manual.key for manual in catalogue.manuals)
    yield from (f"マニュアル {key} が重複しています" for key, following in pairwise(keys) if key == following)


def _page(screen: Screen, step: ManualStep, edition: Edition, *, is_last: bool) -> ManualPage:
    """A step; where several follow each other on one screen, the last one tells what that screen notes."""
    sections = [s for s in screen.sections if not step.sections or s.key in step.sections]
    fields, buttons = screen.fields, screen.buttons
    if step.sections:
        fields = tuple(screen.field(key) for section in sections for key in section.fields)
        buttons = tuple(screen.button(key) for section in sections for key in section.buttons)
    notes = [
        note for section in sections for note in section.notes if note.editions == BOTH or edition in note.editions
    ]
    return ManualPage(
        screen=screen,
        headings=tuple(section.heading for section in sections) if step.sections else (),
        lines=tuple(line for line in (screen.lead, step.text) if line),
        fields=fields,
        buttons=buttons,
        notes=(*notes, *(screen.notes_for(edition) if is_last else ())),
    )


def _worded(manual: Manual, put: Callable[[str], str]) -> Manual:
    steps = tuple(step.model_copy(update={"text": put(step.text)}) for step in manual.steps)
    return manual.model_copy(update={**{name: put(getattr(manual, name)) for name in _TEXTS}, "steps": steps})


def _label(catalogue: Catalogue, name: re.Match[str]) -> str | None:
    key, part = name[1], name[2]
    if key == MENU:
        return _way(catalogue, part)
    screen = catalogue.screens.get(key)
    if screen is None:
        return None
    if part is None:
        return screen.title
    return next((button.label for button in screen.buttons if button.key == part), None)


def _way(catalogue: Catalogue, key: str) -> str | None:
    """The labels to choose one after the other, written as in the manuals (USR-04)."""
    for item in catalogue.menu_bar:
        for entry in (item, *item.items):
            if entry.key == key:
                labels = [item.label] if entry is item else [item.label, entry.label]
                return ARROW.join([catalogue.words.menu, *labels])
    return None
