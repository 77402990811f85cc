"""Extracts of a PDF: some of its pages as a PDF of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pypdf import PdfReader, PdfWriter

_RANGE = re.compile(r"\s*(\d+)\s*(?:[-〜～]\s*(\d+)\s*)?")


class PageRangeError(ValueError):
    """Pages that are not there were asked for; the text says in Japanese which."""


def extract_pages(pdf: Path, ranges: str, target: Path) -> Path:
    """Write the pages named by `ranges`, such as "3-12,20", in this order, and return `target`.

    Pages are counted from 1, as 通しページ at their foot. Bookmarks to what is left out are left out, too.

    Raises:
        PageRangeError: `ranges` is not written so, or names pages that are not there.
        OSError: a file cannot be read or written.
    """
    reader = PdfReader(pdf)
    numbers = pages_of(ranges, len(reader.pages))
    writer = PdfWriter()
    writer.append(reader, pages=[number - 1 for number in numbers])
    writer.metadata = reader.metadata
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        writer.write(stream)
    return target


def pages_of(ranges: str, count: int) -> list[int]:
    """Return the pages that `ranges` names in a document of `count` pages, in the order named.

    Raises:
        PageRangeError: it is not written as "3-12,20", names a page twice, or one that is not there.
    """
    numbers = list(chain.from_iterable(_range(part, count) for part in re.split("[,、，]", ranges)))
    if twice := [number for number in dict.fromkeys(numbers) if numbers.count(number) > 1]:
        raise PageRangeError(f"ページの指定「{ranges}」に、同じページが2度あります: {twice[0]}")
    return numbers


def _range(part: str, count: int) -> Iterator[int]:
    match = _RANGE.fullmatch(part)
    if not match:
        raise PageRangeError(f"ページの指定「{part.strip()}」が読めません。「3-12,20」のように指定してください")
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last <= count:
        raise PageRangeError(
            f"ページの指定「{part.strip()}」が正しくありません。1から{count}までを、小さい順に指定してください"
        )
    return iter(range(first, last + 1))
