"""A paper form to fill in by hand: A4 portrait, boxes for letters, reasons to tick, room for signature and seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from simulator.documents.fonts import BOLD, GOTHIC, MINCHO, register_fonts, runs_of

WIDTH, HEIGHT = A4
LEFT, RIGHT = 48.0, WIDTH - 48.0  # points, as everything here
LABELS = 112.0  # width of the column of labels
LINE, BOX = 24.0, 18.0
SIZE, SMALL, TITLE = 10.0, 8.2, 18.0
INK, RULE, TINT, PALE = (HexColor(c) for c in ("#1a1a1a", "#31465a", "#e6ecf1", "#ececec"))
TICK = 8.5
THIN, THICK = 0.5, 1.1
OFFICE, OFFICE_FOOT = 50.0, 58.0
FOOT = 40.0
SLANT = 30
SAMPLE = 150.0
UNFIT_FOR_START, UNFIT_FOR_END = "、。）」』", "（「『"


@dataclass(frozen=True)
class FormEntry:
    """What is written: into so many boxes, a character each, or onto a line; with a hint how."""

    label: str
    boxes: int = 0
    hint: str = ""


@dataclass(frozen=True)
class FormChoice:
    """What can be ticked: a heading, and reasons; the last one with room to write."""

    heading: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class FormDocument:
    """A form.

    Attributes:
        title: at its head.
        copies: what each sheet is for; so many sheets there are.
        addressee, date: whom it is for, and the label and blanks of the date.
        statement: what is declared by it.
        contents, requests: the headings over entries and choices.
        customer: the heading over the signature, whose lines these are; `sealed` is the one with the room for a seal.
        office: the heading and the boxes of what the receiver fills in.
        notes: heading and lines.
        issuer: at the foot.
        sample: printed across the sheet.
        mark: what says that nothing here is real; empty for none.
    """

    title: str
    copies: Sequence[str]
    addressee: str
    date: tuple[str, str]
    statement: str
    contents: str
    entries: Sequence[FormEntry]
    requests: str
    choices: Sequence[FormChoice]
    other_blank: str
    customer: str
    signature: Sequence[str]
    sealed: str
    seal: str
    office: tuple[str, Sequence[str]]
    notes: tuple[str, Sequence[str]]
    issuer: str = ""
    sample: str = ""
    mark: str = ""


def write_form_pdf(file: BinaryIO, form: FormDocument) -> int:
    """Write a form as PDF, the same bytes for the same data; returns how many sheets it has.

    Raises:
        FontMissing: there is no Japanese font to embed.
        ValueError: it does not fit on one sheet.
    """
    register_fonts()
    canvas = Canvas(
        file,
        pagesize=A4,
        invariant=1,
        pageCompression=1,
        initialFontName=GOTHIC,  # type: ignore[arg-type] # the stubs take a font's name for a size
        lang="ja-JP",
    )
    canvas.setTitle(form.title)
    canvas.setAuthor(form.issuer)
    for copy in form.copies:
        _Sheet(canvas, form).draw(copy)
        canvas.showPage()
    canvas.save()
    return len(form.copies)


class _Sheet:
    """The sheet being drawn; `y` is the upper edge of what comes next."""

    def __init__(self, canvas: Canvas, form: FormDocument) -> None:
        self.canvas, self.form, self.y = canvas, form, HEIGHT - 42.0

    def draw(self, copy: str) -> None:
        """Everything, from the top to the foot."""
        self._sample()
        self._head(copy)
        self._customer()
        self._heading(self.form.contents)
        for entry in self.form.entries:
            self._entry(entry)
        self._heading(self.form.requests)
        for choice in self.form.choices:
            self._choice(choice)
        self._notes()
        if copy == self.form.copies[0]:  # the others stay with whoever filled it in
            self._office()
        self._text(self.form.issuer, WIDTH / 2 - _wide(self.form.issuer, SMALL) / 2, FOOT, SMALL)

    def _head(self, copy: str) -> None:
        form, top = self.form, self.y
        self._framed(copy, LEFT, top)
        if form.mark:
            self._framed(form.mark, RIGHT - _wide(form.mark, SMALL) - 14, top)
        self._text(form.title, WIDTH / 2 - _wide(form.title, TITLE, BOLD) / 2, top - 36, TITLE, BOLD)
        self._text(form.addressee, LEFT, top - 68, SIZE + 2, MINCHO)
        date = "\u3000".join(form.date)
        self._text(date, RIGHT - _wide(date, SIZE), top - 68)
        self.y = top - 90
        for line in _lines(form.statement, RIGHT - LEFT, SIZE):
            self._text(line, LEFT, self.y)
            self.y -= SIZE * 1.5
        self.y += SIZE * 0.8

    def _customer(self) -> None:
        self._heading(self.form.customer)
        for label in self.form.signature:
            if label == self.form.sealed:
                self._sealed_row(label)
            else:
                self._row(label, LINE)

    def _sealed_row(self, label: str) -> None:
        tall = LINE * 1.9
        self._row(label, tall)
        side, middle = tall - 8, self.y + tall / 2
        self.canvas.setLineWidth(THIN)
        self.canvas.setDash(2, 2)
        self.canvas.circle(RIGHT - 12 - side / 2, middle, side / 2)
        self.canvas.setDash()
        self._text(self.form.seal, RIGHT - 12 - side / 2 - _wide(self.form.seal, SMALL) / 2, middle - 3, SMALL)

    def _entry(self, entry: FormEntry) -> None:
        self._row(entry.label, LINE)
        left = LEFT + LABELS + 8
        self.canvas.setLineWidth(THIN)
        for place in range(entry.boxes):
            self.canvas.rect(left + place * BOX, self.y + (LINE - BOX) / 2, BOX, BOX)
        self._text(entry.hint, left + entry.boxes * BOX + 8, self.y + LINE / 2 - 3, SMALL)

    def _choice(self, choice: FormChoice) -> None:
        """The reasons beside each other, on as many lines as they need; the heading is ticked where there are more."""
        parts = [*choice.reasons[:-1], f"{choice.reasons[-1]}{self.form.other_blank}"]
        has_heading = len(self.form.choices) > 1
        left, room = LEFT + 10 + 16 * has_heading, RIGHT - LEFT - 20
        rows: list[list[tuple[float, str]]] = [[]]
        x = left
        for part in parts:
            wide = TICK + 5 + _wide(part, SIZE) + 16
            if x + wide - 16 > left + room - 16 * has_heading and rows[-1]:
                rows.append([])
                x = left
            rows[-1].append((x, part))
            x += wide
        tall = 19.0 * (len(rows) + has_heading) + 5
        self._frame(LEFT, RIGHT - LEFT, tall)
        line = self.y - 14.5
        if has_heading:
            self._ticked(choice.heading, LEFT + 10, line, BOLD)
            line -= 19
        for row in rows:
            for x, part in row:
                self._ticked(part, x, line)
            line -= 19
        self.y -= tall

    def _ticked(self, text: str, x: float, y: float, font: str = GOTHIC) -> None:
        self.canvas.setLineWidth(0.8)
        self.canvas.rect(x, y - 0.8, TICK, TICK)
        self._text(text, x + TICK + 5, y, SIZE, font)

    def _notes(self) -> None:
        heading, notes = self.form.notes
        self._heading(heading)
        self.y -= 2
        for note in notes:
            for number, line in enumerate(_lines(note, RIGHT - LEFT - 14, SMALL)):
                self._text("" if number else "※", LEFT, self.y - SMALL, SMALL)
                self._text(line, LEFT + 14, self.y - SMALL, SMALL)
                self.y -= SMALL * 1.55

    def _office(self) -> None:
        """At the foot of the sheet, wherever the rest has ended."""
        heading, labels = self.form.office
        top = OFFICE_FOOT + OFFICE + 27
        if self.y < top:
            raise ValueError(f"{self.form.title} does not fit on one sheet: {top - self.y:.0f} points too long")
        self.y = top
        self._heading(heading)
        wide = (RIGHT - LEFT) / len(labels)
        for place, label in enumerate(labels):
            left = LEFT + place * wide
            self._frame(left, wide, OFFICE)
            self.canvas.line(left, self.y - 16, left + wide, self.y - 16)
            self._text(label, left + wide / 2 - _wide(label, SMALL) / 2, self.y - 11.5, SMALL)

    def _heading(self, text: str) -> None:
        self.y -= 12
        self.canvas.setFillColor(RULE)
        self.canvas.rect(LEFT, self.y - 10.5, 3.5, 12, stroke=0, fill=1)
        self._text(text, LEFT + 9, self.y - 8.5, SIZE, BOLD)
        self.y -= 15

    def _row(self, label: str, tall: float) -> None:
        """A row of the table: the label, and room beside it."""
        self.canvas.setFillColor(TINT)
        self.canvas.rect(LEFT, self.y - tall, LABELS, tall, stroke=0, fill=1)
        self._frame(LEFT, RIGHT - LEFT, tall)
        self.canvas.line(LEFT + LABELS, self.y, LEFT + LABELS, self.y - tall)
        self._text(label, LEFT + 8, self.y - tall / 2 - 3.5)
        self.y -= tall

    def _frame(self, left: float, wide: float, tall: float) -> None:
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(THIN)
        self.canvas.rect(left, self.y - tall, wide, tall)

    def _framed(self, text: str, x: float, top: float) -> None:
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(THICK)
        self.canvas.roundRect(x, top - 15, _wide(text, SMALL) + 14, 15, 2)
        self._text(text, x + 7, top - 10.7, SMALL)

    def _sample(self) -> None:
        """Across the sheet, under everything else."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(SLANT)
        self._text(self.form.sample, -_wide(self.form.sample, SAMPLE) / 2, -SAMPLE / 3, SAMPLE, colour=PALE)
        canvas.restoreState()

    def _text(self, text: str, x: float, y: float, size: float = SIZE, font: str = GOTHIC, colour: Color = INK) -> None:
        line = self.canvas.beginText(x, y)
        line.setFillColor(colour)
        for name, part in runs_of(text, font):
            line.setFont(name, size)
            line.textOut(part)
        self.canvas.drawText(line)


def _wide(text: str, size: float, font: str = GOTHIC) -> float:
    return sum(stringWidth(part, name, size) for name, part in runs_of(text, font))


def _lines(text: str, room: float, size: float) -> list[str]:
    """The text in lines that fit; none begins or ends with what must not stand there."""
    lines = [""]
    for letter in text:
        if _wide(lines[-1] + letter, size) > room and letter not in UNFIT_FOR_START:
            kept = lines[-1].rstrip(UNFIT_FOR_END)
            lines.append(lines[-1][len(kept) :])
            lines[-2] = kept
        lines[-1] += letter
    return lines
