"""What of a run is kept apart because it holds passwords: the folder, its mark, and what is in it.

Nothing of it is handed out: traces, and the secrets that manuals are searched for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from storyboard.codec import StoryboardError

FOLDER = "confidential"
MARK = "社外秘"
SECRETS = "secrets"
README = f"""{MARK}

このフォルダーには、テスト用のパスワードと認証コード、ブラウザのセッションの情報が含まれることがあります。
報告書をほかの人に渡すときは、このフォルダーを除いてください。報告書は、このフォルダーがなくても読めます。

  *.zip      失敗したシナリオのトレース（playwright show-trace で開く）。分かっている秘密とクッキーは伏せてありますが、
             画面の操作の記録が残るので、社外に出さないでください。
  {SECRETS}/   手順書に秘密が残っていないかを調べるための、秘密の一覧。手順書を作り終えたら、消してかまいません。
"""


def trace_of(scenario: str) -> str:
    """Where the trace of a scenario is, below the report's folder."""
    return f"{FOLDER}/{scenario}.zip"


def folder_in(report: Path) -> Path:
    """Return the folder, made when absent, marked, and readable for nobody else."""
    folder = report / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / "README.txt").write_text(README, encoding="utf-8", newline="\n")
    return folder


def keep_secrets(report: Path, scenario: str, secrets: Iterable[str]) -> None:
    """Keep the secrets of a scenario for the search of the manuals made from it."""
    folder = folder_in(report) / SECRETS
    folder.mkdir(exist_ok=True)
    path = folder / f"{scenario}.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(sorted(secrets), ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def kept_secrets(report: Path, scenario: str) -> frozenset[str]:
    """Return the secrets that were kept of a scenario.

    Raises:
        StoryboardError: they were not kept, or cannot be read; without them nothing can be searched for.
    """
    path = report / FOLDER / SECRETS / f"{scenario}.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        name = path.relative_to(report).as_posix()
        raise StoryboardError(
            f"秘密の一覧 {name} がないので、手順書を調べられません。もう一度実行してください"
        ) from problem
    return frozenset(map(str, told))
