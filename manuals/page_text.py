"""What can be read on HTML pages."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path


def text_of(page: Path) -> list[str]:
    """What can be read on an HTML page, line by line."""
    reader = _read(page)
    return [line for line in (" ".join(one.split()) for one in "".join(reader.told).splitlines()) if line]


def title_of(page: Path) -> str:
    """The title of an HTML page; nothing where it has none."""
    return _read(page).title.strip()


class _Reader(HTMLParser):
    """Reads the words of a page."""

    SILENT = frozenset({"script", "style", "template"})
    INLINE = frozenset({"a", "b", "span", "strong", "em", "small", "code", "kbd", "sup", "sub", "wbr", "ruby", "rt"})

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.title = ""
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in self.SILENT or tag == "title":
            self._within.append(tag)
        elif tag not in self.INLINE:
            self.told.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()
        elif tag not in self.INLINE:
            self.told.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.told.append(data)
        elif self._within[-1] == "title":
            self.title += data


def _read(page: Path) -> _Reader:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader
