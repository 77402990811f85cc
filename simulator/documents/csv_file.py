"""CSV as Excel in Japan opens it with a double click: CP932, CRLF, every cell quoted, a heading (MNU-08)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from simulator.documents.fonts import STAND_IN
from simulator.rules import without_selectors

# A spreadsheet takes a cell that begins with one of these for a formula, or for another cell after cutting it off.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "−", "＠")
NEUTRAL = "'"
# Of some characters that everybody has typed for JIS's, CP932 knows only a twin under another code point.
_TWINS = str.maketrans("−〜‖—¢£¬", "－～∥―¢£¬")
Cell = str | int


class CsvEncoding(StrEnum):
    """The character sets offered; each value is the name of Python's codec."""

    CP932 = "cp932"
    UTF8 = "utf-8-sig"  # with the mark by which Excel knows it

    @property
    def media_type(self) -> str:
        """What a file in it is, by the name that the web has for the character set."""
        return f"text/csv; charset={'Shift_JIS' if self is CsvEncoding.CP932 else 'utf-8'}"


@dataclass(frozen=True)
class Replaced:
    """A cell in which characters had to be replaced.

    Attributes:
        row: which row, from 0 on, the heading not counted.
        column: which column, from 0 on.
        characters: those that the character set lacks, once each.
    """

    row: int
    column: int
    characters: str


def write_csv(
    file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], encoding: CsvEncoding = CsvEncoding.CP932
) -> int:
    """Write a heading and rows; returns how many rows there were.

    A character that the character set lacks becomes 〓 (`find_replaced` tells which); where it only lacks variants, the
    selector goes. A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay
    numbers.
    """
    text = io.TextIOWrapper(file, encoding=encoding.value, errors="strict", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([_expressed(_neutral(cell), encoding) for cell in row])
        count += 1
    text.flush()
    text.detach()
    return count


def find_replaced(rows: Iterable[Sequence[Cell]], encoding: CsvEncoding = CsvEncoding.CP932) -> Iterator[Replaced]:
    """Find the cells in which characters will be replaced, in the order of the rows."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and not _fits(cell, encoding) and (lacking := _lacking(cell, encoding)):
                yield Replaced(number, column, "".join(dict.fromkeys(lacking)))


def _neutral(cell: Cell) -> str:
    text = str(cell)
    return NEUTRAL + text if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def _expressed(text: str, encoding: CsvEncoding) -> str:
    if _fits(text, encoding):
        return text
    spelt = without_selectors(text).translate(_TWINS)
    return "".join(character if _fits(character, encoding) else STAND_IN for character in spelt)


def _lacking(text: str, encoding: CsvEncoding) -> list[str]:
    return [character for character in without_selectors(text) if not _fits(character.translate(_TWINS), encoding)]


def _fits(text: str, encoding: CsvEncoding) -> bool:
    try:
        text.encode(encoding.value)
    except UnicodeEncodeError:
        return False
    return True
