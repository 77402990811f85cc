"""The Japanese fonts that are embedded in every PDF, so that it looks and prints the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from simulator.rules import without_selectors

GOTHIC, BOLD, MINCHO, RARE = "Gothic", "GothicBold", "Mincho", "Rare"
STAND_IN = "〓"  # what printers have put for a missing character since the days of lead type
_DEBIAN, _WINDOWS = "/usr/share/fonts/truetype/", "C:/Windows/Fonts/"
# TrueType outlines only: the PDF library cannot embed others. The last one is for rare kanji in names.
FILES: dict[str, tuple[str, ...]] = {
    GOTHIC: (f"{_DEBIAN}bizud-gothic/BIZUDGothic-Regular.ttf", f"{_WINDOWS}BIZ-UDGothicR.ttc"),
    BOLD: (f"{_DEBIAN}bizud-gothic/BIZUDGothic-Bold.ttf", f"{_WINDOWS}BIZ-UDGothicB.ttc"),
    MINCHO: (f"{_DEBIAN}bizud-mincho/BIZUDMincho-Regular.ttf", f"{_WINDOWS}BIZ-UDMinchoM.ttc"),
    RARE: (f"{_DEBIAN}ipamj/ipamjm.ttf", f"{_WINDOWS}msmincho.ttc"),
}
ADVICE = "fonts-morisawa-bizud-gothic、fonts-morisawa-bizud-mincho、fonts-ipamj-mincho を入れてください"


class FontMissing(Exception):  # noqa: N818 - it names what happened
    """No Japanese font that can be embedded is installed."""


class _Font(TTFont):
    """A font whose rare kanji can be searched and copied, too.

    The library names letters beyond U+FFFF by five digits in the table that readers look in (`makeToUnicodeCMap`,
    reportlab 5.1); PDF wants UTF-16.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - the library's name
        known = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - known:
            if name.startswith("toUnicodeCMap:"):
                table = cast("PDFStream", doc.idToObject[name])
                table.content = re.sub(r"<([0-9A-F]{5,6})>", _utf16, table.content)


def _utf16(letter: re.Match[str]) -> str:
    return f"<{chr(int(letter[1], 16)).encode('utf-16-be').hex().upper()}>"


def register_fonts() -> None:
    """Make `GOTHIC`, `BOLD` and `MINCHO` known to the PDF library; doing it again changes nothing.

    Raises:
        FontMissing: a font is not installed.
    """
    for name in (GOTHIC, BOLD, MINCHO):
        _font(name)


@lru_cache(maxsize=4096)
def runs_of(text: str, font: str) -> tuple[tuple[str, str], ...]:
    """Split a text into parts and the font that has their letters; a letter that none has becomes 〓.

    The PDF library cannot show variants: the selectors behind their letters go.

    Raises:
        FontMissing: a font is not installed.
    """
    text = without_selectors(text)
    if _holds(font, text):
        return ((font, text),)
    return tuple((name, "".join(letter for _, letter in part)) for name, part in groupby(_spelt(text, font), _first))


def _spelt(text: str, font: str) -> Iterator[tuple[str, str]]:
    for letter in text:
        if _holds(font, letter):
            yield font, letter
        else:
            yield (RARE, letter) if _holds(RARE, letter) else (font, STAND_IN)


def _first(pair: tuple[str, str]) -> str:
    return pair[0]


def _holds(name: str, text: str) -> bool:
    return all(ord(letter) in _letters(name) for letter in text)


@lru_cache(maxsize=len(FILES))
def _letters(name: str) -> frozenset[int]:
    return frozenset(cast("dict[int, int]", _font(name).face.charToGlyph))


def _font(name: str) -> TTFont:
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(_read(name, FILES[name]))
    return cast("TTFont", pdfmetrics.getFont(name))


def font_file(name: str) -> str:
    """Return the file of one of the fonts.

    Raises:
        FontMissing: it is not installed.
    """
    return _installed(FILES[name])


def _read(name: str, files: Sequence[str]) -> TTFont:
    file = _installed(files)
    try:
        return _Font(name, file)
    except TTFError as problem:
        raise FontMissing(f"フォント {file} を PDF に埋め込めません（{problem}）") from problem


def _installed(files: Sequence[str]) -> str:
    for file in files:
        if Path(file).is_file():
            return file
    raise FontMissing(f"PDF に埋め込む日本語フォントがありません。{ADVICE}")
