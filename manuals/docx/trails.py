"""The way through the system, step by step, with the current ones on dark ground."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from manuals import words
from manuals.docx.elements import Element, make, paragraph, run
from manuals.docx.tables import TEXT_WIDTH, shared, table_grid, table_properties, width_of
from manuals.model import TrailStep
from manuals.pages import circled

PALE, CURRENT = "EEF1F5", "1B3A5F"
_ARROW = "▶"
_STEP_SHARE, _ARROW_SHARE = 18, 2


def trail(steps: Sequence[TrailStep], current: Collection[int] = ()) -> list[Element]:
    """Return steps in a row, and the gap after it.

    Args:
        steps: at least one.
        current: the numbers of the current ones; those that say so themselves where empty.
    """
    marked = set(current) or {step.number for step in steps if step.is_current}
    widths = shared(TEXT_WIDTH, [share for _ in steps for share in (_STEP_SHARE, _ARROW_SHARE)][:-1])
    row = make("w:tr", None, make("w:trPr", None, make("w:cantSplit")))
    for place, width in enumerate(widths):
        row.append(_arrow(width) if place % 2 else _step(steps[place // 2], width, marked))
    properties = table_properties("TableNormal", sum(widths), 0, words.TRAIL)
    return [make("w:tbl", None, properties, table_grid(widths), row), paragraph("Gap", properties=_keep())]


def _step(step: TrailStep, width: int, marked: Collection[int]) -> Element:
    is_current = step.number in marked
    shade = make("w:shd", {"val": "clear", "color": "auto", "fill": CURRENT if is_current else PALE})
    style = "TrailCurrent" if is_current else "TrailStep"
    return _cell(f"{circled(step.number)}{step.label}", style, width, 28, [shade])


def _arrow(width: int) -> Element:
    return _cell(_ARROW, "TrailArrow", width, 0, [])


def _cell(text: str, style: str, width: int, margin: int, shade: Sequence[Element]) -> Element:
    sides = [make(f"w:{side}", {"w": margin, "type": "dxa"}) for side in ("left", "right")]
    properties = make("w:tcPr", None, width_of("w:tcW", width), *shade, make("w:tcMar", None, *sides))
    properties.append(make("w:vAlign", {"val": "center"}))
    return make("w:tc", None, properties, paragraph(style, run(text), properties=_keep()))


def _keep() -> list[Element]:
    return [make("w:keepNext")]
