"""The clause catalogue: what the manuals state, one checkable statement each (features/clauses.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

GROUPS: Mapping[str, str] = {
    "ENV": "ご利用環境",
    "BRW": "ブラウザの設定",
    "IEM": "IE モードの設定",
    "PDF": "PDF の表示",
    "ACC": "ポータルへのアクセス",
    "LGT": "ログイントップ画面",
    "MRG": "マスターユーザー初期登録",
    "CRT": "電子証明書の発行",
    "IMP": "電子証明書のインポート",
    "LGN": "ログイン",
    "PWD": "パスワード",
    "INF": "お知らせ画面",
    "MNU": "メニュー",
    "LGO": "ログアウト",
    "RNW": "電子証明書の更新",
    "USR": "一般ユーザー",
    "ROK": "労働金庫の手続き",
    "ML": "メール",
    "SKB": "ソフトウェアキーボード",
    "DIF": "事業主編と会員編の違い",
}


class CatalogueError(ValueError):
    """The clause catalogue cannot be read; the text says why."""


@dataclass(frozen=True)
class Clause:
    """One statement of the manuals, in Japanese.

    `sources` are pairs of edition and place, `terms` the labels as printed. The file holds each statement in English
    too, for who works on it; people are shown the Japanese one.
    """

    id: str
    text: str
    terms: tuple[str, ...]
    kind: str
    actor: str
    testable_by: str
    editions: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]

    @property
    def group(self) -> str:
        """The letters before the number: MRG of MRG-10."""
        return self.id.partition("-")[0]


def load_clauses(path: Path) -> list[Clause]:
    """Return the clauses in the catalogue's order.

    Raises:
        CatalogueError: the file is absent, is no YAML, lacks an entry's key or holds an id twice.
    """
    try:
        content = yaml.load(path.read_bytes(), Loader=SafeLoader)  # noqa: S506 - libyaml's safe loader where built in
        clauses = [_clause(entry) for entry in content["clauses"]]
    except OSError as error:
        raise CatalogueError(f"条項一覧を読めません: {path} ({error.strerror})") from error
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"条項一覧の形が正しくありません: {path} ({type(error).__name__}: {error})") from error
    if len({clause.id for clause in clauses}) != len(clauses):
        raise CatalogueError(f"条項一覧に同じ id が二つあります: {path}")
    return clauses


def _clause(entry: Mapping[str, Any]) -> Clause:
    return Clause(
        id=str(entry["id"]),
        text=str(entry["ja"]),
        terms=tuple(str(term) for term in entry["terms"]),
        kind=str(entry["kind"]),
        actor=str(entry["actor"]),
        testable_by=str(entry["testable_by"]),
        editions=tuple(entry["editions"]),
        sources=tuple((str(edition), str(place)) for edition, place in entry["source"].items()),
    )
