"""`koujyo screens`: the portal's screens with what can be typed, pressed and chosen on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from koujyo.listing import Words, conclude, has_all, tell_items

if TYPE_CHECKING:
    from simulator.catalogue import Catalogue, Field, Screen

EDITIONS = {"employer": "事業主編", "member": "会員編"}


def screens(words: Words = None) -> None:
    """Print the screens by their ids; ends with 1 where none has the words."""
    from simulator.catalogue import load_catalogue  # noqa: PLC0415 - costs time

    catalogue = load_catalogue()
    parts = [(one, dict(_parts(one, catalogue))) for one in catalogue.screens.values()]
    found = [
        (one, by_label)
        for one, by_label in sorted(parts, key=lambda part: part[0].id)
        if has_all(words, one.id, one.title, one.path or "", *(item for items in by_label.values() for item in items))
    ]
    for screen, by_label in found:
        print(f"{screen.id} {screen.title}" + (f"  {screen.path}" if screen.path else ""))
        for label, items in by_label.items():
            tell_items(label, items)
    conclude(len(found), "画面", words)


def _parts(screen: Screen, catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """What belongs to a screen, by the label it is printed under."""
    yield "項目", [_field(one) for one in screen.fields]
    yield "ボタン", [one.label for one in screen.buttons]
    yield "欄", [one.heading for one in screen.sections if one.heading]
    yield "見出し", [name for one in screen.sections for name in (*one.rows, *one.columns)]
    yield "メニュー", list(_ways(screen, catalogue))
    yield "だけ", [EDITIONS[one] for one in screen.editions] if len(screen.editions) == 1 else []


def _field(field: Field) -> str:
    choices = "／".join(field.choices.values())
    return f"{field.label}（{choices}）" if choices else field.label


def _ways(screen: Screen, catalogue: Catalogue) -> Iterator[str]:
    """The entries of the menu bar that open a screen, with the list they stand in."""
    for group in catalogue.menu_bar:
        if group.leads_to == screen.key:
            yield group.label
        yield from (f"{group.label} ＞ {one.label}" for one in group.items if one.leads_to == screen.key)
