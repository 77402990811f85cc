"""Makes the elements of WordprocessingML (ISO/IEC 29500-1), whose children have an order that Word insists on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
"""An lxml element; lxml tells no types."""
RESULT = 3
"""Where a field has the run of its result."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def make(tag: str, attributes: Mapping[str, str | int] | None = None, *children: Element) -> Element:
    """Return an element such as `make("w:jc", {"val": "center"})`; attributes without a prefix are of w."""
    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name if ":" in name else f"w:{name}"), str(value))
    element.extend(children)
    return element


def paragraph(style: str, *runs: Element, properties: Iterable[Element] = ()) -> Element:
    """Return a paragraph; `properties` follow the name of its style in the order of the schema."""
    return make("w:p", None, make("w:pPr", None, make("w:pStyle", {"val": style}), *properties), *runs)


def plain(style: str, text: str, *, keep_next: bool = False) -> Element:
    """Return a paragraph of a text, bold between `**`, that may have to stand on the page of what follows it."""
    return paragraph(style, *rich(text), properties=[make("w:keepNext")] if keep_next else [])


def run(text: str, style: str = "") -> Element:
    """Return a run; tabs and ends of lines in its text are kept."""
    made = make("w:r", None, *([make("w:rPr", None, make("w:rStyle", {"val": style}))] if style else []))
    for piece in re.split(r"([\t\n])", text):
        if piece in {"\t", "\n"}:
            made.append(make("w:tab" if piece == "\t" else "w:br"))
        elif piece:
            made.append(_text("w:t", piece))
    return made


def rich(text: str) -> Iterator[Element]:
    """Make runs of a text, those between `**` bold."""
    for count, piece in enumerate(_BOLD.split(text)):
        if piece:
            yield run(piece, "Strong" if count % 2 else "")


def field(code: str, result: str, style: str = "", *, is_stale: bool = False) -> list[Element]:
    """Return the runs of a field with what it shows until it is updated, which a stale one is when opened."""
    stale: dict[str, str | int] = {"dirty": "true"} if is_stale else {}
    begin = make("w:r", None, make("w:fldChar", {"fldCharType": "begin", **stale}))
    told = make("w:r", None, _text("w:instrText", f" {code} "))
    return [begin, told, _mark("separate"), run(result, style), _mark("end")]


def opening(code: str) -> list[Element]:
    """Return the runs that begin a field whose result is paragraphs; it is updated when opened."""
    return field(code, "", is_stale=True)[:3]


def closing() -> Element:
    """Return the run that ends such a field."""
    return _mark("end")


def link(bookmark: str, *runs: Element) -> Element:
    """Return runs that lead to a bookmark."""
    return make("w:hyperlink", {"anchor": bookmark, "history": 1}, *runs)


def bookmarked(names: Iterable[str], *runs: Element) -> list[Element]:
    """Return runs within bookmarks."""
    starts = [make("w:bookmarkStart", {"id": _number(name), "name": name}) for name in names]
    ends = [make("w:bookmarkEnd", {"id": start.get(qn("w:id"))}) for start in reversed(starts)]
    return [*starts, *runs, *ends]


def contents_mark(key: str) -> str:
    """Return the bookmark of a heading for the contents, which Word makes anew when it updates them."""
    return f"_Toc{_number(key):09d}"


def reference_mark(key: str) -> str:
    """Return the bookmark of a heading or caption for references, which stays."""
    return f"_Ref{_number(key):09d}"


def _number(key: str) -> int:
    """The same number for a key in every build, and another for every other key."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big") % 10**9


def _mark(kind: str) -> Element:
    return make("w:r", None, make("w:fldChar", {"fldCharType": kind}))


def _text(tag: str, text: str) -> Element:
    element = make(tag)
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element
