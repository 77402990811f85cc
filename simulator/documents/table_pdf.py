"""A list as a PDF to print: A4 landscape, its heading on every page, page numbers, totals at the end (MNU-06)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from simulator.documents.fonts import GOTHIC, MINCHO, register_fonts, runs_of

WIDTH, HEIGHT = landscape(A4)
MARGIN = 34.0  # points, as everything here
TOP = HEIGHT - 96
BOTTOM = 40.0
ROW = 14.6
SIZE, SMALL, TITLE = 8.4, 8.0, 15.0
PADDING = 3.5
NARROWEST = 60  # percent of a letter's width; below that a text is cut
INK, RULE, STRONG, TINT, BAND = (HexColor(c) for c in ("#1a1a1a", "#b8c0c8", "#31465a", "#e6ecf1", "#f6f8fa"))
BASELINE = (ROW - SIZE) / 2 + 1.2
PAGES = "pages"
ELLIPSIS = "…"
WHOLE = 100.0  # percent
HAIR = 0.4
Cell = str | int


@dataclass(frozen=True)
class Column:
    """A column of the list.

    Attributes:
        label: its heading.
        share: its width, in proportion to the others'.
    """

    label: str
    share: float = 1.0


@dataclass(frozen=True)
class TableDocument:
    """What is printed around the rows.

    Attributes:
        title: the name of the list.
        columns: at least one.
        facts: label and value of what the list is about: whose, which month.
        issuer: who made it, at the upper left.
        made_at: when, in words, at the upper right.
        mark: what says that nothing here is real; empty for none.
        empty: what stands there without any row.
        totals_label: what the row of totals is called; without it there is none.
        totals: sums under the last columns; None under a column that has none.
    """

    title: str
    columns: Sequence[Column]
    facts: Sequence[tuple[str, str]] = ()
    issuer: str = ""
    made_at: str = ""
    mark: str = ""
    empty: str = ""
    totals_label: str = ""
    totals: Sequence[int | None] = ()


def write_table_pdf(file: BinaryIO, document: TableDocument, rows: Iterable[Sequence[Cell]]) -> int:
    """Write a list as PDF, the same bytes for the same data; returns how many pages it has.

    Numbers stand at the right, with thousands separated. A text too wide for its column is narrowed, then cut.

    Raises:
        FontMissing: there is no Japanese font to embed.
    """
    register_fonts()
    canvas = Canvas(
        file,
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=GOTHIC,  # type: ignore[arg-type] # the stubs take a font's name for a size
        lang="ja-JP",
    )
    page = _Page(canvas, document)
    page.begin()
    has_rows = False
    for row in rows:
        has_rows = True
        page.row(row)
    if not has_rows and document.empty:
        page.remark(document.empty)
    if document.totals_label:
        page.totals()
    return page.end()


class _Page:
    """The page being written."""

    def __init__(self, canvas: Canvas, document: TableDocument) -> None:
        self.canvas, self.document = canvas, document
        canvas.setTitle(document.title)
        canvas.setAuthor(document.issuer)
        whole = sum(column.share for column in document.columns)
        self.widths = [column.share / whole * (WIDTH - 2 * MARGIN) for column in document.columns]
        self.lefts = [MARGIN + sum(self.widths[:place]) for place in range(len(self.widths))]
        self.number, self.top, self.rows = 0, TOP, 0

    def begin(self) -> None:
        """Head of a page, with the headings of the columns."""
        self.number, self.top, self.rows = self.number + 1, TOP, 0
        _head(self.canvas, self.document, self.number)
        self._fill(TINT)
        for place, column in enumerate(self.document.columns):
            left, width = self.lefts[place], self.widths[place]
            self._write(column.label, left + width / 2, width, "middle")
        self.top -= ROW
        self._line(STRONG, 0.9)

    def row(self, cells: Sequence[Cell]) -> None:
        """One row; begins a new page where this one is full."""
        self._make_room()
        if self.rows % 2:
            self._fill(BAND)
        for place, cell in enumerate(cells):
            self._cell(cell, place)
        self._next()

    def remark(self, text: str) -> None:
        """A sentence instead of rows."""
        self._write(text, MARGIN + PADDING, WIDTH - 2 * MARGIN, "start")
        self._next()

    def totals(self) -> None:
        """The row of totals, set off from the others."""
        self._make_room()
        self._line(STRONG, 0.9)
        self._fill(TINT)
        totals = self.document.totals
        first = len(self.widths) - len(totals)
        self._write(self.document.totals_label, MARGIN + PADDING, sum(self.widths[:first]), "start")
        for place, total in enumerate(totals, start=first):
            if total is not None:
                self._cell(total, place)
        self.top -= ROW
        self._line(STRONG, 0.9)

    def end(self) -> int:
        """Finish; only now it is known how many pages there are."""
        self._finish()
        canvas = self.canvas
        canvas.beginForm(PAGES)
        canvas.setFont(GOTHIC, SMALL)
        canvas.drawString(0, 0, f" / {self.number:,}")
        canvas.endForm()
        canvas.save()
        return self.number

    def _make_room(self) -> None:
        if self.top - ROW < BOTTOM:
            self._finish()
            self.begin()

    def _finish(self) -> None:
        self.canvas.showPage()

    def _next(self) -> None:
        self.top -= ROW
        self.rows += 1
        self._line(RULE, HAIR)

    def _cell(self, cell: Cell, place: int) -> None:
        left, width = self.lefts[place], self.widths[place]
        if isinstance(cell, int):
            self._write(f"{cell:,}", left + width - PADDING, width, "end")
        else:
            self._write(cell, left + PADDING, width, "start")

    def _write(self, text: str, x: float, width: float, anchor: str) -> None:
        """Write a text in the row below `top`; `x` is its start, middle or end."""
        _put(self.canvas, text, (x, self._baseline()), width - 2 * PADDING, anchor)

    def _baseline(self) -> float:
        return self.top - ROW + BASELINE

    def _fill(self, colour: Color) -> None:
        self.canvas.setFillColor(colour)
        # Not over the rule above it.
        self.canvas.rect(MARGIN, self.top - ROW, WIDTH - 2 * MARGIN, ROW - HAIR, stroke=0, fill=1)

    def _line(self, colour: Color, thickness: float) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(MARGIN, self.top, WIDTH - MARGIN, self.top)


def _put(canvas: Canvas, text: str, place: tuple[float, float], room: float, anchor: str = "start") -> None:
    """Write a text that fits; `place` is its start, middle or end, on the base line."""
    text, wide, scale = _fitted(text, room)
    x, y = place
    line = canvas.beginText(x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor], y)
    line.setFillColor(INK)
    if scale != WHOLE:
        line.setHorizScale(scale)
    for font, part in runs_of(text, GOTHIC):
        line.setFont(font, SIZE)
        line.textOut(part)
    if scale != WHOLE:
        line.setHorizScale(WHOLE)
    canvas.drawText(line)


@lru_cache(maxsize=4096)
def _fitted(text: str, room: float) -> tuple[str, float, float]:
    """The text, narrowed and if need be cut so that it fits; how wide it is then, and the percentage of that width."""
    wide = _wide(text)
    if wide <= room:
        return text, wide, WHOLE
    at_most = room * WHOLE / NARROWEST
    if wide > at_most:
        while text and _wide(text + ELLIPSIS) > at_most:
            text = text[:-1]
        text += ELLIPSIS
        wide = _wide(text)
    scale = min(room / wide * WHOLE, WHOLE)
    return text, wide * scale / WHOLE, scale


def _wide(text: str) -> float:
    return sum(stringWidth(part, font, SIZE) for font, part in runs_of(text, GOTHIC))


def _head(canvas: Canvas, document: TableDocument, number: int) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(GOTHIC, SMALL)
    canvas.drawString(MARGIN, HEIGHT - MARGIN - 4, document.issuer)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - MARGIN - 4, document.made_at)
    canvas.setFont(MINCHO, TITLE)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - MARGIN - 22, document.title)
    facts = "\u3000\u3000".join(f"{label}\u3000{value}" for label, value in document.facts)
    _put(canvas, facts, (MARGIN, TOP + 10), WIDTH - 2 * MARGIN - (_mark_width(document.mark) if document.mark else 0))
    _page_number(canvas, number)
    if document.mark:
        _mark(canvas, document.mark)


def _page_number(canvas: Canvas, number: int) -> None:
    canvas.setFont(GOTHIC, SMALL)
    canvas.drawRightString(WIDTH / 2, BOTTOM - 18, f"{number:,}")
    canvas.saveState()
    canvas.translate(WIDTH / 2, BOTTOM - 18)
    canvas.doForm(PAGES)
    canvas.restoreState()


def _mark(canvas: Canvas, mark: str) -> None:
    wide = _mark_width(mark)
    canvas.setStrokeColor(STRONG)
    canvas.setLineWidth(0.6)
    canvas.roundRect(WIDTH - MARGIN - wide, TOP + 6, wide, 13, 2, stroke=1, fill=0)
    canvas.drawCentredString(WIDTH - MARGIN - wide / 2, TOP + 9.6, mark)


def _mark_width(mark: str) -> float:
    return stringWidth(mark, GOTHIC, SMALL) + 10
