"""Scenarios that fail on purpose: their words, how soon they come, and how many lines of them in the terminal."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from storyboard.model import Scenario, load_all

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).with_name("broken") / "broken.feature"
LONGEST = 5  # lines
# Missing things are found in two seconds; the rest is for a busy machine.
SECONDS = 15.0

WORDS = {
    "メールが届かない": (
        "期待: 「sample001@sample.co.jp」に「ロックのお知らせ」のメールが届く / 実際: 届いたメールは1通: ",
        "マスターユーザー登録完了のお知らせ」（宛先 sample001@sample.co.jp）",
    ),
    "メールが1通もない": ("期待: 「sample001@sample.co.jp」に", "実際: メールは1通も届いていません"),
    "メニューにない機能を選ぶ": (
        "期待: メニューバーに「操作ロク照会」がある / 実際: ありません。あるもの: ",
        "操作ログ照会",
    ),
    "契約番号を間違える": ("期待: 契約「10000009」がある / 実際: ありません。あるもの: 10000001、20000001",),
    "電子証明書が別のパスワードで封じられる": (
        "期待: sample001 20271120100000 ROKIN Koujyo Web System をパスワード「●●●●●●●●」でインポートできる",
        "実際: 別のパスワードで封じられていて、開けません",
    ),
    "ポータルが内部エラーを起こす": (
        "期待: POST /master/initial-login が最後まで動く",
        "実際: ポータルの内部エラー: ZeroDivisionError: integer division or modulo by zero",
    ),
    "画面のスクリプトがエラーを起こす": (
        "期待: 画面のスクリプトがエラーなく動く",
        "実際: JavaScript のエラー: nothing is not defined（/static/once.js の 2 行目）",
    ),
    "メッセージが表示されない": (
        "期待: メッセージ E9999が表示される",
        "「マスターユーザー初期登録ログイン」が表示されています（メッセージ: ",
        "契約番号を入力してください",
    ),
    "画面の名前を間違える": (
        "期待: 画面「マスターユーザー初期登録ロクイン」がある / 実際: ありません。",
        "あるもの: マスターユーザー初期登録ログイン、",
    ),
    "別の画面が表示されている": (
        "期待: 「電子証明書発行」画面が表示される",
        "実際: 「マスターユーザー初期登録ログイン」が表示されています（メッセージ: なし）",
    ),
    "ボタンの名前を間違える": (
        "期待: 「マスターユーザー初期登録ログイン」画面に「つぎへ」がある / 実際: ありません。あるもの: 次へ",
    ),
    "値が違う": ("期待: 「契約番号」の入力は「10000002」である / 実際: 「10000001」",),
    "言葉にしていない失敗": ("期待: 「だれも言葉にしていない失敗が起こる」を実行できる / 実際: StopIteration",),
}


@dataclass(frozen=True)
class Run:
    """What a run left: its terminal output and its storyboards by name."""

    output: str
    scenarios: dict[str, Scenario]


def run(folder: Path, *options: str) -> Run:
    report = folder / "report"
    command = [sys.executable, "-m", "pytest", str(BROKEN), f"--rootdir={ROOT}", "-n", "0", "-p", "no:randomly"]
    command += ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", f"--report={report}", f"--output={folder}/out"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return Run(done.stdout, {scenario.name: scenario for scenario in load_all(report / "storyboards")})


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("short"))


def test_every_scenario_fails(broken: Run) -> None:
    assert {name: scenario.outcome for name, scenario in broken.scenarios.items()} == dict.fromkeys(WORDS, "failed")


@pytest.mark.parametrize("name", WORDS)
def test_the_first_line_tells_what_was_expected_and_what_was_there(broken: Run, name: str) -> None:
    failure = broken.scenarios[name].failure
    assert failure is not None
    first = failure.message.splitlines()[0]
    assert [words for words in WORDS[name] if words not in first] == [], first
    assert first.startswith("期待: ")
    assert first.count(" / 実際: ") == 1


@pytest.mark.parametrize("name", WORDS)
def test_nothing_is_waited_for_that_cannot_come(broken: Run, name: str) -> None:
    failed = [step for step in broken.scenarios[name].steps if step.outcome == "failed"]
    assert [step.text for step in failed if step.seconds > SECONDS] == []


@pytest.mark.parametrize("name", WORDS)
def test_the_terminal_has_a_few_lines_for_a_failure(broken: Run, name: str) -> None:
    scenario = broken.scenarios[name]
    failed = next(step for step in scenario.steps if step.outcome == "failed")
    lines = broken.output.splitlines()
    start = lines.index(f"シナリオ: {name}")
    told = lines[start : start + LONGEST]
    assert scenario.failure is not None
    assert told[1].endswith(f"broken.feature:{scenario.line}")
    assert told[2] == f"ステップ {failed.number}: {failed.keyword} {failed.text}"
    assert told[3] == scenario.failure.message.splitlines()[0]
    assert told[4].endswith(f"scenarios/{scenario.id}.html")
    assert lines[start + LONGEST].startswith(("_", "=", "-"))


def test_the_terminal_has_no_inside_of_the_bench(broken: Run) -> None:
    assert "Traceback" not in broken.output
    assert "site-packages" not in broken.output


@pytest.mark.long
def test_all_lines_come_when_they_are_asked_for(tmp_path: Path) -> None:
    output = run(tmp_path, "--full-trace", "-k", "言葉にしていない").output
    assert "def unworded" in output
    assert "シナリオ: 言葉にしていない失敗" not in output
