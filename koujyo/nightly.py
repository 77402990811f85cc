"""`koujyo nightly`: every scenario with both ways of presenting certificates, which must not make a difference."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree as ET

import typer

from koujyo.places import NIGHTLY, processors
from koujyo.scenarios import JUNIT, Certificates, certificate_switches, most_workers, run_scenarios

DIFFERENT = 1
WORDS = {"passed": "成功", "failed": "失敗", "skipped": "省略", "": "実行されず"}


def nightly(
    *,
    arguments: Annotated[
        list[str] | None, typer.Argument(help="「--」の後に pytest へ渡す引数", show_default=False)
    ] = None,
    keyword: Annotated[
        str | None, typer.Option("-k", help="名前で絞り込む（pytest の -k）", show_default=False)
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="並列数（0 は並列にしない）")] = processors(),
) -> None:
    """Run both ways and compare; the exit code is that of the first failure, or 1 where outcomes differ."""
    codes = [_run(way, workers, keyword, arguments or []) for way in Certificates]
    context, store = (outcomes(NIGHTLY / way / JUNIT) for way in Certificates)
    different = differing(context, store)
    print(f"電子証明書の二つの提示方法で結果の違うシナリオ: {len(different)} 件")
    for line in different:
        print(f"  {line}")
    for line in left_out(context, store):
        print(f"  （store では省略）{line}")
    raise typer.Exit(next(filter(None, codes), DIFFERENT if different else 0))


def _run(way: Certificates, workers: int, keyword: str | None, arguments: list[str]) -> int:
    switches = ["--pictures", *certificate_switches(way)]
    return run_scenarios(most_workers(workers, way), [("-k", keyword)], switches, arguments, NIGHTLY / way)


def outcomes(junit: Path) -> dict[str, tuple[str, str]]:
    """How each scenario of a JUnit file ended, and why it was skipped; by its name."""
    if not junit.is_file():
        return {}
    cases = ET.parse(junit).iter("testcase")  # noqa: S314 - pytest wrote this file a moment ago
    return {case.get("name", ""): _outcome(case) for case in cases}


def differing(context: Mapping[str, tuple[str, str]], store: Mapping[str, tuple[str, str]]) -> list[str]:
    """The scenarios that did not end alike, as lines; one that the store's way left out with a reason is no such."""
    lines = []
    for name in sorted({*context, *store}):
        first, second = (way.get(name, ("", ""))[0] for way in (context, store))
        if second not in {first, "skipped"}:
            lines.append(f"{name}: context では{WORDS[first]}、store では{WORDS[second]}")
    return lines


def left_out(context: Mapping[str, tuple[str, str]], store: Mapping[str, tuple[str, str]]) -> list[str]:
    """The scenarios that only the store's way left out, with the reason, as lines."""
    return [
        f"{name}: {reason}"
        for name, (outcome, reason) in sorted(store.items())
        if outcome == "skipped" and context.get(name, ("", ""))[0] != "skipped"
    ]


def _outcome(case: ET.Element) -> tuple[str, str]:
    skipped = case.find("skipped")
    if skipped is not None:
        return "skipped", skipped.get("message", "")
    return ("failed" if case.find("failure") is not None or case.find("error") is not None else "passed"), ""
