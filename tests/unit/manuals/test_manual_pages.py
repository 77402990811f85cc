"""The HTML manual is one folder in which every link leads somewhere, and tells everything the manual does."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from jinja2 import UndefinedError

from manuals.checklist import Checklist, ChecklistLine, ClauseLine
from manuals.html import write_checklist, write_html
from manuals.model import Manual
from manuals.pages import circled, css_string, emphasised, write_page
from tests.unit.manuals.manual_samples import HOSTILE, draw_pictures, sample_manual


class Links(HTMLParser):
    """Reads what a page links, and what it can be linked by."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        values = dict(attrs)
        self.anchors.add(values.get("id") or "")
        self.targets += [value for name in ("href", "src") if (value := values.get(name)) is not None]


def broken_links(folder: Path, more: Iterable[str] = ()) -> list[str]:
    """Links of all pages, and these of the first one, that lead nowhere or out of the folder."""
    pages = {path.name: Links(path) for path in folder.glob("*.html")}
    links = [(page, target) for page, read in pages.items() for target in read.targets]
    return [
        f"{page}: {target}"
        for page, target in [*links, *(("index.html", one) for one in more)]
        if not leads(folder, pages, page, target)
    ]


def leads(folder: Path, pages: dict[str, Links], page: str, target: str) -> bool:
    parts = urlsplit(target)
    name = unquote(parts.path) or page
    if parts.scheme or parts.netloc or name.startswith("/") or not (folder / name).is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in pages[name].anchors


def entries(folder: Path) -> list[dict[str, str]]:
    script = (folder / "assets" / "search-index.js").read_text(encoding="utf-8")
    found: list[dict[str, str]] = json.loads(script.partition("ENTRIES = ")[2].rstrip().rstrip(";"))
    return found


@pytest.fixture
def manual() -> Manual:
    return sample_manual()


@pytest.fixture
def folder(manual: Manual, tmp_path: Path) -> Path:
    draw_pictures(manual, tmp_path)
    write_html(manual, tmp_path)
    return tmp_path


def test_no_link_is_broken_and_no_picture_missing(folder: Path) -> None:
    assert broken_links(folder, (entry["href"] for entry in entries(folder))) == []


def test_a_missing_picture_and_a_wrong_fragment_are_found(folder: Path, manual: Manual) -> None:
    figure = next(manual.figures())
    (folder / figure.path).unlink()
    assert broken_links(folder, ["index.html#nowhere"]) == [
        f"chapter-chapter_1.html: {figure.path}",
        "index.html: index.html#nowhere",
    ]


def test_every_page_can_be_reached_from_the_first_one(folder: Path) -> None:
    assert {path.name for path in folder.glob("*.html")} <= set(Links(folder / "index.html").targets)


def test_the_checklist_leads_to_chapters_and_sections_and_names_what_lacks(folder: Path, manual: Manual) -> None:
    shown = ClauseLine("LGN-01", tuple(section.id for section in manual.sections()), ("part-1-1",))
    lines = (
        ChecklistLine("Ⅲ.2", ("chapter_1", "chapter_2"), (shown, ClauseLine("LGN-02", (), ("part-1-2",)))),
        ChecklistLine("Ⅲ.3", (), (ClauseLine("INF-01", ()),)),
        ChecklistLine("cover §3", ("chapter_1",), ()),
    )
    page = write_checklist(manual, Checklist(manual.edition, lines, ("Ⅸ",)), folder)
    text = page.read_text(encoding="utf-8")
    assert broken_links(folder) == []
    assert "どの章にも載っていません: Ⅲ.3" in text
    assert "1.2（表と注記）" in text
    assert '<th scope="row">ご利用開始にあたって 3.</th>' in text
    assert re.findall(r"<dd>(\d+ / \d+)</dd>", text) == ["2 / 3", "2 / 3"]


def test_two_builds_have_the_same_bytes(folder: Path, manual: Manual, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    write_html(manual, other)
    written = {path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()}
    assert written == {name: (folder / name).read_bytes() for name in written}


def test_pages_of_chapters_that_are_gone_are_removed(folder: Path, manual: Manual) -> None:
    write_html(replace(manual, chapters=manual.chapters[:2]), folder)
    assert sorted(path.name for path in folder.glob("chapter-*")) == [
        "chapter-chapter_1.html",
        "chapter-chapter_2.html",
    ]
    assert broken_links(folder) == []


def test_nothing_that_is_written_in_a_manual_becomes_markup(folder: Path) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    assert HOSTILE not in pages
    assert "&lt;script&gt;" in pages


def test_no_page_needs_a_network(folder: Path) -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in folder.rglob("*.*") if path.suffix in {".html", ".css", ".js"}
    ]
    assert [text for text in texts if re.search(r"https?://|@import|url\(", text)] == []


def test_the_picture_s_numbers_are_told_where_the_instruction_is(folder: Path) -> None:
    page = (folder / "chapter-chapter_1.html").read_text(encoding="utf-8")
    assert '次のとおり入力します。<span class="badges" role="img" aria-label="図中の番号 1、2">' in page
    assert re.search(r'<ol class="instructions" start="3">\s*<li value="3">', page)


def test_a_picture_that_is_not_of_the_portal_says_so(folder: Path) -> None:
    page = (folder / "chapter-chapter_1.html").read_text(encoding="utf-8")
    marks = Counter(re.findall(r'<span class="kind">(.*?)</span>', page))
    assert marks == {"ブラウザの画面": 2, "説明図": 2}


def test_the_current_step_of_the_trail_is_told(folder: Path) -> None:
    page = (folder / "chapter-chapter_3.html").read_text(encoding="utf-8")
    assert re.findall(r'aria-current="step"><span class="count">(.)</span>(.*?)<', page) == [("③", "ログイン")]


def test_every_section_message_and_screen_can_be_found(folder: Path, manual: Manual) -> None:
    titles = [entry["title"] for entry in entries(folder)]
    assert [title for title in titles if title.startswith("E")] == [line.code for line in manual.messages]
    assert {f"{one.number} {one.title}" for one in manual.sections()} <= set(titles)
    assert {f"{one.id} {one.title}" for one in manual.screens} <= set(titles)


def test_a_template_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        write_page(tmp_path / "page.html", "messages.html")


def test_what_stands_between_asterisks_is_emphasised_and_the_rest_escaped() -> None:
    assert emphasised("**必ず**<b>") == "<strong>必ず</strong>&lt;b&gt;"


def test_numbers_are_circled_as_far_as_there_are_letters_for_it() -> None:
    assert [circled(number) for number in (1, 20, 21, 35, 36, 50, 51)] == ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "(51)"]


def test_no_text_ends_a_style_sheet_s_string() -> None:
    assert css_string('a"</style>') == '"a\\22 \\3c \\2f style\\3e "'
