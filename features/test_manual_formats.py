"""The manuals' pages as a browser shows and prints them: judged from outside, searched, and read back."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader
from pypdf.generic import Destination

from fixtures.page_checks import JudgedKinds, NuChecker, PageChecks
from manuals.checklist import Checklist, ChecklistLine, ClauseLine
from manuals.html import write_checklist, write_html
from manuals.model import Manual
from manuals.pdf import PdfError, write_pdf
from tests.unit.manuals.manual_samples import draw_pictures, sample_manual


@pytest.fixture(scope="module")
def manual() -> Manual:
    return sample_manual()


@pytest.fixture(scope="module")
def folder(manual: Manual, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    draw_pictures(manual, folder)
    write_html(manual, folder)
    line = ChecklistLine("Ⅲ.2", ("chapter_1",), (ClauseLine("LGN-01", ("part-1-1",)), ClauseLine("LGN-02", ())))
    write_checklist(manual, Checklist(manual.edition, (line,), ("Ⅸ",)), folder)
    return folder


@pytest.fixture(scope="module")
def pdf(manual: Manual, folder: Path, browser: Browser) -> Path:
    return write_pdf(manual, folder, browser)


@pytest.fixture(scope="module")
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a network, as a manual has to do."""
    context = browser.new_context(offline=True)
    yield context
    context.close()


@pytest.fixture
def page(offline: BrowserContext) -> Iterator[Page]:
    page = offline.new_page()
    yield page
    page.close()


@pytest.mark.long
def test_axe_and_the_nu_checker_find_nothing_on_any_page(
    page: Page, folder: Path, checker: NuChecker, tmp_path: Path
) -> None:
    checks = PageChecks(checker, ("file:",), JudgedKinds(tmp_path))
    found = []
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        found += checks.problems(page)
    assert found == []


def test_the_search_finds_words_in_any_width_and_leads_there_by_keys_alone(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("ｅ１００２")
    expect(page.get_by_role("status")).to_have_text("1件あります。")
    expect(page.locator(".found a mark")).to_have_text("E1002")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages.html#message-E1002")


def test_the_search_says_when_there_is_nothing_and_closes_on_escape(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("searchbox").fill("どこにもない言葉")
    expect(page.get_by_role("status")).to_contain_text("見つかりません")
    page.keyboard.press("Escape")
    expect(page.get_by_role("status")).to_be_hidden()


def test_the_open_search_is_as_accessible_as_the_rest(
    page: Page, folder: Path, checker: NuChecker, tmp_path: Path
) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("searchbox").fill("証明書")
    expect(page.locator(".found a").first).to_be_visible()
    assert PageChecks(checker, ("file:",), JudgedKinds(tmp_path)).problems(page) == []


def test_chapters_of_others_are_hidden_on_every_page_once_chosen(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_label("マスター", exact=True).check()
    page.goto((folder / "messages.html").as_uri())
    shown = page.get_by_role("navigation", name="目次").locator("li[data-audience]:visible")
    assert {one.get_attribute("data-audience") for one in shown.all()} == {"everyone", "master"}


@pytest.mark.parametrize("width", [360, 1920])
def test_no_page_is_wider_than_its_window(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_all_fonts_are_embedded(pdf: Path) -> None:
    fonts = [line.split() for line in output("pdffonts", pdf).splitlines()[2:]]
    assert [font[0] for font in fonts if font[-5] != "yes"] == []
    assert any("BIZUDPGothic" in font[0] for font in fonts)


def test_its_text_can_be_read_and_every_page_says_which_it_is(pdf: Path) -> None:
    pages = output("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    assert "ろうきん賃金控除事務支援システム" in "".join(pages[0].split())
    for number, text in enumerate(pages[1:], 2):
        assert f"通しページ{number}/{len(pages)}" in "".join(text.split())


def test_bookmarks_and_contents_lead_to_where_chapters_and_sections_begin(pdf: Path, manual: Manual) -> None:
    reader = PdfReader(pdf)
    marks = {str(mark.title): (reader.get_destination_page_number(mark) or 0) + 1 for mark in bookmarks(reader)}
    contents = "".join(output("pdftotext", "-layout", pdf, "-", "-f", "2", "-l", "3").split())
    for chapter in manual.chapters:
        title = f"第{chapter.number}章　{chapter.title}"
        assert chapter.title in reader.pages[marks[title] - 1].extract_text()
        for one in chapter.sections:
            page = marks[f"{one.number}　{one.title}"]
            assert f"{one.number}{one.title}{page}" in contents
            assert one.number in reader.pages[page - 1].extract_text()


def test_a_chapter_s_name_stands_at_the_head_of_each_of_its_pages(pdf: Path, manual: Manual) -> None:
    reader = PdfReader(pdf)
    starts = [reader.get_destination_page_number(mark) or 0 for mark in bookmarks(reader) if str(mark.title)[0] == "第"]
    for chapter, start, end in zip(manual.chapters, starts, starts[1:], strict=False):
        for page in reader.pages[start:end]:
            assert f"第{chapter.number}章" in page.extract_text()


def test_it_tells_its_title_its_language_and_the_day_of_issue(pdf: Path, manual: Manual) -> None:
    reader = PdfReader(pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == f"{manual.cover.title}　{manual.cover.subtitle}"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == manual.cover.issued
    assert str(reader.root_object["/Lang"]) == "ja-JP"


def test_two_prints_are_the_same(pdf: Path, manual: Manual, folder: Path, browser: Browser) -> None:
    first = sha256(pdf.read_bytes()).hexdigest()
    assert sha256(write_pdf(manual, folder, browser).read_bytes()).hexdigest() == first


def test_elements_are_numbered_from_one_whatever_the_browser_had_in_memory(pdf: Path) -> None:
    data = pdf.read_bytes()
    names = [int(number) for number in re.findall(rb"/ID \(node(\d+)\)", data)]
    assert names
    assert sorted(names) == list(range(1, len(names) + 1))
    # Headers of tables and the list of names speak of the same elements.
    assert {int(number) for number in re.findall(rb"\(node(\d+)\)", data)} == set(names)
    assert b"/Headers [" in data


def test_a_picture_that_is_not_there_is_told(manual: Manual, tmp_path: Path, browser: Browser) -> None:
    with pytest.raises(PdfError, match=r"図がありません: pictures/part-1-1-1\.png"):
        write_pdf(manual, tmp_path, browser)
    assert list(tmp_path.iterdir()) == []


def bookmarks(reader: PdfReader) -> Iterator[Destination]:
    def flat(entries: list[object]) -> Iterator[Destination]:
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry)
            elif isinstance(entry, Destination):
                yield entry

    return flat(list(reader.outline))


def output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
