"""Numbers the pictures of a manual and tells what is drawn over each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from manuals.model import Badge, Figure, FigureKind
from manuals.pictures import Drawing, shown_height, with_badges_placed
from manuals.procedure import Act
from simulator.catalogue import Screen
from storyboard.marks import marks
from storyboard.model import Step, Surface, Touch

KINDS: Mapping[Surface | None, FigureKind] = {"browser": "browser", "desk": "illustration"}
WINDOW = "ブラウザのウィンドウ"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class UnmatchedMask(Exception):  # noqa: N818 - it names what happened
    """A picture shows an input of a secret, and where it is was not recorded; the text says which."""


@dataclass(frozen=True)
class Work:
    """A picture to be drawn: the recorded one, relative to the report folder, and what is drawn over it."""

    source: str
    drawing: Drawing
    figure: Figure


class FigureMaker:
    """Makes the figures of one manual.

    Args:
        screens: by their ids.
        report: the folder of the recorded pictures, to leave out their empty lower parts; they stay where it is None.
    """

    def __init__(self, screens: Mapping[str, Screen], report: Path | None = None) -> None:
        self._screens, self._report = screens, report
        self._chapter, self._count = 0, 0
        self._drawings: dict[str, Drawing] = {}
        self.works: list[Work] = []

    def begin_chapter(self, number: int) -> None:
        """Number pictures from 1 again."""
        self._chapter, self._count = number, 0

    def of_act(self, step: Step, act: Act, badges: Sequence[Badge]) -> Figure:
        """The picture of a screen with numbered badges on the controls that were used.

        Raises:
            UnmatchedMask: a secret was typed, and the picture does not tell where it is.
        """
        return self._figure(step, act.touches, tuple(badges))

    def of_outcome(self, step: Step) -> Figure:
        """The picture of what came of it."""
        return self._figure(step, [], ())

    def _figure(self, step: Step, touches: Sequence[Touch], badges: tuple[Badge, ...]) -> Figure:
        self._require_masks(step, touches)
        self._count += 1
        source, (width, height) = step.picture or "", step.picture_size or (0, 0)
        masks = tuple(hidden.box for hidden in step.hidden)
        drawn = marks(touches, (width, height))
        if self._report:
            drawn = with_badges_placed(self._report / source, drawn, masks)
            height = shown_height(self._report / source, drawn, masks)
        drawing = Drawing(drawn, masks, height)
        id_ = self._id(PurePosixPath(source).stem + ("" if badges else "-after"), drawing)
        title = self._title(step)
        figure = Figure(
            id=id_,
            number=f"図{self._chapter}-{self._count}",
            path=f"pictures/{id_}.png",
            original=f"originals/{id_}.png",
            width=width,
            height=height,
            kind=KINDS.get(step.surface, "portal"),
            caption=title,
            alt=_alt(title, badges),
            screen_id=step.screen_id if step.screen_id in self._screens else None,
            badges=badges,
        )
        self.works.append(Work(source, drawing, figure))
        return figure

    def _id(self, name: str, drawing: Drawing) -> str:
        """The name; with a number, where the same picture stands elsewhere with something else drawn over it."""
        taken = (id_ for id_ in (name, *(f"{name}-{count}" for count in range(2, 100))))
        return next(id_ for id_ in taken if self._drawings.setdefault(id_, drawing) == drawing)

    def _title(self, step: Step) -> str:
        if not step.screen_title:
            return WINDOW
        name = _named(step.screen_title, "ウィンドウ" if step.surface == "desk" else "画面")
        return f"{name}（{WINDOW}）" if step.surface == "browser" else name

    def _require_masks(self, step: Step, touches: Sequence[Touch]) -> None:
        screen = self._screens.get(step.screen_id or "")
        secret = {field.label for field in screen.fields if field.secret or field.sensitive} if screen else set()
        known = {hidden.label for hidden in step.hidden}
        for touch in touches:
            if touch.label in secret - known:
                raise UnmatchedMask(f"「{step.screen_title}」画面の「{touch.label}」を隠す場所が記録されていません")


def _named(title: str, kind: str) -> str:
    """The title with what it is, unless it says so itself."""
    return f"「{title}」" if title.endswith(kind) else f"「{title}」{kind}"


def _alt(title: str, badges: Sequence[Badge]) -> str:
    pointed = "、".join(
        f"{CIRCLED[badge.number] if badge.number < len(CIRCLED) else badge.number}{badge.label}" for badge in badges
    )
    return f"{title}。番号の示すもの: {pointed}。" if pointed else f"{title}。"
