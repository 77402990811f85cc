"""`koujyo bench`: how fast the simulator and its test bench are, as ratios measured side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from koujyo.places import BUILD
from koujyo.terminal import refuse

if TYPE_CHECKING:
    from benchmarks.measuring import Figure

FILE = BUILD / "bench.json"


def bench(
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="測る項目の名前（繰り返して指定できる。repeats は名指ししたときだけ）", show_default=False
        ),
    ] = None,
    rounds: Annotated[
        int | None, typer.Option(min=1, help="測る回数。省くと項目ごとに決まった回数", show_default=False)
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="基準に届かない項目があれば終了コード 1 で終わる")] = False,
) -> None:
    """Print the table and write build/bench.json; exits 1 where a figure has no value, or `--strict` misses its bar."""
    from rich.console import Console  # noqa: PLC0415 - costs time that the other subcommands need not pay

    from benchmarks import FIGURES, LONG  # noqa: PLC0415
    from benchmarks.table import figure_table, write_figures  # noqa: PLC0415

    names = only or [name for name in FIGURES if name not in LONG]
    if unknown := [name for name in names if name not in FIGURES]:
        refuse(f"--only: {'、'.join(unknown)} という項目はありません。測れるもの: {'、'.join(FIGURES)}")
    figures, broken = _measure(names, rounds)
    Console().print(figure_table(figures))
    try:
        write_figures(FILE, figures)
    except OSError as error:
        refuse(f"{FILE} に書き込めません（{error.strerror}）。")
    print(f"記録: {FILE}")
    missed = any(not figure.held for figure in figures)
    raise typer.Exit(int(broken or (strict and missed)))


def _measure(names: list[str], rounds: int | None) -> "tuple[list[Figure], bool]":
    """Measure one after the other; the figures, and whether one could not be measured."""
    from benchmarks import measure  # noqa: PLC0415
    from benchmarks.measuring import MeasurementError  # noqa: PLC0415

    figures, broken = [], False
    for name in names:
        typer.echo(f"測定中: {name}", err=True)
        try:
            figures.append(measure(name, rounds))
        except MeasurementError as error:
            broken = True
            typer.echo(f"{name} を測れませんでした: {error}", err=True)
    return figures, broken
