"""マニュアル照会 over real HTTPS: who may read it, what each edition reads (MNU-15, USR-07, ambiguity 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

import httpx
import pytest

from simulator.catalogue import Edition, manual_pages
from simulator.server import Simulator
from simulator.services.passwords import change_password
from simulator.services.registration import MasterEntry, register_master
from simulator.services.users import GeneralUserEntry, register_general_user
from tests.integration.test_user_screens import certificate_of
from tests.integration.visitors import PASSWORD, Visitor, codes_in, screen_of, visitor

LIST, CHAPTER = "/manuals", "/manuals/chapter"
CONTRACTS = {Edition.EMPLOYER: "10000001", Edition.MEMBER: "20000001"}
MASTERS = {Edition.EMPLOYER: "master01", Edition.MEMBER: "master02"}
GENERAL, TEMPORARY = "general01", "Kari#123"
EDITIONS = list(Edition)


def titles_in(page: httpx.Response) -> list[str]:
    """The chapters a page lists."""
    return [unescape(title) for title in re.findall(r'<th scope="row" class="named"[^>]*>([^<]*)</th>', page.text)]


def register(simulator: Simulator, edition: Edition) -> str:
    """The master of the edition's contract, just registered."""
    user_id = MASTERS[edition]
    entry = MasterEntry(user_id, PASSWORD, "労金　太郎", f"{user_id}@sample.co.jp")
    register_master(simulator.world, CONTRACTS[edition], entry)
    return user_id


@pytest.fixture
def general(simulator: Simulator) -> Iterator[Visitor]:
    """The window of a general user of an employer, who is logged in."""
    entry = GeneralUserEntry(GENERAL, TEMPORARY, "労金　次郎", f"{GENERAL}@sample.co.jp")
    register_general_user(simulator.world, register(simulator, Edition.EMPLOYER), entry)
    change_password(simulator.world, GENERAL, TEMPORARY, PASSWORD)
    with visitor(simulator, certificate_of(simulator, GENERAL)) as window:
        window.log_in()
        yield window


@pytest.mark.parametrize("path", [LIST, f"{CHAPTER}?key=login", f"{CHAPTER}?key=nowhere"])
def test_nobody_reads_it_without_logging_in(window: Visitor, path: str) -> None:
    page = window.get(path)
    assert (page.status_code, codes_in(page)) == (403, ["E9002"])


def test_a_general_user_finds_it_in_the_menu_and_every_chapter_in_its_list(
    simulator: Simulator, general: Visitor
) -> None:
    assert f'action="{LIST}"' in general.get("/information").text
    page = general.get(LIST)
    manuals = simulator.portal.catalogue.manuals_for(Edition.EMPLOYER)
    assert titles_in(page) == [manual.title for manual in manuals]
    assert re.findall(r'name="key" value="([^"]*)"', page.text) == [manual.key for manual in manuals]


@pytest.mark.parametrize("query", ["", "?key=", "?key=nowhere", "?key=users_of_member", "?key=<i>alert(1)"])
def test_a_chapter_that_the_edition_does_not_have_gets_the_page_that_says_so(general: Visitor, query: str) -> None:
    page = general.get(CHAPTER + query)
    assert (page.status_code, screen_of(page), codes_in(page)) == (404, "operation_error", ["E9003"])
    assert "alert(1)" not in page.text


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_edition_reads_its_own_manual_with_its_own_notes(simulator: Simulator, edition: Edition) -> None:
    catalogue = simulator.portal.catalogue
    registration = catalogue.screen("master_registration")
    (other,) = set(EDITIONS) - {edition}
    with visitor(simulator, certificate_of(simulator, register(simulator, edition))) as window:
        window.log_in()
        listed, chapter = window.get(LIST), window.get(f"{CHAPTER}?key=master_registration")
    words = catalogue.screen("manual_lookup").words
    assert words[edition] in listed.text
    assert words[other] not in listed.text
    notes = {note.text for note in registration.notes_for(edition)}
    assert [text for text in notes if escape(text) not in chapter.text] == []
    foreign = {note.text for note in registration.notes_for(other)} - notes
    assert foreign
    assert [text for text in foreign if escape(text) in chapter.text] == []


def test_every_chapter_shows_its_screens_with_all_inputs_and_buttons(simulator: Simulator, general: Visitor) -> None:
    catalogue = simulator.portal.catalogue
    for manual in catalogue.manuals_for(Edition.EMPLOYER):
        page = general.get(f"{CHAPTER}?key={manual.key}")
        assert (page.status_code, screen_of(page)) == (200, "manual_chapter")
        assert f'<h2 id="chapter">{escape(manual.title)}</h2>' in page.text
        shown = page.text.split('<section class="step"')[1:]
        for described, html in zip(manual_pages(catalogue, manual, Edition.EMPLOYER), shown, strict=True):
            text = unescape(html)
            assert f'">{described.screen.title}</span><span class="id">{described.screen.id}<' in text
            assert [line for line in described.lines if f"<p>{line}</p>" not in text] == []
            for field in described.fields:
                assert f"{field.label}</th><td>{field.hint}</td><td>{field.explanation}</td>" in text
            for button in described.buttons:
                assert f"{button.label}</th><td>{button.meaning}</td>" in text
            assert text.count('<th scope="row">') == len(described.fields) + len(described.buttons)
