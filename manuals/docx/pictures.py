"""Pictures as Word shows them: of three widths, framed, and without the empty page below what a screen shows.

A picture is cut only in the document's view of it: Word and LibreOffice give the rest back to who wants it.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Length, Mm
from PIL import Image, ImageChops

from manuals.docx.elements import Element, make
from manuals.model import Figure

WIDE, DESK, NARROW, SMALL = Mm(146), Mm(116), Mm(108), Mm(78)
"""Of pages, of whole desktops (two stand on a page), and of smaller windows."""
WIDE_PIXELS, NARROW_PIXELS = 900, 500
TALLEST = Mm(190)
MARGIN = 24
"""How much of the empty page is left, in pixels."""
_WHOLE = 100_000
_EDGE, _EDGE_WIDTH = "A9B4C2", 6350


class Pictures:
    """The pictures of a document.

    Args:
        document: it.
    """

    def __init__(self, document: DocumentType) -> None:
        self._part = document.part
        self._count = 0

    def make(self, figure: Figure, path: str) -> Element:
        """Return a run with a picture, as wide as others of its kind and not higher than a page bears.

        Raises:
            OSError: it cannot be read.
        """
        shown = _shown(path)
        self._count += 1
        id_, image = self._part.get_or_add_image(path)
        # Not the part's own way, which searches the whole document for a free number each time.
        widest = DESK if figure.kind == "illustration" else WIDE
        size = _size(figure.width, figure.height * shown, widest)
        inline: Any = CT_Inline.new_pic_inline(self._count, id_, image.filename or figure.id, *size)
        inline.docPr.set("name", figure.number)
        inline.docPr.set("descr", figure.alt)
        if shown < 1:
            inline.find(f".//{qn('a:blip')}").addnext(_cut(shown))
        inline.find(f".//{qn('pic:spPr')}").append(_frame())
        return make("w:r", None, make("w:drawing", None, inline))


def _size(width: float, height: float, widest: Length) -> tuple[Length, Length]:
    wide = widest if width >= WIDE_PIXELS else NARROW if width >= NARROW_PIXELS else SMALL
    high = Mm(wide.mm * height / width)
    return (wide, high) if high <= TALLEST else (Mm(TALLEST.mm * width / height), TALLEST)


def _shown(path: str) -> float:
    """How much of a picture is shown, from above: all of it, or down to where only the ground of the page follows."""
    with Image.open(path) as opened:
        shown = opened.convert("RGB")
    ground = Image.new("RGB", shown.size, shown.getpixel((0, shown.height - 1)))
    content = ImageChops.difference(shown, ground).getbbox()
    return min(1.0, (content[3] + MARGIN) / shown.height) if content else 1.0


def _cut(shown: float) -> Element:
    cut = make("a:srcRect")
    cut.set("b", str(round(_WHOLE * (1 - shown))))
    return cut


def _frame() -> Element:
    colour = make("a:srgbClr")
    colour.set("val", _EDGE)
    line = make("a:ln", None, make("a:solidFill", None, colour))
    line.set("w", str(_EDGE_WIDTH))
    return line
