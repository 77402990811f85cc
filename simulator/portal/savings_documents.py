"""The lists of 財形貯蓄事務 on paper and as data: titles, columns, cells in the words of the catalogue (MNU-06)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from simulator.catalogue import Catalogue, Section
from simulator.documents import Column, CsvEncoding, TableDocument, write_csv, write_table_pdf
from simulator.portal.choosing import month_of
from simulator.portal.listing import Cell
from simulator.portal.producing import Product
from simulator.rules import is_bonus_month
from simulator.services.savings_lists import Choice, ChosenList, ListKind, list_lines
from simulator.services.world import World
from simulator.store import Contract

PDF = "application/pdf"
# How wide the columns are, in proportion to each other.
SHARES = {"worker": 1.1, "name": 1.7, "kana": 2.2, "branch": 1.7, "account": 1.1, "tax": 1.6, "principal": 1.3}
ALARM_SHARES = {"kind": 2.2, "savings": 1.7}
NOT_IN_FILE_NAMES = str.maketrans({"（": "_", "）": None, "/": "・"})


@dataclass(frozen=True)
class Paper:
    """A list that was chosen, for a contract.

    Attributes:
        catalogue: whose words it is written in.
        contract: whose it is.
        chosen: what stands in it.
    """

    catalogue: Catalogue
    contract: Contract
    chosen: ChosenList

    @property
    def title(self) -> str:
        """The title of the list."""
        return title_of(self.catalogue, self.chosen.choice)

    @property
    def month(self) -> str:
        """The month it is about."""
        return month_of(self.catalogue.screen("list_output"), self.chosen.choice.month)

    def file_name(self, suffix: str) -> str:
        """What the file is called in a download folder."""
        words = self.catalogue.screen("list_output").words
        return words["file"].format(title=self.title, month=self.month).translate(NOT_IN_FILE_NAMES) + suffix

    def as_pdf(self, world: World, mark: str) -> Product:
        """The list as PDF (MNU-06)."""
        return Product(self.file_name(".pdf"), self._plain_name(".pdf"), PDF, partial(self._print, world, mark))

    def as_csv(self, world: World, encoding: CsvEncoding) -> Product:
        """The list as CSV (MNU-08)."""
        return Product(
            self.file_name(".csv"),
            self._plain_name(".csv"),
            encoding.media_type,
            partial(self._export, world, encoding),
        )

    def rows(self, world: World) -> Iterator[list[Cell]]:
        """The lines of the list, cell by cell.

        Raises:
            Refused: meanwhile the generation has made way for a new one (E4203).
        """
        is_bonus = is_bonus_month(self.chosen.choice.month, world.profile)
        cells = [_cell(self.catalogue, self.chosen, key, is_bonus=is_bonus) for key in self._section.keys]
        return ([cell(line) for cell in cells] for line in list_lines(world, self.chosen))

    @property
    def _section(self) -> Section:
        if self.chosen.choice.kind is ListKind.ALARMS:
            return self.catalogue.screen("alarm_list").section("list")
        return _layout(self.catalogue, self.chosen.choice)

    def _plain_name(self, suffix: str) -> str:
        choice = self.chosen.choice
        return f"{choice.kind.value}-{choice.data.value}-{choice.month:%Y%m}{suffix}"

    def _export(self, world: World, encoding: CsvEncoding, file: BinaryIO) -> None:
        write_csv(file, self._section.columns, self.rows(world), encoding)

    def _print(self, world: World, mark: str, file: BinaryIO) -> None:
        words, is_alarms = self.catalogue.screen("list_output").words, self.chosen.choice.kind is ListKind.ALARMS
        shares = {**SHARES, **(ALARM_SHARES if is_alarms else {})}
        section = self._section
        document = TableDocument(
            title=self.title,
            columns=[
                Column(label, shares.get(key, 1.2)) for key, label in zip(section.keys, section.columns, strict=True)
            ],
            facts=self._facts(),
            issuer=self.catalogue.system_name,
            made_at=words["made_at"].format(at=world.clock.now()),
            mark=mark,
            totals_label=words["total"].format(lines=self.chosen.lines),
            totals=self.chosen.totals,
        )
        write_table_pdf(file, document, self.rows(world))

    def _facts(self) -> Sequence[tuple[str, str]]:
        screen, generation = self.catalogue.screen("list_output"), self.chosen.generation
        words = screen.words
        facts = [
            (words["for_month"], self.month),
            (words["receipt"], words["received"].format(at=generation.received_at)),
            (words["contract"], words["contract_value"].format(number=self.contract.number, name=self.contract.name)),
        ]
        if self.chosen.choice.kind is ListKind.CHANGES and generation.previous is not None:
            facts.insert(1, (words["compared"], month_of(screen, generation.previous)))
        return facts


def title_of(catalogue: Catalogue, choice: Choice) -> str:
    """The title of a list."""
    if choice.kind is ListKind.ALARMS:
        return catalogue.screen("list_output").field("kind").choices[choice.kind.value]
    return _layout(catalogue, choice).heading


def _layout(catalogue: Catalogue, choice: Choice) -> Section:
    key = choice.kind if choice.kind is ListKind.CHANGES else choice.data
    return catalogue.screen("list_output").section(key.value)


def _cell(catalogue: Catalogue, chosen: ChosenList, key: str, *, is_bonus: bool) -> Callable[[Any], Cell]:
    """What stands in a column, made from a line; whether bonuses are deducted in its month makes a difference."""
    words, alarms = catalogue.screen("list_output").words, catalogue.screen("alarm_list")
    is_alarms = chosen.choice.kind is ListKind.ALARMS
    kinds = (alarms if is_alarms else catalogue.screen("statement_list")).field("kind").choices
    taxes = catalogue.screen("statement_detail").words
    made: dict[str, Callable[[Any], Cell]] = {
        "kind": lambda line: kinds[line.kind],
        "savings": lambda line: alarms.words[line.savings],
        "left": lambda line: max(line.limit - line.principal, 0),
        "deposit": lambda line: int(line.monthly + line.bonus * is_bonus),
        "opened": lambda line: words["opened"].format(month=line.opened),
        "tax": lambda line: taxes[line.tax],
        "change": lambda line: words[line.change],
    }
    return made.get(key, lambda line: getattr(line, key))
