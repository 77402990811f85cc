"""Tables and boxes of a manual in Word; widths are twentieths of a point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manuals.docx.elements import Element, make, paragraph, plain

Cell = str | Sequence[Element]
TEXT_WIDTH = 9412
"""From the left margin of the page to the right one."""
INDENT = 567
"""Of what belongs to a numbered instruction."""


def grid(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], shares: Sequence[int], indent: int = 0
) -> list[Element]:
    """Return a table whose first row stands again on every page and whose rows are not broken, and the gap after it.

    Args:
        title: what it tells, for who does not see it.
        heads: of its columns.
        rows: a cell is a text, or paragraphs.
        shares: widths of the columns relative to each other.
        indent: from the left margin.
    """
    widths = shared(TEXT_WIDTH - indent, shares)
    made = make(
        "w:tbl", None, table_properties("ManualTable", sum(widths), indent, title, has_head=True), table_grid(widths)
    )
    made.append(_row([[plain("TableHead", head)] for head in heads], widths, is_head=True))
    for row in rows:
        made.append(_row([_paragraphs(cell) for cell in row], widths))
    return [made, paragraph("Gap")]


def box(title: str, content: Iterable[Element], fill: str, edge: str, indent: int = 0) -> list[Element]:
    """Return paragraphs in a coloured frame, and the gap after it; a long one may go on on the next page."""
    width = TEXT_WIDTH - indent
    sides = ("top", "left", "bottom", "right")
    borders = [
        make(f"w:{side}", {"val": "single", "sz": 36 if side == "left" else 6, "space": 0, "color": edge})
        for side in sides
    ]
    properties = table_properties("TableNormal", width, indent, title, borders=borders)
    shade = make("w:shd", {"val": "clear", "color": "auto", "fill": fill})
    cell = make("w:tc", None, make("w:tcPr", None, width_of("w:tcW", width), shade), *content)
    return [make("w:tbl", None, properties, table_grid([width]), make("w:tr", None, cell)), paragraph("Gap")]


def _paragraphs(cell: Cell) -> Sequence[Element]:
    """A cell has a paragraph even where it has nothing to say."""
    return [plain("TableText", cell)] if isinstance(cell, str) else cell or [plain("TableText", "")]


def _row(cells: Sequence[Sequence[Element]], widths: Sequence[int], *, is_head: bool = False) -> Element:
    properties = make("w:trPr", None, make("w:cantSplit"))
    if is_head:
        properties.append(make("w:tblHeader"))
    made = [
        make("w:tc", None, make("w:tcPr", None, width_of("w:tcW", width)), *cell)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return make("w:tr", None, properties, *made)


def table_properties(
    style: str, width: int, indent: int, title: str, *, borders: Sequence[Element] = (), has_head: bool = False
) -> Element:
    """Return what a table is: its style, its place and what it tells."""
    look = {"firstRow": int(has_head), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    return make(
        "w:tblPr",
        None,
        make("w:tblStyle", {"val": style}),
        width_of("w:tblW", width),
        width_of("w:tblInd", indent),
        *([make("w:tblBorders", None, *borders)] if borders else []),
        make("w:tblLayout", {"type": "fixed"}),
        make("w:tblLook", {"val": "0620" if has_head else "0600", **look}),
        make("w:tblCaption", {"val": title}),
    )


def table_grid(widths: Iterable[int]) -> Element:
    """Return the columns of a table."""
    return make("w:tblGrid", None, *(make("w:gridCol", {"w": width}) for width in widths))


def width_of(tag: str, width: int) -> Element:
    """Return an element that tells a width."""
    return make(tag, {"w": width, "type": "dxa"})


def shared(room: int, shares: Sequence[int]) -> list[int]:
    """Return parts of a width in relation to each other."""
    return [room * share // sum(shares) for share in shares]
