"""`koujyo steps`, `screens` and `messages`: everything is listed, and words find what they are in."""

import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from koujyo import listing
from koujyo.__main__ import app
from simulator.catalogue import load_catalogue
from simulator.rules.messages import MESSAGES
from steps.sentences import KEYWORDS, known_sentences
from storyboard.model import Step, save
from tests.unit.reports.report_samples import make_scenario

runner = CliRunner()


def listed(*words: str) -> list[str]:
    done = runner.invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_steps_lists_every_sentence_by_topic() -> None:
    lines = listed("steps")

    assert {f"{KEYWORDS[one.kind]} {one.shown}" for one in known_sentences()} <= set(lines)
    assert lines[-1] == f"{len(known_sentences())} 件の文（語を続けて書くと、絞り込めます）"


def test_a_sentence_comes_with_an_example_its_table_and_where_it_is_used(tmp_path: Path) -> None:
    lines = listed("steps", "次のとおり入力する", "--report", str(tmp_path))

    assert lines[:2] == ["■ 入力とボタン", "もし 次のとおり入力する"]
    assert lines[2] == "    下に表: | 項目 | 値 |"
    assert lines[3].startswith("    使用: シナリオ ")
    file, _, line = lines[3].partition("例は ")[2].rstrip("）").partition(":")
    assert Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1].endswith(" 次のとおり入力する")


def test_a_sentence_is_found_by_what_scenarios_put_into_it_and_shows_that_as_its_example() -> None:
    lines = listed("steps", "「控除依頼リスト」画面まで進んでいる")

    assert "前提 ユーザー「{user_id}」が「{title}」画面まで進んでいる" in lines
    assert "    例: ユーザー「sample001」が「控除依頼リスト」画面まで進んでいる" in lines


def test_the_last_picture_of_a_sentence_is_named(tmp_path: Path) -> None:
    text = next(line for line in listed("steps", "ボタンを押す") if "例: " in line).partition("例: ")[2]
    shown = Step(1, "かつ", text, "passed", 0.1, picture="pictures/a-01.png", picture_size=(10, 10))
    save(make_scenario("a", steps=(shown,)), tmp_path / "storyboards")

    assert f"    写真: {tmp_path / 'pictures/a-01.png'}" in listed("steps", "ボタンを押す", "--report", str(tmp_path))


def test_all_words_must_be_there_in_whatever_width() -> None:
    assert listed("steps", "ｐｄｆ", "ダウンロード")[-1] == listed("steps", "ダウンロード", "PDF")[-1]
    assert listing.has_all(["ＰＤＦ", "押す"], "pdfの「印刷」を押す")
    assert not listing.has_all(["PDF", "引く"], "PDFの「印刷」を押す")


def test_screens_shows_what_is_on_them() -> None:
    lines = listed("screens", "DC594101")

    assert lines[0] == "DC594101 控除依頼リスト  /deductions/list"
    assert "    ボタン: 印刷、CSV出力、検索、条件クリア" in lines
    assert "    メニュー: 控除事務 ＞ 控除依頼リスト" in lines
    assert "    だけ: 会員編" in lines
    assert len([line for line in listed("screens") if line.startswith("DC")]) == len(load_catalogue().screens)


def test_messages_shows_number_and_text() -> None:
    assert listed("messages", "e1001") == ["E1001 {field}を入力してください。", "1 件のメッセージ"]
    assert len(listed("messages")) == len(MESSAGES) + 1


@pytest.mark.parametrize("command", ["steps", "screens", "messages"])
def test_words_that_are_nowhere_end_with_1(command: str) -> None:
    done = runner.invoke(app, [command, "xyzzy"])

    assert done.exit_code == 1
    assert done.stderr.startswith("「xyzzy」を含む")


@pytest.mark.parametrize("command", ["screens", "steps"])
def test_lists_of_items_fit_a_terminal_and_lose_nothing(command: str) -> None:
    items = [line for line in listed(command) if line.startswith("    項目: ")]

    assert (items != []) == (command == "screens")
    assert [line for line in items if cell_len(line) > listing.COLUMNS] == []


def test_the_sentences_are_listed_without_browser_or_simulator() -> None:
    code = (
        "import sys\nfrom koujyo.__main__ import main\ntry:\n main()\nfinally:\n print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, "steps", "ログイン"], capture_output=True, text=True, check=True)

    loaded = set(done.stderr.split())
    assert "steps.sentences" in loaded
    assert {"playwright", "simulator.server", "steps.entry"} & loaded == set()
