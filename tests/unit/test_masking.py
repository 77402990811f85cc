"""One mask for every secret, however it is spelt; what only looks like one stays."""

from __future__ import annotations

import html
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from storyboard.confidential import FOLDER, MARK, keep_secrets, kept_secrets, trace_of
from storyboard.covering import cover
from storyboard.masking import MASK, SHORTEST_SECRET, masked, masked_copy
from storyboard.model import Box
from tests.unit.reports.report_samples import full_scenario

PASSWORD = """Ab<&>"'\\1% +"""
CODE = "918273"


def test_a_secret_is_masked_alike_whatever_its_length_and_short_words_stay() -> None:
    assert masked("「Abcd#123」と「Abcd#123x」と「abc」", ["abc", "Abcd#123", "Abcd#123x"]) == (
        f"「{MASK}」と「{MASK}」と「abc」"
    )


@pytest.mark.parametrize("secret", ["", "1", "z", "12", "abc"])
def test_what_is_too_short_to_be_told_from_other_words_is_left(secret: str) -> None:
    assert len(secret) < SHORTEST_SECRET
    assert masked("10件中1件 z 12 abc", [secret]) == "10件中1件 z 12 abc"


@pytest.mark.parametrize(
    "written",
    [
        PASSWORD,
        html.escape(PASSWORD),
        html.escape(PASSWORD, quote=False),
        html.escape(PASSWORD, quote=False).replace('"', "&#34;").replace("'", "&#39;"),
        quote(PASSWORD, safe=""),
        json.dumps(PASSWORD)[1:-1],
        json.dumps(html.escape(PASSWORD))[1:-1],
        repr(PASSWORD)[1:-1],
    ],
)
def test_every_spelling_is_masked(written: str) -> None:
    assert masked(f"a{written}b", [PASSWORD]) == f"a{MASK}b"


@pytest.mark.parametrize("before", ["\\n", "%20", "\\u3042", "=", "「"])
def test_a_code_is_masked_after_what_files_write_for_another_character(before: str) -> None:
    assert masked(f"{before}{CODE}", [CODE]) == f"{before}{MASK}"


@pytest.mark.parametrize("harmless", ["#918273", "0918273", "1.918273", "a918273f", "Wrongly", "10000001"])
def test_numbers_and_words_are_masked_only_where_they_stand_alone(harmless: str) -> None:
    assert masked(harmless, [CODE, "Wrong", "0000"]) == harmless


def test_a_copy_keeps_what_names_files_and_places() -> None:
    scenario = full_scenario()
    copy = masked_copy(scenario, lambda _: MASK)
    assert (copy.id, copy.file, copy.tags, copy.outcome) == (
        scenario.id,
        scenario.file,
        scenario.tags,
        scenario.outcome,
    )
    assert [step.picture for step in copy.steps] == [step.picture for step in scenario.steps]
    assert {copy.name, *(step.text for step in copy.steps)} == {MASK}
    assert masked_copy(scenario, str) == scenario


def test_a_covered_place_looks_the_same_whatever_it_held() -> None:
    pictures = [Image.new("RGB", (80, 40), colour) for colour in ("black", "red")]
    place = Box(0, 0, 80, 40)
    for picture in pictures:
        cover(picture, [place])
    first, second = (picture.crop((2, 2, 78, 38)).tobytes() for picture in pictures)
    assert first == second


def test_what_is_kept_apart_is_marked_and_for_nobody_else(tmp_path: Path) -> None:
    keep_secrets(tmp_path, "a-1", [CODE, PASSWORD])
    assert kept_secrets(tmp_path, "a-1") == {CODE, PASSWORD}
    assert trace_of("a-1").startswith(f"{FOLDER}/")
    assert MARK in (tmp_path / FOLDER / "README.txt").read_text(encoding="utf-8")
