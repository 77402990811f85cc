"""The command `koujyo`: one subcommand a module; each imports what it needs only when it is called."""

import sys
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Annotated

import typer

from koujyo.after_dashes import WithPytestWords
from koujyo.bench import bench
from koujyo.check import check
from koujyo.coverage import coverage
from koujyo.doctor import doctor
from koujyo.manual import manual
from koujyo.messages_list import messages
from koujyo.model import model
from koujyo.mutants import mutants
from koujyo.nightly import nightly
from koujyo.report import report
from koujyo.running import Stopped, stop_on_signals
from koujyo.scenarios import scenarios
from koujyo.screens_list import screens
from koujyo.serve import serve
from koujyo.steps_list import steps
from koujyo.terminal import require_checkout, speak_japanese
from koujyo.test import run_all

app = typer.Typer(
    help="賃金控除事務支援ポータルの参照シミュレータと、日本語シナリオによる自動検証（練習・検証用、架空データのみ）。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # its tables cut Japanese texts off
    pretty_exceptions_enable=False,
)
SUBCOMMANDS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("scenarios", scenarios, "シナリオを実行し、写真付きの報告書を build/report に作る。"),
    ("nightly", nightly, "電子証明書の二つの提示方法でシナリオを実行し、結果の違うものを示す。"),
    ("manual", manual, "シナリオを実行し、絵入りの手順書（HTML、PDF、Word）を build/manual に作る。"),
    ("test", run_all, "静的検査のあと、tests/ と features/ をすべて実行する。"),
    ("check", check, "静的検査（ruff、mypy、import-linter、シナリオの言葉）を並行して実行する。"),
    ("model", model, "規則の小さなモデルとポータルを、無作為の操作で一手ずつ照らし合わせる。"),
    ("mutants", mutants, "規則を写しの中で一つずつ壊し、テストが気付くことを確かめる。"),
    ("serve", serve, "シミュレータを起動する。Ctrl-C で終わる。"),
    ("steps", steps, "シナリオに書ける文を、例、表、使われている所とともに一覧にする。"),
    ("screens", screens, "画面を、番号、題、項目、ボタン、メニューとともに一覧にする。"),
    ("messages", messages, "画面に出るメッセージの番号と文を一覧にする。"),
    ("coverage", coverage, "条項ごとに、成功したシナリオがあるかどうかを示す。"),
    ("report", report, "前回の実行の記録から報告書を作り直す。"),
    ("bench", bench, "速さを対照と並べて測り、表と build/bench.json に書く。"),
    ("doctor", doctor, "この環境を調べ、足りないものと直し方を示す。"),
)
# Those that run pytest or the developers' tools, or measure the sources; `manual` does so unless it has a record.
OF_CHECKOUTS = frozenset({"scenarios", "nightly", "test", "check", "model", "mutants", "bench"})


def _in_checkout(name: str, function: Callable[..., None]) -> Callable[..., None]:
    """The same subcommand, refused where there is no checkout."""

    @wraps(function)
    def guarded(**options: object) -> None:
        require_checkout(name)
        function(**options)

    return guarded


for name, function, purpose in SUBCOMMANDS:
    command = _in_checkout(name, function) if name in OF_CHECKOUTS else function
    app.command(name, cls=WithPytestWords, help=purpose)(command)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        print(f"koujyo {version('koujyo')}")
        raise typer.Exit


@app.callback()
def koujyo(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="版を表示して終わる")
    ] = False,
) -> None:
    """Hold the options of the command itself."""


def main() -> None:
    """Run the command line."""
    speak_japanese()
    stop_on_signals()
    try:
        app()
    except Stopped as stopped:
        print(f"{stopped}。", file=sys.stderr)
        sys.exit(stopped.exit_code)


if __name__ == "__main__":
    main()
