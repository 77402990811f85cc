"""Secrets are found wherever a build may hide them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from manuals.sweep import SecretFound, secrets_of_all, sweep
from storyboard.codec import StoryboardError
from storyboard.confidential import FOLDER
from storyboard.model import load_all
from tests.unit.manuals.recorded_runs import Secrets, record

PASSWORD = """Ab<&>"'12"""
CODE = "918273"


def text(name: str, content: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_text(content, encoding="utf-8")

    return write


def word(name: str, content: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        with zipfile.ZipFile(folder / "manual.docx", "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr(name, content)

    return write


def printed(line: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        canvas = Canvas(str(folder / "manual.pdf"))
        canvas.drawString(72, 720, "Code")
        canvas.drawString(72, 700, line)
        canvas.save()

    return write


def print_of(**told: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        if "bookmark" in told:
            writer.add_outline_item(title=told["bookmark"], page_number=0)
        writer.add_metadata({"/Title": told.get("title", "")})
        writer.write(folder / "manual.pdf")

    return write


def picture(folder: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", f"password {PASSWORD}", zip=True)
    Image.new("RGB", (4, 4)).save(folder / "a.png", pnginfo=info)


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(text("a.html", "<p>Ab&lt;&amp;&gt;&quot;&#x27;12</p>"), id="escaped in HTML"),
        pytest.param(text("a.html", "<p>9182<wbr>73</p>"), id="between tags"),
        pytest.param(text("a.html", '<a href="?p=Ab%3C%26%3E%22%2712">'), id="in an address"),
        pytest.param(text("a.json", r'{"value": "Ab<&>\"' + r"""'12"}"""), id="in JSON"),
        pytest.param(text("search.js", f'index = ["{CODE}"]'), id="in a script"),
        pytest.param(text(f"{CODE}.txt", ""), id="in a name"),
        pytest.param(word("word/document.xml", "<w:t>9182</w:t></w:r><w:r><w:t>73</w:t>"), id="in runs of Word"),
        pytest.param(word("docProps/core.xml", f"<dc:title>{CODE}</dc:title>"), id="in properties of Word"),
        pytest.param(word(f"word/media/{CODE}.png", ""), id="in a name inside Word's file"),
        pytest.param(printed(f"is {CODE} now"), id="in print"),
        pytest.param(printed(CODE), id="alone on a printed line"),
        pytest.param(print_of(title=f"Code {CODE}"), id="in the PDF's title"),
        pytest.param(print_of(bookmark=f"Code {CODE}"), id="in a bookmark"),
        pytest.param(picture, id="in a picture's comment"),
    ],
)
def test_a_planted_secret_is_found_and_not_told(plant: Callable[[Path], None], tmp_path: Path) -> None:
    plant(tmp_path)
    with pytest.raises(SecretFound) as found:
        sweep(tmp_path, [PASSWORD, CODE])
    (planted,) = (path.name for path in tmp_path.iterdir())
    assert planted in str(found.value)


@pytest.mark.parametrize(
    "harmless",
    ["#918273", "0918273", "91827.3", "1.918273", "a918273f", "918,273", "Ab12"],
)
def test_what_only_looks_like_a_secret_is_let_through(harmless: str, tmp_path: Path) -> None:
    text("a.html", f"<p>{harmless}</p>")(tmp_path)
    sweep(tmp_path, [PASSWORD, CODE])


def test_a_build_without_secrets_passes(tmp_path: Path) -> None:
    text("a.html", "<p>ようこそ</p>")(tmp_path)
    print_of(title="手引き", bookmark="章")(tmp_path)
    sweep(tmp_path, [PASSWORD, CODE])
    sweep(tmp_path, [])


def test_all_that_was_typed_spoken_or_sent_is_searched_for(tmp_path: Path) -> None:
    planted = Secrets()
    scenarios = load_all(record(tmp_path, planted) / "storyboards")
    assert secrets_of_all(tmp_path, scenarios) == planted.all


def test_without_the_list_of_secrets_nothing_is_taken_for_clean(tmp_path: Path) -> None:
    scenarios = load_all(record(tmp_path) / "storyboards")
    shutil.rmtree(tmp_path / FOLDER)
    with pytest.raises(StoryboardError, match="秘密の一覧"):
        secrets_of_all(tmp_path, scenarios)
