"""マニュアル照会: choosing a chapter and what it shows (MNU-15, USR-07)."""

from __future__ import annotations

from pytest_bdd import then, when

from steps.screens import ManualChapter, ManualLookup, Screens
from steps.wording import column, sentence


@when(sentence("マニュアル「{title}」を表示する"))
def open_chapter(screens: Screens, title: str) -> None:
    """Choose a chapter from the list."""
    screens.the(ManualLookup).open(title)


@then("次のマニュアルがある")
def chapters_listed(screens: Screens, datatable: list[list[str]]) -> None:
    """These chapters are in the list, among others: 名称."""
    for title in column(datatable):
        screens.the(ManualLookup).should_list(title)


@then(sentence("マニュアル「{title}」に、次の画面が順に説明されている"))
def screens_described(screens: Screens, title: str, datatable: list[list[str]]) -> None:
    """The chapter describes exactly these screens, in this order: 画面."""
    screens.the(ManualChapter).should_show_in_order(title, column(datatable))


@then(sentence("「{screen}」画面の「{label}」は「{text}」と説明されている"))
def label_explained(screens: Screens, screen: str, label: str, text: str) -> None:
    """What the chapter says of an input or a button."""
    screens.the(ManualChapter).should_explain(screen, label, text)
