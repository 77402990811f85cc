"""The lists of visible texts: every screen has one, the manuals' words stand in it, and what differs is named."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from fixtures.visible_texts import Text, load_lists, problems_of
from fixtures.visible_texts.comparing import differences
from fixtures.visible_texts.lists import Repeated, ScreenTexts
from simulator.catalogue import load_catalogue
from simulator.catalogue.loading import SafeLoader

CLAUSES: dict[str, Any] = yaml.load(Path("features/clauses.yaml").read_text(encoding="utf-8"), SafeLoader)  # noqa: S506
MANUAL = {screen["name_ja"]: screen for screen in CLAUSES["screens"]}
LOGIN = "期待: 画面「ログイン」（DC582101）の"
LONG = (
    "「ログイン」ボタンを押してください。",
    "ソフトウェアキーボード",
    "違う電子証明書を選んだときは、開いているブラウザをすべて閉じ、アクセスからやり直してください。",
    "半角英大文字、英小文字、数字、記号",
)
Change = Callable[[list[Text]], list[Text]]


def shown(key: str, way: int = 0) -> list[Text]:
    """What a browser shows of a sound screen, in one of the cases."""
    return page(load_lists()[key].ways[way])


def page(way: Sequence[Text | Repeated]) -> list[Text]:
    """A page that shows what is listed; of what stands there any number of times, one."""
    texts = [one for text in way for one in (text.texts if isinstance(text, Repeated) else [text])]
    return [Text(text.kind, re.sub(r"\{([^｜}]+)｜.*?\}", r"\1", text.text)) for text in texts]


def said(listed: ScreenTexts, kind: str) -> list[str]:
    """What a list says of one kind, in every case once."""
    every = [text.text for way in listed.ways for text in page(way) if text.kind == kind]
    return list(dict.fromkeys(every))


def words(parts: Sequence[dict[str, str]]) -> list[str]:
    """The labels of a screen's parts, without remarks; what is no button but a link is part of a note."""
    return [part["label"].partition(" (")[0] for part in parts if "(link" not in part["label"]]


def replaced(old: str, new: str) -> Change:
    return lambda texts: [Text(text.kind, text.text.replace(old, new)) for text in texts]


def lost(kind: str, beginning: str) -> Change:
    return lambda texts: [t for t in texts if not (t.kind == kind and t.text.startswith(beginning))]


def swapped(one: str, other: str) -> Change:
    places = {one: other, other: one}
    return lambda texts: [Text(t.kind, places.get(t.text, t.text) if t.kind == "ボタン" else t.text) for t in texts]


def relabelled(label: str) -> Change:
    return lambda texts: [Text(text.kind, label) if text.kind == "項目" else text for text in texts]


def added(sentence: str) -> Change:
    return lambda texts: [*texts, Text("文", sentence)]


def test_every_screen_that_can_be_shown_has_a_list_and_every_list_a_screen() -> None:
    drawn = {key: (screen.id, screen.title) for key, screen in load_catalogue().screens.items()}
    assert {key: (listed.id, listed.title) for key, listed in load_lists().items()} == drawn


def test_no_two_lists_are_for_the_same_screen() -> None:
    lists = load_lists().values()
    assert len({listed.id for listed in lists}) == len({listed.title for listed in lists}) == len(lists)


@pytest.mark.parametrize("key", load_lists())
def test_what_a_list_says_is_found_right_in_every_case_of_its_own(key: str) -> None:
    own = ScreenTexts.model_validate({**load_lists()[key].model_dump(), "menu": False})
    assert [told for way in own.ways for told in differences(page(way), own)] == []


@pytest.mark.parametrize("key", [key for key, listed in load_lists().items() if listed.title in MANUAL])
def test_the_labels_and_buttons_that_the_manual_explains_are_listed_in_its_order(key: str) -> None:
    listed, explained = load_lists()[key], MANUAL[load_lists()[key].title]
    printed = listed.source.printed if listed.source else ()
    labels = {"項目": "fields", "ボタン": "buttons"}
    wanted = {kind: words(explained[name]) for kind, name in labels.items() if kind in printed}
    assert {kind: said(listed, kind) for kind in wanted} == wanted


