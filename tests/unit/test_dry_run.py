"""Scenarios are read without running them, and what nobody understands is told with file and line."""

from pathlib import Path

import pytest

from koujyo.dry_run import dry_run
from storyboard.plan import plan_of

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
    assert dry_run(plan_of(feature, feature.parent)) == 1

    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "own.feature:6: よい文だけ",
        "own.feature:13: 登録の文",
        "own.feature:14: 変更の文",
        "シナリオ 3 件を読みました（実行していません）。",
    ]
    assert told.err.splitlines()[0].startswith(
        "この文に合うステップがありません: 「「登録」ボタンを押した」（own.feature:10）。"
        "もしかして: 「「登録」ボタンを押す」"
    )
    assert told.err.splitlines()[-1] == "このままでは実行できない文が 1 件あります。"


def test_only_the_chosen_scenarios_are_read(feature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dry_run(plan_of(feature, feature.parent)[:1]) == 0

    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "シナリオ 1 件を読みました（実行していません）。"
    assert told.err == ""
