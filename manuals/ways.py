"""Which step of the way through the system is done on which screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from manuals.figures import WINDOW
from manuals.model import TrailStep
from manuals.outline import ChapterOutline, Outline, OutlineError, WayStep
from simulator.catalogue import Catalogue
from simulator.catalogue.desk_windows import load_desk
from storyboard.model import Step

BROWSER = "browser"
"""The key of the browser's own window, where it shows no page: its dialog for certificates, or its address bar."""


class Ways:
    """The ways of an outline.

    Args:
        outline: what trainers wrote.
        catalogue: the screens that the ways name by their keys, beside the windows of the desk.

    Raises:
        OutlineError: a way names a screen that there is not.
    """

    def __init__(self, outline: Outline, catalogue: Catalogue) -> None:
        self._outline = outline
        titles = {key: window.title for key, window in load_desk().windows.items()}
        titles[BROWSER] = WINDOW
        titles.update((key, screen.title) for key, screen in catalogue.screens.items())
        self._titles = {name: [_titles(step, titles) for step in way] for name, way in outline.trails.items()}

    def trail(self, chapter: ChapterOutline) -> tuple[TrailStep, ...]:
        """What stands above a chapter."""
        way = self._outline.trails.get(chapter.trail, ())
        return tuple(TrailStep(number, step.label, step.label == chapter.step) for number, step in enumerate(way, 1))

    def steps(self, chapter: ChapterOutline, shown: Iterable[Step | None]) -> tuple[int, ...]:
        """The numbers of the steps of a chapter's way that are done on what these steps of a scenario show."""
        here = {step.screen_title or (WINDOW if step.surface == "browser" else "") for step in shown if step}
        way: Sequence[frozenset[str]] = self._titles.get(chapter.trail, [])
        return tuple(number for number, titles in enumerate(way, 1) if titles & here)


def _titles(step: WayStep, titles: Mapping[str, str]) -> frozenset[str]:
    if unknown := [key for key in step.screens if key not in titles]:
        raise OutlineError(f"content/trails.yaml: 「{step.label}」の画面 {unknown[0]} はありません")
    return frozenset(titles[key] for key in step.screens)
