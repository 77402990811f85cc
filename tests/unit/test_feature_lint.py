"""The wording of scenarios is kept uniform: what is spelt otherwise, or said twice, is found."""

from pathlib import Path

import pytest

from koujyo.feature_lint import RULES, Rules, alike_problems, main, read_rules, spelling_problems
from steps.sentences import Sentence, known_sentences

NO_RULES = Rules((), frozenset())


def sentences(*texts: str, kind: str = "then") -> list[Sentence]:
    return [Sentence(kind, text, "steps.own", f"own_{at}", takes_table=False) for at, text in enumerate(texts)]


def test_the_checkout_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out == "\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("もし ユーザが登録する", "「ユーザ」は「ユーザー」と書きます（表記ゆれ）"),
        ("シナリオ: ブラウザーを閉じる", "「ブラウザー」は「ブラウザ」と書きます（表記ゆれ）"),
        ("もし 「ＯＫ」を押下する", "「押下」は「押す」と書きます（表記ゆれ）"),
        ("ならば ＣＳＶが保存される", "「Ｃ」は「半角の英数字」と書きます（表記ゆれ）"),
        ("説明に全て書く。", "「全て」は「すべて」と書きます（表記ゆれ）"),
        ("もし フォルダを開く", "「フォルダ」は「フォルダー」と書きます（表記ゆれ）"),
    ],
)
def test_another_spelling_is_told_with_its_line(tmp_path: Path, line: str, found: str) -> None:
    file = tmp_path / "own.feature"
    file.write_text(f"機能: 試し\n  {line}\n", encoding="utf-8")

    assert list(spelling_problems(file, read_rules(RULES))) == [f"{file}:2: {found}"]


@pytest.mark.parametrize(
    "line", ["もし 「ユーザＩＤ全て」を押す", "| ＯＫ | ｱ |", "@ブラウザー", "# 全て", "もし ユーザーを選ぶ"]
)
def test_quoted_parts_tables_tags_and_comments_are_written_as_they_are(tmp_path: Path, line: str) -> None:
    file = tmp_path / "own.feature"
    file.write_text(line, encoding="utf-8")

    assert list(spelling_problems(file, read_rules(RULES))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("メニューバーに「{label}」がある", "メニューバーには「{name}」がある"),
        ("CSVが保存される", "ＣＳＶが保存された"),
        ("画面に「{text}」と表示される", "画面に「{text}」と、表示されている"),
        ("{days:d}日前の電子証明書を持っている人がいる", "{n:d}日後の電子証明書を持っている人がいる"),
    ],
)
def test_sentences_that_hardly_differ_are_told(one: str, other: str) -> None:
    (line,) = alike_problems(sentences(one, other), NO_RULES)

    assert line.startswith("よく似た文です: 「")
    assert alike_problems(sentences(one, other), Rules((), frozenset({frozenset((one, other))}))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("メニューバーに「{label}」がある", "メニューバーに「{label}」はない"),
        ("「証明書の選択」ダイアログが表示される", "「ファイルを保存」ダイアログが表示される"),
        ("確認ウィンドウの「OK」を押す", "確認ウィンドウの「キャンセル」を押す"),
        ("{minutes:d}分が経過する", "{days:d}日が経過する"),
    ],
)
def test_opposites_and_other_objects_are_no_duplicates(one: str, other: str) -> None:
    assert alike_problems(sentences(one, other), NO_RULES) == []


def test_a_pair_that_is_no_longer_alike_is_told() -> None:
    rules = read_rules(RULES)

    assert len(alike_problems((), rules)) == len(rules.alike)
    assert alike_problems(known_sentences(), rules) == []
