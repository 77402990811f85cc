"""The paper forms and the manual's chapters as PDF, in the words of the catalogue (MNU-15, MNU-16)."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

from simulator.catalogue import (
    Catalogue,
    Edition,
    Manual,
    ManualPage,
    Note,
    PaperForm,
    Screen,
    manual_pages,
)
from simulator.documents.form_pdf import FormChoice, FormDocument, FormEntry, write_form_pdf
from simulator.documents.manual_pdf import ManualDocument, ManualScreen, ManualTable, write_manual_pdf
from simulator.portal.producing import Product

PDF = "application/pdf"


def form_product(catalogue: Catalogue, form: PaperForm, mark: str, *, inline: bool) -> Product:
    """A form to look at in the window, or to keep."""
    name = catalogue.screen("manual_lookup").words["form_file"].format(title=form.title)
    document = form_document(catalogue, form, mark)
    return Product(name, f"{form.key}.pdf", PDF, partial(_write_form, document), inline=inline)


def form_document(catalogue: Catalogue, form: PaperForm, mark: str) -> FormDocument:
    """A form with all its words."""
    words = catalogue.paper
    return FormDocument(
        title=form.heading,
        copies=form.copies,
        addressee=words.addressee,
        date=(words.date, words.date_blank),
        statement=form.statement,
        contents=words.contents,
        entries=[FormEntry(entry.label, entry.boxes, entry.hint) for entry in form.entries],
        requests=words.requests,
        choices=[FormChoice(choice.heading, catalogue.reasons(form.key, choice.key)) for choice in form.choices],
        other_blank=words.other_blank,
        customer=words.customer,
        signature=words.signature,
        sealed=words.sealed,
        seal=words.seal,
        office=(words.office, words.office_entries),
        notes=(words.notes, form.notes),
        issuer=catalogue.system_name,
        sample=words.sample,
        mark=mark,
    )


def manual_product(catalogue: Catalogue, manual: Manual, edition: Edition, mark: str, *, inline: bool) -> Product:
    """A chapter of an edition's manual to look at in the window, or to keep."""
    words = catalogue.screen("manual_lookup").words
    name = words["manual_file"].format(edition=words[edition], title=manual.title)
    document = manual_document(catalogue, manual, edition, mark)
    return Product(name, f"{manual.key}.pdf", PDF, partial(_write_manual, document), inline=inline)


def manual_document(catalogue: Catalogue, manual: Manual, edition: Edition, mark: str) -> ManualDocument:
    """A chapter with all its words, the same ones that マニュアル表示 shows."""
    chapter = catalogue.screen("manual_chapter")
    return ManualDocument(
        title=manual.title,
        category=manual.category,
        introduction=manual.introduction,
        contents=chapter.section("contents").heading,
        screens=[_screen(chapter, page) for page in manual_pages(catalogue, manual, edition)],
        notes=catalogue.words.notes,
        issuer=f"{catalogue.system_name}　{catalogue.screen('manual_lookup').words[edition]}",
        mark=mark,
    )


def _screen(chapter: Screen, page: ManualPage) -> ManualScreen:
    inputs = [(field.label, field.hint, field.explanation) for field in page.fields]
    buttons = [(button.label, button.meaning) for button in page.buttons]
    described = (("inputs", inputs), ("buttons", buttons))
    sections = [(chapter.section(key), rows) for key, rows in described if rows]
    return ManualScreen(
        title=page.screen.title,
        id=page.screen.id,
        blocks=page.headings,
        lines=page.lines,
        tables=[ManualTable(section.heading, section.columns, rows) for section, rows in sections],
        notes=[_plain(note) for note in page.notes],
    )


def _plain(note: Note) -> str:
    return note.text.replace("{link}", note.link)


def _write_form(document: FormDocument, file: BinaryIO) -> None:
    write_form_pdf(file, document)


def _write_manual(document: ManualDocument, file: BinaryIO) -> None:
    write_manual_pdf(file, document)
