"""The report as a browser prints it: few sheets, full ones, and no step torn from its picture."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Browser
from pypdf import PageObject, PdfReader

from koujyo.places import CLAUSES
from reports import build_report
from storyboard.model import Box, MailSeen, Scenario, Step, Touch, save
from tests.unit.reports.report_samples import TEN_O_CLOCK, WRITTEN_AT, full_scenario, make_scenario

SIZES = ((1280, 960), (1280, 960), (1280, 2200), (1280, 960), (1280, 1358), (1280, 960))
URL = "https://localhost:8443/registration"
TABLE = (("契約番号", "10000001"), ("初期パスワード", "Aa#12345"))
SHEETS = range(2, 5)
# How far down a sheet has to be printed on to be no waste of paper.
FULL = 0.5
# A printed point counts from here on, of 255.
INK = 24
# Pictures of screens are wider than the report's mark.
SCREEN = 1000
CLAUSE_SHEETS = range(15, 33)


def pictured_scenario(sizes: tuple[tuple[int, int], ...], *, tables: bool = False) -> Scenario:
    """A scenario with mails sent before and a step for each size of a picture, some with tables if so wished."""
    identity = "print-01"
    touches = (Touch("契約番号", "input", Box(436, 177, 324, 30), "10000001"), Touch("登録", "button"))
    letter = MailSeen("info@example.jp", "taro@example.jp", "登録のお知らせ", "本文の行です。\n" * 40, TEN_O_CLOCK)
    steps = [Step(1, "前提", "契約がある", "passed", 0.1, mails=(letter, letter))]
    for number, size in enumerate(sizes, 2):
        picture = f"pictures/{identity}-{number}.png"
        keyword = "かつ" if len(steps) > 1 else "もし"
        text = f"{number}番目の画面で入力する"
        shown = ("DC584101", "マスターユーザー初期登録", URL)
        table = TABLE * (number % 5) if tables else ()
        steps.append(Step(number, keyword, text, "passed", 0.4, *shown, touches, picture, size, table=table))
    return make_scenario(identity, steps=tuple(steps), clauses=("MRG-04", "MRG-05", "MRG-07"), rule="一人だけ")


def draw(path: Path, size: tuple[int, int]) -> None:
    """A picture with a bar, fields and lines, no two alike."""
    picture = Image.new("RGB", size, "#eef1f6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, size[0], 48), fill="#14426b")
    for top in range(100, size[1] - 60, 44):
        pen.rectangle((160, top, 420, top + 30), fill="#d9e4ef")
        pen.rectangle((436, top, 760, top + 30), fill="white", outline="#8b98a5")
    pen.text((900, 80), path.stem, fill="black")
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)


def printed(scenario: Scenario, folder: Path, browser: Browser, page: str | None = None) -> Path:
    """Print a page of the report on a scenario, its own page unless one is named."""
    save(scenario, folder / "storyboards")
    for step in scenario.steps:
        if step.picture and step.picture_size:
            draw(folder / step.picture, step.picture_size)
    build_report(folder, CLAUSES, generated_at=WRITTEN_AT)
    context = browser.new_context(offline=True)
    try:
        window = context.new_page()
        window.goto((folder / (page or f"scenarios/{scenario.id}.html")).as_uri())
        window.pdf(path=folder / "printed.pdf", prefer_css_page_size=True)
    finally:
        context.close()
    return folder / "printed.pdf"


def text_of(page: PageObject) -> str:
    """The text of a sheet without blanks; PDF readers give some characters in another form of the same."""
    return normalize("NFKC", "".join(page.extract_text().split()))


def filled(pdf: Path, sheet: int) -> float:
    """How far down a sheet something is printed (0 to 1), the page number at its foot left out."""
    name = pdf.with_name(f"sheet-{sheet}")
    subprocess.run(
        ["pdftoppm", "-r", "40", "-f", str(sheet), "-l", str(sheet), "-png", "-singlefile", pdf, name], check=True
    )
    with Image.open(name.with_suffix(".png")) as opened:
        picture = opened.convert("L")
    upper = picture.crop((0, 0, picture.width, round(picture.height * 0.94)))
    box = ImageChops.invert(upper).point(lambda value: 255 * (value > INK)).getbbox()
    return box[3] / picture.height if box else 0.0


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    return printed(pictured_scenario(SIZES), tmp_path_factory.mktemp("report"), browser)


def test_a_scenario_with_six_pictures_takes_two_to_four_sheets_and_none_but_the_last_is_nearly_blank(pdf: Path) -> None:
    count = len(PdfReader(pdf).pages)
    assert count in SHEETS
    assert [sheet for sheet in range(1, count) if filled(pdf, sheet) < FULL] == []


@pytest.mark.parametrize("count", [4, 8])
def test_so_do_four_and_eight_pictures(tmp_path: Path, browser: Browser, count: int) -> None:
    pdf = printed(pictured_scenario(((1280, 960),) * count), tmp_path, browser)
    assert len(PdfReader(pdf).pages) in SHEETS
    assert filled(pdf, 1) > FULL


def test_every_sheet_is_a4_and_no_step_is_torn_from_its_picture(tmp_path: Path, browser: Browser) -> None:
    sizes, shown = SIZES * 2, 0
    pdf = printed(pictured_scenario(sizes, tables=True), tmp_path, browser)
    for page in PdfReader(pdf).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        steps = text_of(page).count("番目の画面で入力する")
        screens = [image for image in page.images if image.image is not None and image.image.width > SCREEN]
        assert len(screens) == steps
        shown += steps
    assert shown == len(sizes)


def test_what_only_a_screen_can_use_is_not_printed(pdf: Path) -> None:
    text = "".join(text_of(page) for page in PdfReader(pdf).pages)
    assert "契約番号は必須で、ちょうど8桁の半角数字です。" in text
    assert "登録のお知らせ" in text
    for hidden in (URL, "条項と写真", "本文の行です", "report.css", "clauses.html"):
        assert hidden not in text, hidden


def test_a_mail_of_what_is_done_is_printed_with_its_text(tmp_path: Path, browser: Browser) -> None:
    pages = PdfReader(printed(full_scenario(), tmp_path, browser)).pages
    assert "123456" in "".join(map(text_of, pages))


def test_a_page_printed_as_soon_as_it_is_loaded_shows_its_pictures(tmp_path: Path, browser: Browser) -> None:
    pages = [PdfReader(printed(full_scenario(), tmp_path / str(turn), browser)).pages for turn in range(3)]
    assert [len(list(shown[0].images)) for shown in pages] == [1] * 3


def test_many_clauses_fill_their_sheets(tmp_path: Path, browser: Browser) -> None:
    pdf = printed(pictured_scenario(()), tmp_path, browser, "clauses.html")
    assert len(PdfReader(pdf).pages) in CLAUSE_SHEETS
    assert filled(pdf, 1) > FULL
