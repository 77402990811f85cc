"""Lists to look things up in: filtered by words, in lines that a terminal of 80 columns shows whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated
from unicodedata import normalize

import typer

COLUMNS = 80
NOTHING_FOUND = 1

Words = Annotated[
    list[str] | None, typer.Argument(help="この語をすべて含むものだけ（全角と半角は同じ）", show_default=False)
]


def has_all(words: Iterable[str] | None, *texts: str) -> bool:
    """Whether every word is in one of the texts, whatever its width and case."""
    searched = "\n".join(map(_plain, texts))
    return all(_plain(word) in searched for word in words or ())


def tell_items(label: str, items: Sequence[str], indent: int = 4) -> None:
    """Print a label and what belongs to it, parted by 、 and broken between items; nothing where there are none."""
    from rich.cells import cell_len  # noqa: PLC0415 - costs time

    line = f"{' ' * indent}{label}: "
    hanging = " " * cell_len(line)
    for number, item in enumerate(items, 1):
        piece = item if number == len(items) else f"{item}、"
        if number > 1 and cell_len(line + piece) > COLUMNS:
            print(line)
            line = hanging
        line += piece
    if items:
        print(line)


def conclude(found: int, unit: str, words: Iterable[str] | None) -> None:
    """Say how many were found; none is exit code 1."""
    asked = "".join(f"「{word}」" for word in words or ())
    if not found:
        typer.echo(f"{asked}を含む{unit}はありません。", err=True)
        raise typer.Exit(NOTHING_FOUND)
    print(f"{found} 件の{unit}" + ("" if asked else "（語を続けて書くと、絞り込めます）"))


def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()
