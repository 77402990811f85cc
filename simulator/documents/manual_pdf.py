"""A chapter of the manual as PDF: A4 portrait, its screens in order, tables of inputs and buttons, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from simulator.documents.fonts import BOLD, GOTHIC, register_fonts, runs_of

WIDTH, HEIGHT = A4
MARGIN, TOP, BOTTOM = 48.0, 58.0, 52.0  # points, as everything here
ROOM = WIDTH - 2 * MARGIN
INK, NAVY, RULE, TINT, MUTED = (HexColor(c) for c in ("#1a1a1a", "#1f3f66", "#9fb2c8", "#e6ecf1", "#55636f"))
SIZE, SMALL = 9.6, 8.2
SHARES = {2: (0.26, 0.74), 3: (0.24, 0.28, 0.48)}
TOGETHER = 110.0  # a screen's heading does not stand alone at the foot of a page
HAIR = 0.5
LEADING = 1.55
PAGES = "pages"


@dataclass(frozen=True)
class ManualTable:
    """What a table of the chapter explains; the first cell of a row names it."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class ManualScreen:
    """A screen: its title and id, the blocks that matter, what one does there, and what to mind."""

    title: str
    id: str
    blocks: Sequence[str]
    lines: Sequence[str]
    tables: Sequence[ManualTable]
    notes: Sequence[str]


@dataclass(frozen=True)
class ManualDocument:
    """A chapter.

    Attributes:
        title: its name.
        category: the part of the manual that it belongs to.
        introduction: what it is for.
        contents: the heading over the list of its screens.
        screens: in their order.
        notes: the heading over what is to be minded.
        issuer: at the head of every page.
        mark: what says that nothing here is real; empty for none.
    """

    title: str
    category: str
    introduction: str
    contents: str
    screens: Sequence[ManualScreen]
    notes: str
    issuer: str = ""
    mark: str = ""


def write_manual_pdf(file: BinaryIO, manual: ManualDocument) -> int:
    """Write a chapter as PDF, the same bytes for the same data; returns how many pages it has.

    Raises:
        FontMissing: there is no Japanese font to embed.
    """
    register_fonts()
    made = BaseDocTemplate(
        file, pagesize=A4, title=manual.title, author=manual.issuer, lang="ja-JP", invariant=1, pageCompression=1
    )
    frame = Frame(MARGIN, BOTTOM, ROOM, HEIGHT - TOP - BOTTOM, leftPadding=0, rightPadding=0)
    made.addPageTemplates(PageTemplate(frames=[frame], onPage=partial(_around, manual)))
    made.build(list(_story(manual)), canvasmaker=_Numbered)
    return int(made.page)


class _Numbered(Canvas):
    """Tells the number of all pages at the end, when it is known."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "initialFontName": GOTHIC})

    def save(self) -> None:
        self.beginForm(PAGES)
        self.setFont(GOTHIC, SMALL)
        self.drawString(0, 0, f" / {self.getPageNumber() - 1}")
        self.endForm()
        super().save()


def _around(manual: ManualDocument, canvas: Canvas, _: BaseDocTemplate) -> None:
    """Head and foot of a page."""
    canvas.setFillColor(MUTED)
    canvas.setFont(GOTHIC, SMALL)
    canvas.drawString(MARGIN, HEIGHT - 36, manual.issuer)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 36, manual.mark)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIR)
    canvas.line(MARGIN, HEIGHT - 42, WIDTH - MARGIN, HEIGHT - 42)
    canvas.drawRightString(WIDTH / 2, 30, f"{canvas.getPageNumber()}")
    canvas.saveState()
    canvas.translate(WIDTH / 2, 30)
    canvas.doForm(PAGES)
    canvas.restoreState()


def _story(manual: ManualDocument) -> Iterator[Flowable]:
    yield _text(manual.category, SMALL, colour=MUTED)
    yield _text(manual.title, 17, bold=True, colour=NAVY, after=8)
    yield _text(manual.introduction, after=6)
    yield _text(manual.contents, bold=True, before=6, after=3)
    for number, screen in enumerate(manual.screens, start=1):
        blocks = f"（{'、'.join(screen.blocks)}）" if screen.blocks else ""
        yield _text(f"{number}．{screen.title}{blocks}", indent=12)
    for number, screen in enumerate(manual.screens, start=1):
        yield from _screen(manual, number, screen)


def _screen(manual: ManualDocument, number: int, screen: ManualScreen) -> Iterator[Flowable]:
    yield CondPageBreak(TOGETHER)
    yield Spacer(0, 14)
    yield _bar(number, screen)
    for block in screen.blocks:
        yield _text(f"［{block}］", bold=True, colour=NAVY, before=5)
    for line in screen.lines:
        yield _text(line, before=4)
    for table in screen.tables:
        yield _text(table.heading, bold=True, before=8, after=3, keep=True)
        yield _table(table)
    if screen.notes:
        yield _text(manual.notes, SMALL + 0.6, bold=True, before=8, after=2, keep=True)
        yield from (_text(f"※ {note}", SMALL + 0.4, indent=12, hanging=12) for note in screen.notes)


def _bar(number: int, screen: ManualScreen) -> Flowable:
    cells = [
        _text(f"{number}", SIZE + 1, bold=True, colour=HexColor("#ffffff"), centred=True),
        _text(screen.title, SIZE + 2, bold=True),
        _text(screen.id, SMALL, colour=MUTED),
    ]
    style = [
        ("BACKGROUND", (0, 0), (0, 0), NAVY),
        ("BACKGROUND", (1, 0), (-1, 0), TINT),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
    ]
    return Table([cells], colWidths=[26, ROOM - 26 - 62, 62], style=style, spaceAfter=2)


def _table(table: ManualTable) -> Flowable:
    head = [_text(column, SMALL, bold=True, centred=True) for column in table.columns]
    rows = [[_text(cell, SMALL + 0.4, bold=not place) for place, cell in enumerate(row)] for row in table.rows]
    widths = [share * ROOM for share in SHARES[len(table.columns)]]
    style: list[tuple[str, tuple[int, int], tuple[int, int], Any, *tuple[Any, ...]]] = [
        ("GRID", (0, 0), (-1, -1), HAIR, RULE),
        ("BACKGROUND", (0, 0), (-1, 0), TINT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table([head, *rows], colWidths=widths, repeatRows=1, style=TableStyle(style))


def _text(text: str, size: float = SIZE, **manner: Any) -> Paragraph:
    style = _style(size, **manner)
    parts = "".join(f'<font name="{font}">{escape(part)}</font>' for font, part in runs_of(text, style.fontName))
    return Paragraph(parts, style)


@cache
def _style(
    size: float,
    *,
    bold: bool = False,
    colour: Color = INK,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    hanging: float = 0,
    centred: bool = False,
    keep: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName=BOLD if bold else GOTHIC,
        fontSize=size,
        leading=size * LEADING,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=indent,
        firstLineIndent=-hanging,
        alignment=TA_CENTER if centred else 0,
        keepWithNext=int(keep),
        wordWrap="CJK",
    )
