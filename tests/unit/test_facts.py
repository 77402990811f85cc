"""What a report says of its run: what was tested, where, how, by whom."""

from __future__ import annotations

import re

import pytest

from koujyo import facts
from koujyo.facts import facts_of_run


def told(by: str | None = None) -> dict[str, str]:
    return dict(facts_of_run("Chromium", "2026-11-20 10:00+09:00", ["--pictures"], by).values)


def test_it_names_target_version_commit_system_browser_options_seed_clock_and_person() -> None:
    found = told("山田")
    assert (found["ブラウザの指定"], found["オプション"], found["実行者"]) == ("Chromium", "--pictures", "山田")
    assert found["模擬時計の開始"] == "2026-11-20 10:00+09:00"
    assert re.fullmatch(r"[0-9a-f]{12}（変更(あり|なし)）", found["コミット"])
    assert all(found[name] for name in ("対象", "koujyo の版", "OS", "Python", "乱数の種"))


def test_a_changed_tree_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"rev-parse": "0123456789abcdef", "status": " M README.md"}
    monkeypatch.setattr(facts, "_git", lambda *words: answers[words[0]])
    assert told()["コミット"] == "0123456789ab（変更あり）"
    answers["status"] = ""
    assert told()["コミット"] == "0123456789ab（変更なし）"


def test_without_git_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert told()["コミット"] == "git の管理下にありません"
