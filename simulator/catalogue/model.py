"""What a screen consists of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limited


class Edition(StrEnum):
    """Which manual a contract follows."""

    EMPLOYER = "employer"
    MEMBER = "member"


BOTH = (Edition.EMPLOYER, Edition.MEMBER)


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(_Data):
    """An input of a screen.

    Attributes:
        key: its name in forms and code.
        label: as printed on the screen.
        rule: name of the field rule it is checked with (`simulator.rules.field_rules`).
        hint: the short rule printed beside the label.
        explanation: what the manual's 入力項目 table says of it.
        secret: typed unseen, and masked wherever it would be shown.
        sensitive: typed in sight, and masked in pictures and manuals.
        software_keyboard: whether the software keyboard is offered beside it.
        repeats: key of the field whose value must be entered again here.
        numeric: whether a number pad suits it.
        optional: whether it may stay empty.
        is_chosen: whether its value is chosen from a list.
        choices: what it is chosen from, by a name in code; empty where the data of the page says so.
        assumed: True when the manuals do not print it.
        clauses: the clauses it comes from.
    """

    key: str
    label: str
    rule: str
    hint: str
    explanation: str = ""
    secret: bool = False
    sensitive: bool = False
    software_keyboard: bool = False
    repeats: str | None = None
    numeric: bool = False
    optional: bool = False
    is_chosen: bool = False
    choices: Mapping[str, str] = {}
    assumed: bool = False
    clauses: tuple[str, ...] = ()


class Button(_Data):
    """A button of a screen.

    Attributes:
        key: its name in forms and code.
        label: as printed on the screen.
        meaning: what pressing it does, for the manual's ボタン table.
        leads_to: key of the screen that follows; None where the screen stays.
        submits: whether it sends the form; otherwise it only opens `leads_to`.
        main: whether it is the screen's main action.
        assumed: True when the manuals do not print it.
        clauses: the clauses it comes from.
    """

    key: str
    label: str
    meaning: str
    leads_to: str | None = None
    submits: bool = False
    main: bool = False
    assumed: bool = False
    clauses: tuple[str, ...] = ()


class Note(_Data):
    """A remark printed on the screen, for one edition or both; `{link}` in it opens the screen `leads_to`."""

    text: str
    link: str = ""
    leads_to: str | None = None
    editions: tuple[Edition, ...] = BOTH
    clauses: tuple[str, ...] = ()


class Section(_Data):
    """A titled block of a screen that groups inputs, buttons or data.

    Attributes:
        key: its name in forms and code.
        heading: as printed above it.
        text: the sentence under the heading.
        fields: keys of the inputs that are sent together from here; the rest of the screen stays as it is.
        buttons: keys of the buttons that stand here.
        captions: a line above each button.
        rows: labels of data that stand one below the other.
        values: what the first rows always say; the others are filled in when the page is made.
        states: what the row that follows them may say, by the name of a state.
        columns: labels of data that stand side by side, one line for each thing listed.
        keys: names in code of the columns, in the same order.
        sorts: the keys of the columns that the list can be sorted by; it is by the first to begin with, in descending
            order where `-` stands before the key.
        empty: what stands here when there is no data.
        notes: remarks under it.
        clauses: the clauses it comes from.
    """

    key: str
    heading: str
    text: str = ""
    fields: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    states: Mapping[str, str] = {}
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    empty: str = ""
    notes: tuple[Note, ...] = ()
    clauses: tuple[str, ...] = ()


class Screen(_Data):
    """One screen.

    Attributes:
        key: its name in code.
        id: the screen id at the upper left, such as DC581101.
        id_assumed: True unless the manuals print the id.
        title: as printed in the title bar.
        title_assumed: True when the manuals only describe the screen.
        path: where the portal serves it; None for screens that take another one's place.
        lead: the sentence above the form.
        menu_bar: whether the menu bar of logged-in users stands above it.
        footer: whether the links at the foot of the page are there; they lead nowhere while the portal is shut.
        editions: whose contracts reach it (ambiguity 22).
        words: what its data says, by a name in code; `{name}` in a word is filled in.
    """

    key: str
    id: str
    id_assumed: bool = True
    title: str
    title_assumed: bool = False
    path: str | None = None
    lead: str = ""
    fields: tuple[Field, ...] = ()
    buttons: tuple[Button, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    words: Mapping[str, str] = {}
    menu_bar: bool = False
    footer: bool = True
    editions: tuple[Edition, ...] = BOTH
    clauses: tuple[str, ...] = ()

    def field(self, key: str) -> Field:
        """The field with this key.

        Raises:
            KeyError: there is none.
        """
        return _only(self.fields, key, self.title)

    def button(self, key: str) -> Button:
        """The button with this key.

        Raises:
            KeyError: there is none.
        """
        return _only(self.buttons, key, self.title)

    def section(self, key: str) -> Section:
        """The section with this key.

        Raises:
            KeyError: there is none.
        """
        return _only(self.sections, key, self.title)

    def notes_for(self, edition: Edition | None) -> tuple[Note, ...]:
        """The notes of an edition; of both editions only, when it is not known yet."""
        return tuple(n for n in self.notes if n.editions == BOTH or edition in n.editions)


class MenuItem(_Data):
    """An entry of the menu bar, or of one of its pull-down lists.

    Attributes:
        key: its name in code.
        label: as printed in the menu.
        meaning: what choosing it does, for the manual.
        leads_to: key of the screen it opens; None for an entry that only unfolds its list.
        method: "post" where it does more than open a screen.
        items: the functions of its pull-down list (MNU-02).
        master_only: whether general users do not see it (ambiguity 16).
        needs_detail_change: whether only contracts with the detail change functions have it (MNU-09).
        editions: whose contracts see it (ambiguity 22).
        clauses: the clauses it comes from.
    """

    key: str
    label: str
    meaning: str
    leads_to: str | None = None
    method: Literal["get", "post"] = "get"
    items: tuple[MenuItem, ...] = ()
    master_only: bool = False
    needs_detail_change: bool = False
    editions: tuple[Edition, ...] = BOTH
    clauses: tuple[str, ...] = ()


class ManualStep(_Data):
    """A screen in a chapter of the manual.

    Attributes:
        screen: its key.
        sections: keys of the only sections that matter here; everything of the screen where none is named.
        text: what one does here, beside the screen's own lead.
    """

    screen: str
    sections: tuple[str, ...] = ()
    text: str = ""


class Manual(_Data):
    """A chapter of the manual (MNU-15); in its texts names in braces stand for labels until the catalogue is loaded.

    Attributes:
        key: its name in addresses and code.
        title: as listed.
        category: the part of the manual that it belongs to, as listed.
        editions: whose manual has it.
        introduction: what it is for.
        steps: its screens, in the order in which they are used.
        clauses: the clauses it comes from.
    """

    key: str
    title: str
    category: str
    editions: tuple[Edition, ...] = BOTH
    introduction: str
    steps: tuple[ManualStep, ...] = Limited(min_length=1)
    clauses: tuple[str, ...] = ()


class PaperEntry(_Data):
    """What is written on a form: into so many boxes, a character each, or onto a line."""

    label: str
    boxes: int = 0
    hint: str = ""


class PaperChoice(_Data):
    """What a form asks for, and the reasons to tick; that there may be another reason goes without saying."""

    key: str
    heading: str
    reasons: tuple[str, ...] = Limited(min_length=1)


class PaperForm(_Data):
    """A paper form for the labour bank, of our own design (MNU-15; ambiguity 6).

    Attributes:
        key: its name in addresses and code.
        title: as listed.
        heading: as printed at its head.
        editions: whose contracts use it.
        purpose: when it is used.
        statement: what the contracting party declares by it.
        copies: what each of its sheets is for.
        clauses: the clauses it comes from.
    """

    key: str
    title: str
    heading: str
    editions: tuple[Edition, ...] = BOTH
    purpose: str
    statement: str
    entries: tuple[PaperEntry, ...] = ()
    choices: tuple[PaperChoice, ...] = ()
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = Limited(min_length=1)
    clauses: tuple[str, ...] = ()


class PaperWords(_Data):
    """Words that stand on every form; `sealed` is the line of the signature that a seal is put beside."""

    addressee: str
    date: str
    date_blank: str
    contents: str
    requests: str
    other: str
    other_blank: str
    customer: str
    signature: tuple[str, ...]
    sealed: str
    seal: str
    office: str
    office_entries: tuple[str, ...]
    notes: str
    sample: str


class Words(_Data):
    """Words that stand on several screens."""

    mark_meaning: str
    menu: str
    menu_bar: str
    notes: str
    cautions: str
    secrets_cleared: str
    typed: str
    choose: str
    support: str
    script_off: str


class Catalogue(_Data):
    """All screens, the menu bar and the words they share.

    Attributes:
        footer: the screens that every page links at its foot; they open in a window of their own, so that nothing
            under way is lost and nobody needs the back button (LGT-16).
        manuals: the chapters of both editions' manuals, in their order.
        forms: the paper forms, and `paper` the words that all of them share.
        operations: the kinds that portal users bring about, as the operation log lists them (MNU-19).
        event_words: what each kind of line of the audit trail, and of what falls due, is called.
        detail_words: what the details of such a line are called.
    """

    system_name: str
    mark: str
    words: Words
    screens: Mapping[str, Screen]
    menu_bar: tuple[MenuItem, ...]
    event_words: Mapping[str, str]
    operations: tuple[str, ...]
    detail_words: Mapping[str, str]
    footer: tuple[str, ...] = ()
    manuals: tuple[Manual, ...] = ()
    forms: tuple[PaperForm, ...] = ()
    paper: PaperWords

    def manuals_for(self, edition: Edition) -> tuple[Manual, ...]:
        """The chapters of an edition's manual, in its order."""
        return tuple(manual for manual in self.manuals if edition in manual.editions)

    def manual(self, key: str, edition: Edition) -> Manual:
        """The chapter with this key in an edition's manual.

        Raises:
            KeyError: there is none.
        """
        return {manual.key: manual for manual in self.manuals_for(edition)}[key]

    def forms_for(self, edition: Edition) -> tuple[PaperForm, ...]:
        """The paper forms that an edition's contracts use."""
        return tuple(form for form in self.forms if edition in form.editions)

    def reasons(self, form: str, choice: str) -> tuple[str, ...]:
        """The reasons that a form offers for one of the things it asks for, another one last.

        Raises:
            KeyError: there is no such form or choice.
        """
        choices = {(f.key, c.key): c for f in self.forms for c in f.choices}
        return (*choices[form, choice].reasons, self.paper.other)

    def screen(self, key: str) -> Screen:
        """The screen with this key.

        Raises:
            KeyError: there is none.
        """
        return self.screens[key]

    def titled(self, title: str) -> Screen:
        """The screen with this title.

        Raises:
            KeyError: there is none; the message lists the titles.
        """
        for screen in self.screens.values():
            if screen.title == title:
                return screen
        raise KeyError(f"画面「{title}」はカタログにありません: {'、'.join(s.title for s in self.screens.values())}")


_Keyed = TypeVar("_Keyed", Field, Button, Section)


def _only(items: Sequence[_Keyed], key: str, title: str) -> _Keyed:
    for item in items:
        if item.key == key:
            return item
    raise KeyError(f"画面「{title}」に {key} はありません")
