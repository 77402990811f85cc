"""The Japanese statements of the clause catalogue beside the English ones they are made from."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from reports.clauses import Clause, SafeLoader, load_clauses
from reports.wording import source

CATALOGUE = Path("features/clauses.yaml")
CONTENT: dict[str, Any] = yaml.load(CATALOGUE.read_text(encoding="utf-8"), SafeLoader)  # noqa: S506
ENTRIES: list[dict[str, Any]] = CONTENT["clauses"]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
# Three or more words of English in a row; what the manuals print so is left out before.
ENGLISH = re.compile(r"[A-Za-z]{2,}( [A-Za-z]{2,}){2,}")
COUNTS = {"two": "2", "three": "3", "four": "4", "six": "6"}
PRINTED = ("ROKIN Koujyo Web System", "Adobe Acrobat Reader", "Adobe Reader DC", "Internet Explorer")
# Words in which a place of the manuals may hold Latin letters.
LATIN = {"Microsoft", "Edge", "EdgeIE", "IE", "JavaScript", "Cookie", "PDF", "Acrobat", "Reader", "DC"}


def plain(text: object) -> str:
    """The text with its widths evened out and without blanks."""
    return unicodedata.normalize("NFKC", str(text)).replace(" ", "")


def figures(text: str) -> set[str]:
    """The numbers of a text."""
    return set(re.findall(r"\d+", unicodedata.normalize("NFKC", text)))


def limits(english: str) -> set[str]:
    """The numbers of an English statement, whether in figures or in words."""
    return figures(english) | {figure for word, figure in COUNTS.items() if re.search(rf"\b{word}\b", english.lower())}


def labels() -> Iterator[str]:
    """The names of the screens and dialogs, and what stands on their fields and buttons."""
    for shown in (*CONTENT["screens"], *CONTENT["native_dialogs"]):
        yield plain(shown["name_ja"])
        yield from (plain(field["label"]) for field in shown.get("fields", ()))
        yield from (plain(button["label"] if isinstance(button, dict) else button) for button in shown["buttons"])


@pytest.fixture(scope="module")
def clauses() -> dict[str, Clause]:
    return {clause.id: clause for clause in load_clauses(CATALOGUE)}


def test_every_clause_is_told_in_one_japanese_sentence_of_its_own(clauses: dict[str, Clause]) -> None:
    texts = {identity: clause.text for identity, clause in clauses.items()}
    assert len(set(texts.values())) == len(ENTRIES) == len(texts)
    for identity, text in texts.items():
        assert len(JAPANESE.findall(text)) > 10, identity
        assert re.search(r"(です|ます|ません)(（[^）]+）)?。$", text), identity
        # A message is quoted with its own full stop.
        assert re.sub(r"「[^」]+」", "", text).count("。") == 1, identity


def test_no_english_is_left_in_them(clauses: dict[str, Clause]) -> None:
    for identity, clause in clauses.items():
        text = clause.text
        for printed in PRINTED:
            text = text.replace(printed, "")
        assert not ENGLISH.search(text), identity


def test_no_number_of_the_english_statement_is_lost_and_none_is_added(clauses: dict[str, Clause]) -> None:
    for entry in ENTRIES:
        told, text = figures(clauses[entry["id"]].text), entry["clause"]
        assert limits(text) - told == set(), entry["id"]
        named = limits(text) | figures(" ".join(map(str, entry["terms"])))
        assert told - named <= {"1", "2", "3", "12"}, entry["id"]


def test_labels_of_the_screens_are_kept_to_the_letter(clauses: dict[str, Clause]) -> None:
    known = set(labels())
    kept = [(entry["id"], plain(term)) for entry in ENTRIES for term in entry["terms"] if plain(term) in known]
    assert [(identity, term) for identity, term in kept if term not in plain(clauses[identity].text)] == []
    assert len(kept) > 200


def test_terms_that_the_english_statement_quotes_are_kept(clauses: dict[str, Clause]) -> None:
    quoted = [(e["id"], plain(term)) for e in ENTRIES for term in e["terms"] if plain(term) in plain(e["clause"])]
    assert [(identity, term) for identity, term in quoted if term not in plain(clauses[identity].text)] == []
    assert len(quoted) > 30


def test_every_place_in_the_manuals_reads_in_japanese(clauses: dict[str, Clause]) -> None:
    for identity, clause in clauses.items():
        for _, place in clause.sources:
            words = set(re.findall(r"[A-Za-z]+", re.sub(r"DC\d+", "", source(place))))
            assert words <= LATIN, (identity, source(place))
