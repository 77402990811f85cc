"""控除依頼リスト and まとめ入金依頼書 on paper and as data, in the words of the catalogue (ambiguity 22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from simulator.catalogue import Catalogue, Section
from simulator.documents import Column, CsvEncoding, TableDocument, write_csv, write_table_pdf
from simulator.portal.listing import Cell
from simulator.portal.producing import Product
from simulator.portal.request_words import RequestWords
from simulator.portal.savings_documents import PDF
from simulator.services.deductions import Sheet
from simulator.services.deductions_lists import ChosenDeductions, chosen_lines, short_rows
from simulator.services.world import World
from simulator.store import Contract, TransferRequest

# How wide the columns are, in proportion to each other.
SHARES = {"worker": 1.1, "name": 1.7, "kana": 2.2, "branch": 1.7, "kind": 1.5, "account": 1.1, "reason": 1.7}


@dataclass(frozen=True)
class DeductionPaper:
    """The part of a 控除依頼リスト that was chosen.

    Attributes:
        catalogue: whose words it is written in.
        contract: whose it is.
        chosen: what stands in it.
    """

    catalogue: Catalogue
    contract: Contract
    chosen: ChosenDeductions

    @property
    def title(self) -> str:
        """The title of the list."""
        return self.catalogue.screen("deduction_list").title

    @property
    def month(self) -> str:
        """The month it is about."""
        return RequestWords(self.catalogue).month(self.chosen.generation)

    def file_name(self, suffix: str) -> str:
        """What the file is called in a download folder."""
        return _file_name(self.catalogue, self.title, self.month, suffix)

    def as_pdf(self, world: World, mark: str) -> Product:
        """The list as PDF."""
        return Product(self.file_name(".pdf"), self._plain_name(".pdf"), PDF, partial(self._print, world, mark))

    def as_csv(self, world: World, encoding: CsvEncoding) -> Product:
        """The list as CSV."""
        write = partial(self._export, world, encoding)
        return Product(self.file_name(".csv"), self._plain_name(".csv"), encoding.media_type, write)

    def rows(self, world: World) -> Iterator[list[Cell]]:
        """The lines of the list, cell by cell.

        Raises:
            Refused: meanwhile the generation has made way for a new one (E4203).
        """
        kinds, keys = self.catalogue.screen("deduction_list").field("kind").choices, self._section.keys
        for line in chosen_lines(world, self.chosen):
            yield [kinds[line.kind] if key == "kind" else getattr(line, key) for key in keys]

    @property
    def _section(self) -> Section:
        return self.catalogue.screen("deduction_list").section("list")

    def _plain_name(self, suffix: str) -> str:
        return f"deductions-{self.chosen.generation.month:%Y%m}{suffix}"

    def _export(self, world: World, encoding: CsvEncoding, file: BinaryIO) -> None:
        write_csv(file, self._section.columns, self.rows(world), encoding)

    def _print(self, world: World, mark: str, file: BinaryIO) -> None:
        words = self.catalogue.screen("list_output").words
        received = words["received"].format(at=self.chosen.generation.received_at)
        facts = [(words["for_month"], self.month), (words["receipt"], received), _party(self.catalogue, self.contract)]
        document = TableDocument(
            title=self.title,
            columns=_columns(self._section),
            facts=[*facts, *self._searched()],
            issuer=self.catalogue.system_name,
            made_at=words["made_at"].format(at=world.clock.now()),
            mark=mark,
            totals_label=words["total"].format(lines=self.chosen.lines),
            totals=[self.chosen.amount],
        )
        write_table_pdf(file, document, self.rows(world))

    def _searched(self) -> list[tuple[str, str]]:
        """What was searched for, where it was not everything."""
        screen, criteria = self.catalogue.screen("deduction_list"), self.chosen.criteria
        said = [
            screen.words["condition"].format(label=screen.field(key).label, value=value)
            for key in ("worker", "name", "kind", "branch")
            if (value := screen.field(key).choices.get(getattr(criteria, key), getattr(criteria, key)))
            and getattr(criteria, key)
        ]
        return [(screen.section("criteria").heading, "、".join(said))] if said else []


@dataclass(frozen=True)
class RequestPaper:
    """A まとめ入金依頼書 that was sent.

    Attributes:
        catalogue: whose words it is written in.
        contract: whose it is.
        sheet: the month's list with the request.
        request: that was sent.
    """

    catalogue: Catalogue
    contract: Contract
    sheet: Sheet
    request: TransferRequest

    @property
    def title(self) -> str:
        """The title of the paper."""
        return self.catalogue.screen("transfer_request").title

    @property
    def month(self) -> str:
        """The month it is about."""
        return RequestWords(self.catalogue).month(self.sheet.generation)

    def as_pdf(self, world: World, mark: str) -> Product:
        """The request as PDF."""
        name = _file_name(self.catalogue, self.title, self.month, ".pdf")
        return Product(name, f"request-{self.request.receipt}.pdf", PDF, partial(self._print, world, mark))

    def rows(self, world: World) -> Iterator[list[Cell]]:
        """The sums of each kind, each followed by what falls short of it."""
        paper, kinds = self.catalogue.screen("request_view"), self.catalogue.screen("deduction_list").field("kind")
        reasons = self.catalogue.screen("request_short").field("reason").choices
        for item in self.sheet.items:
            count = paper.words["lines"].format(count=item.paid_lines)
            yield [kinds.choices[item.kind], count, "", "", "", item.asked, item.short, item.paid]
            for row in short_rows(world, self.sheet, item.kind):
                known = (row.worker, row.name, reasons[row.reason])
                yield [paper.words["short"], row.account, *known, row.amount, row.amount - row.paid, row.paid]

    def _print(self, world: World, mark: str, file: BinaryIO) -> None:
        words, screen = self.catalogue.screen("list_output").words, self.catalogue.screen("request_view")
        labels = screen.section("request").rows
        said = RequestWords(self.catalogue).sent(self.sheet, self.request)
        facts = [
            (label, value) for label, value in zip(labels, said, strict=True) if label in screen.section("paper").rows
        ]
        total = self.sheet.total
        document = TableDocument(
            title=self.title,
            columns=_columns(screen.section("paper")),
            facts=[_party(self.catalogue, self.contract), *facts],
            issuer=self.catalogue.system_name,
            made_at=words["made_at"].format(at=world.clock.now()),
            mark=mark,
            totals_label=words["total"].format(lines=total.paid_lines),
            totals=[total.asked, total.short, total.paid],
        )
        write_table_pdf(file, document, self.rows(world))


def _columns(section: Section) -> list[Column]:
    return [Column(label, SHARES.get(key, 1.2)) for key, label in zip(section.keys, section.columns, strict=True)]


def _party(catalogue: Catalogue, contract: Contract) -> tuple[str, str]:
    words = catalogue.screen("list_output").words
    return words["contract"], words["contract_value"].format(number=contract.number, name=contract.name)


def _file_name(catalogue: Catalogue, title: str, month: str, suffix: str) -> str:
    return catalogue.screen("list_output").words["file"].format(title=title, month=month) + suffix
