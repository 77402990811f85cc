"""What the templates of manuals share: the Jinja environment and the words in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from manuals import words
from manuals.model import Audience, Chapter, FigureKind, Manual
from simulator.templates import templates_of

HERE = Path(__file__).parent
AUDIENCES: Mapping[Audience, str] = {
    "everyone": "全ユーザー",
    "master": "マスターユーザー",
    "general": "一般ユーザー",
}
KINDS: Mapping[FigureKind, str] = {"portal": "", "browser": "ブラウザの画面", "illustration": "説明図"}
_EMPHASISED = re.compile(r"\*\*(.+?)\*\*")
_CIRCLED = {range(1, 21): 0x2460, range(21, 36): 0x3251, range(36, 51): 0x32B1}


@lru_cache
def environment() -> Environment:
    """The templates of all formats: text is escaped, and a name that is not there is an error."""
    pages = templates_of("manuals")
    pages.filters |= {
        "circled": circled,
        "css_string": css_string,
        "day": day,
        "emphasised": emphasised,
        "plain": plain,
    }
    pages.globals |= {"AUDIENCES": AUDIENCES, "KINDS": KINDS, "words": words}
    return pages


def write_page(path: Path, template: str, **values: object) -> Path:
    """Fill in a template and write it, with the same bytes on every system.

    Raises:
        UndefinedError: the template names what was not given.
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(environment().get_template(template).render(values) + "\n", encoding="utf-8", newline="\n")
    return path


def parts_of(manual: Manual) -> list[tuple[str, Sequence[Chapter]]]:
    """The chapters in order, below the title of their part."""
    return [(title, list(chapters)) for title, chapters in groupby(manual.chapters, key=lambda one: one.part)]


def circled(number: int) -> str:
    """Return a number as trails print it: ①; above 50, where no such letters are, (51)."""
    for numbers, first in _CIRCLED.items():
        if number in numbers:
            return chr(first + number - numbers.start)
    return f"({number})"


def day(value: date) -> str:
    """Return a date as 2026年11月20日."""
    return f"{value.year}年{value.month}月{value.day}日"


def emphasised(text: str) -> Markup:
    """Return a text with what stands between `**` emphasised."""
    return Markup(_EMPHASISED.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 - escaped just here


def plain(text: str) -> str:
    """Return a text without its `**`."""
    return _EMPHASISED.sub(r"\1", text)


def css_string(text: str) -> Markup:
    """Return a text as a string of a style sheet, which no text can end early."""
    return Markup('"' + "".join(map(_css_letter, text)) + '"')  # noqa: S704 - every letter that could end it is replaced


def _css_letter(letter: str) -> str:
    return letter if letter.isalnum() or letter in " 　．・、。（）「」-" else f"\\{ord(letter):x} "
