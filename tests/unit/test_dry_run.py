"""Scenarios are read without running them, and what nobody understands is told with file and line."""

from pathlib import Path

import pytest

from koujyo.dry_run import dry_run

FEATURE = """# language: ja
機能: 試し
  背景:
    前提 契約「10000001」にマスターユーザー「sample001」が登録されている

  シナリオ: よい文だけ
    もし 「ログイン」ボタンを押す

  シナリオアウトライン: <題>の文
    もし 「<題>」ボタンを押した
    例:
      | 題     |
      | 登録   |
      | 変更   |
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    file = tmp_path / "own.feature"
    file.write_text(FEATURE, encoding="utf-8")
    return file


def test_scenarios_and_unknown_sentences_are_listed(feature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dry_run([feature]) == 1

    told = capsys.readouterr()
    assert told.out.splitlines() == [
        f"{feature}:6: よい文だけ",
        f"{feature}:13: 登録の文",
        f"{feature}:14: 変更の文",
        "シナリオ 3 件を読みました（実行していません）。",
    ]
    assert told.err.splitlines()[0].startswith(
        f"この文に合うステップがありません: 「「登録」ボタンを押した」（{feature}:10）。"
        "もしかして: 「「登録」ボタンを押す」"
    )
    assert told.err.splitlines()[-1] == "このままでは実行できない文が 1 件あります。"


def test_only_the_chosen_scenarios_are_read(feature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dry_run([feature], frozenset({f"{feature}:6"})) == 0

    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "シナリオ 1 件を読みました（実行していません）。"
    assert told.err == ""


def test_a_file_that_is_no_gherkin_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.feature"
    file.write_text(
        "# language: ja\n機能: 試し\n  シナリオ: 一つ\n    もし 何かをする\n    そして次に\n", encoding="utf-8"
    )

    assert dry_run([file]) == 1
    assert f"シナリオとして読めません（{file}:5）" in capsys.readouterr().err
