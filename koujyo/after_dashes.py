"""Words after `--`, which go to pytest; what would be ignored there, or undo what the command does, is refused."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand

from koujyo.terminal import refuse

_KEY = "koujyo.after_dashes"
# What is handed on, and whether a value follows.
ALLOWED = {
    "-x": False,
    "--exitfirst": False,
    "--maxfail": True,
    "-v": False,
    "-q": False,
    "-s": False,
    "-l": False,
    "--showlocals": False,
    "--capture": True,
    "--color": True,
    "--durations": True,
    "--durations-min": True,
    "--pdb": False,
    "--setup-show": False,
    "--tb": True,
    "-p": True,
    "-r": False,
}
INSTEAD = {
    "-k": "「--」の前に -k を書いてください",
    "-m": "「--」の前に -m を書いてください",
    "-n": "--workers を使ってください",
    "--lf": "「--」の前に --lf を書いてください",
    "--last-failed": "「--」の前に --lf を書いてください",
    "--headed": "「--」の前に --headed を書いてください",
    "--base-url": "検証の対象は、この実行が起動するシミュレータです",
    "--junitxml": "junit.xml は報告書のフォルダーに作られます（--report）",
}


class WithPytestWords(TyperCommand):
    """A command after whose `--` stand words for pytest."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep what stands after the dashes apart."""
        own, after = args, []
        if "--" in args:
            place = args.index("--")
            own, after = args[:place], args[place + 1 :]
        ctx.meta[_KEY] = after
        return super().parse_args(ctx, own)


def after_dashes(context: typer.Context) -> list[str]:
    """The words after the dashes, whatever they are."""
    words: list[str] = context.meta.get(_KEY, [])
    return words


def pytest_words(context: typer.Context) -> list[str]:
    """The words after the dashes; ends the command where one of them cannot be handed on."""
    words = after_dashes(context)
    is_value = False
    for word in words:
        if is_value:
            is_value = False
            continue
        name = word.partition("=")[0] if word.startswith("--") else word[:2]
        if name not in ALLOWED:
            _refuse(word, name)
        is_value = ALLOWED[name] and word == name
    return words


def _refuse(word: str, name: str) -> None:
    if not word.startswith("-"):
        refuse(f"「--」の後の「{word}」は使えません。フォルダーやファイルは「--」の前に書いてください。")
    why = INSTEAD.get(name) or f"使えるもの: {' '.join(ALLOWED)}"
    refuse(f"「--」の後の {word} は使えません。{why}。")
