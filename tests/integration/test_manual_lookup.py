"""マニュアル照会 over real HTTPS: who may read it, what each edition reads (MNU-15, USR-07, ambiguity 6)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote

import httpx
import pytest
from pypdf import PdfReader

from simulator.catalogue import Edition, manual_pages
from simulator.server import Simulator
from simulator.services.passwords import change_password
from simulator.services.registration import MasterEntry, register_master
from simulator.services.trail import events
from simulator.services.users import GeneralUserEntry, register_general_user
from tests.integration.visitors import PASSWORD, Visitor, certificate_of, codes_in, screen_of, visitor

LIST, CHAPTER, FILE, FORM = "/manuals", "/manuals/chapter", "/manuals/file", "/manuals/forms/file"
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


@pytest.mark.parametrize("path", [LIST, *(f"{path}?key=login" for path in (CHAPTER, FILE)), f"{FORM}?key=request"])
def test_nobody_reads_it_without_logging_in(window: Visitor, path: str) -> None:
    page = window.get(path)
    assert (page.status_code, codes_in(page)) == (403, ["E9002"])


def test_a_general_user_finds_it_in_the_menu_and_every_chapter_in_its_list(
    simulator: Simulator, general: Visitor
) -> None:
    assert f'action="{LIST}"' in general.get("/information").text
    page = general.get(LIST)
    manuals = simulator.portal.catalogue.manuals_for(Edition.EMPLOYER)
    forms = simulator.portal.catalogue.forms_for(Edition.EMPLOYER)
    assert titles_in(page) == [manual.title for manual in manuals] + [form.title for form in forms]
    # Each can be looked at in the window, or its PDF in another one, or kept; forms have no page of their own.
    expected = [key for manual in manuals for key in [manual.key] * 3] + [key for f in forms for key in [f.key] * 2]
    assert re.findall(r'name="key" value="([^"]*)"', page.text) == expected
    assert page.text.count('target="_blank" rel="noopener"><input type="hidden" name="key"') == len(manuals + forms)


@pytest.mark.parametrize("query", ["", "?key=", "?key=nowhere", "?key=users_of_member", "?key=<i>alert(1)"])
@pytest.mark.parametrize("path", [CHAPTER, FILE, FORM])
def test_what_the_edition_does_not_have_gets_the_page_that_says_so(general: Visitor, path: str, query: str) -> None:
    page = general.get(path + query)
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


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{FILE}?key=login", "【事業主編】２．ログイン.pdf"),
        (f"{FORM}?key=request", "【帳票】ログインＩＤ／パスワード依頼書.pdf"),
        (f"{FORM}?key=initial_password", "【帳票】初期パスワード届出書（事業主向け）.pdf"),
    ],
)
def test_a_file_is_looked_at_in_the_window_or_kept_under_its_japanese_name(
    general: Visitor, path: str, name: str
) -> None:
    for more, manner in (("", "inline"), ("&keep=yes", "attachment")):
        answer = general.get(path + more)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        said, _, japanese = answer.headers["content-disposition"].split("; ")
        assert (said, unquote(japanese)) == (manner, f"filename*=UTF-8''{name}")
        assert len(PdfReader(io.BytesIO(answer.content)).pages) >= 1
        assert answer.headers["cache-control"] == "no-store"


def test_looking_at_and_keeping_a_file_stand_in_the_operation_log(simulator: Simulator, general: Visitor) -> None:
    before = len(events(simulator.world))
    for path in (f"{FILE}?key=login", f"{FORM}?key=request"):
        general.get(path)
        general.get(f"{path}&keep=yes")
    assert [(line.kind, line.actor, *line.detail.values()) for line in events(simulator.world)[before:]] == [
        ("manual_viewed", GENERAL, "２．ログイン"),
        ("manual_downloaded", GENERAL, "２．ログイン"),
        ("form_viewed", GENERAL, "【帳票】ログインＩＤ／パスワード依頼書"),
        ("form_downloaded", GENERAL, "【帳票】ログインＩＤ／パスワード依頼書"),
    ]


def test_members_get_their_forms_from_the_branch(simulator: Simulator) -> None:
    with visitor(simulator, certificate_of(simulator, register(simulator, Edition.MEMBER))) as window:
        window.log_in()
        assert "ご契約の帳票は、お取引店にご用意しています。" in window.get(LIST).text
        assert "【帳票】" not in window.get(LIST).text
        assert codes_in(window.get(f"{FORM}?key=request")) == ["E9003"]
        assert window.get(f"{FILE}?key=users_of_member").headers["content-type"] == "application/pdf"


def test_the_console_asks_for_the_reasons_that_the_form_offers(simulator: Simulator, general: Visitor) -> None:
    sheet = PdfReader(io.BytesIO(general.get(f"{FORM}?key=request").content)).pages[0].extract_text()
    office = simulator.endpoints.office.rstrip("/")
    with httpx.Client(base_url=office) as console:
        asked = console.get(f"/contracts/{CONTRACTS[Edition.EMPLOYER]}/master/initialise").text
        asked += console.get(f"/users/{GENERAL}/certificates/revoke").text
    reasons = [value for value in re.findall(r'<option value="([^"]+)"', asked) if value]
    assert len(reasons) == 8
    assert [reason for reason in reasons if reason not in sheet] == []
    assert "【帳票】ログインＩＤ／パスワード依頼書" in asked
