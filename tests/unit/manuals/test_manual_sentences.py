from pathlib import Path

import pytest

from manuals.outline import Wording, load_outline
from manuals.sentences import UnknownEnding, polite

WORDING = Wording(
    endings={"する": "します", "押す": "押します", "れている": "れています", "ている": "ています"},
    sentences={
        "契約がある": "",
        "「{label}」に「{value}」を入力する": "「{label}」欄を埋めます。",
        "「番号」に「{value}」を入力する": "「番号」に「{value}」と入れます。",
        "「{label}」とその再入力に入れる": "「{label}」と「{label}再入力」に入れます。",
    },
)


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("本システムにアクセスする", "本システムにアクセスします。"),
        ("「次へ」ボタンを押す", "「次へ」ボタンを押します。"),
        ("書かれている", "書かれています。"),
        ("開いている", "開いています。"),
        ("契約がある", ""),
        ("「氏名」に「労金」を入力する", "「氏名」欄を埋めます。"),
        ("「番号」に「10」を入力する", "「番号」に「10」と入れます。"),
        ("「パスワード」とその再入力に入れる", "「パスワード」と「パスワード再入力」に入れます。"),
    ],
)
def test_sentences_become_polite_and_the_form_that_says_more_wins(plain: str, said: str) -> None:
    assert polite(plain, WORDING) == said


def test_an_ending_nobody_has_worded_is_named() -> None:
    with pytest.raises(UnknownEnding, match="表示されよう"):
        polite("表示されよう", WORDING)


def test_a_mark_in_a_sentence_stands_for_words_and_not_for_nothing() -> None:
    with pytest.raises(UnknownEnding):
        polite("「」とその再入力に入れる", WORDING)


def test_the_projects_own_wording_names_no_mark_that_its_sentence_lacks() -> None:
    wording = load_outline().wording
    for form, text in wording.forms:
        text.format_map(dict.fromkeys(form.groupindex, ""))


def test_a_mark_that_the_sentence_lacks_is_refused_with_the_file(tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(ValueError, match="name"):
        Wording(endings={}, sentences={"「{label}」を押す": "「{name}」を押します。"})