def test_what_a_list_says_of_its_source_is_a_kind_of_text_that_it_has() -> None:
    sources = {key: listed.source for key, listed in load_lists().items() if listed.source}
    named = {(key, kind) for key, source in sources.items() for kind in (*source.printed, *source.reworded)}
    assert [(key, kind) for key, kind in named if not said(load_lists()[key], kind)] == []
    assert [key for key, source in sources.items() if set(source.printed) & set(source.reworded)] == []


def test_the_printed_ids_are_marked_as_printed_and_no_others() -> None:
    printed = {listed.id for listed in load_lists().values() if listed.source and "画面ID" in listed.source.printed}
    assert printed == {screen["id"] for screen in MANUAL.values() if screen["id"]}


def test_a_mistyped_word_of_a_list_is_refused() -> None:
    with pytest.raises(ValidationError, match="menue"):
        ScreenTexts.model_validate({"id": "DC582101", "title": "ログイン", "menue": True, "texts": []})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            replaced("パスワードを入力し", "パスワードを入カし"),
            "案内文は 「パスワードを入力し、{0}」 / 実際: 「パスワードを入カし、{0}」",
        ),
        (
            swapped("キャンセル", "ログイン"),
            "ボタンの順は 「キャンセル」「{1}」「ログイン」 / 実際: 「ログイン」「{1}」「キャンセル」",
        ),
        (lost("注意", "違う電子証明書"), "注意は 「{2}」 / 実際: なし"),
        (replaced("～12桁", "～16桁"), "項目の説明は 「（{3}を8～12桁）」 / 実際: 「（{3}を8～16桁）」"),
        (relabelled("バスワード"), "項目は 「パスワード」 / 実際: 「バスワード」"),
        (added("ただいま混み合っています。"), "文は なし / 実際: 「ただいま混み合っています。」"),
        (lost("お客様サポート", "ご利用環境"), "お客様サポートは 「ご利用環境」 / 実際: なし"),
        (replaced("DC582101", "DC582109"), "画面IDは 「DC582101」 / 実際: 「DC582109」"),
        (lost("シミュレータの印", "シミュレータ"), "シミュレータの印は 「シミュレータ」 / 実際: なし"),
    ],
)
def test_what_differs_is_told_with_the_screen_the_part_and_what_stands_there(change: Change, told: str) -> None:
    assert problems(shown("login")) == []
    assert problems(change(shown("login"))) == [LOGIN + told.format(*LONG)]


def test_what_stands_in_another_place_is_told() -> None:
    texts = shown("login")
    lead = next(text for text in texts if text.kind == "案内文")
    (told,) = problems([*(text for text in texts if text != lead), lead])
    assert told.startswith(LOGIN + "並びは 「案内文 パスワードを入力し、")


@pytest.mark.parametrize("entry", ["財形アラーム明細照会", "契約ユーザー情報照会", "システム管理機能", "ログアウト"])
def test_a_lost_menu_entry_is_told_whoever_is_logged_in(entry: str) -> None:
    ways = range(len(load_lists()["user_list"].ways))
    pages = [[text for text in shown("user_list", way) if text != Text("メニュー", entry)] for way in ways]
    told = f"期待: 画面「契約ユーザー情報照会」（DC591101）のメニューは 「{entry}」 / 実際: なし"
    assert [problems(page) for page in pages] == [[told]] * len(pages)


def test_what_stands_for_one_edition_only_is_missed_by_that_edition_alone() -> None:
    ways = [shown("master_registration", way) for way in range(len(load_lists()["master_registration"].ways))]
    pages = [(page, lost("注意", "携帯電話のアドレスは")(page)) for page in ways]
    assert {bool(problems(left)) for page, left in pages if page != left} == {True}
    assert {bool(problems(left)) for page, left in pages if page == left} == {False}


def test_a_screen_without_a_list_is_told() -> None:
    told = problems(replaced("DC582101", "DC582999")(replaced("ログイン", "ログオン")(shown("login"))))
    assert told == ["期待: 文の一覧（features/visible_texts）にある画面 / 実際: 一覧にない画面「ログオン」（DC582999）"]


def problems(texts: list[Text]) -> list[str]:
    return list(problems_of(tuple(texts)))
