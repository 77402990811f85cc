"""`koujyo mutants`: break one rule at a time in a copy, and see that the tests notice."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated

import typer

from koujyo.places import ROOT, processors
from koujyo.terminal import refuse

if TYPE_CHECKING:
    from koujyo.mutation import Mutant, Verdict

MUTANTS = ROOT / "tests" / "mutants.toml"


def mutants(
    *,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="変異の名前（繰り返して指定できる）", show_default=False)
    ] = None,
    both: Annotated[bool, typer.Option("--both", help="単体テストが気付いたときも、状態機械を動かす")] = False,
    workers: Annotated[int, typer.Option(min=1, help="並列数")] = processors(),
) -> None:
    """Print a table; exits 1 where a mutant survives, 2 where one cannot be made any more."""
    from koujyo.mutation import MutantError, judge  # noqa: PLC0415 - costs time that the other subcommands need not pay

    chosen = _chosen(only)
    try:
        if not judge(None, every_ring=True).survived:
            refuse("規則を壊す前のテストが失敗します。先に「koujyo test」を成功させてください。")
        with ThreadPoolExecutor(workers) as pool:
            verdicts = list(pool.map(lambda mutant: _told(judge(mutant, every_ring=both)), chosen))
    except MutantError as error:
        refuse(str(error))
    _print(verdicts)
    raise typer.Exit(int(any(verdict.survived for verdict in verdicts)))


def _chosen(only: list[str] | None) -> "list[Mutant]":
    """The mutants that were asked for; all of them have to fit the sources before any test is run."""
    from koujyo.mutation import MutantError, load_mutants  # noqa: PLC0415

    try:
        known = {mutant.name: mutant for mutant in load_mutants(MUTANTS)}
        for mutant in known.values():
            mutant.mutated(ROOT)
    except MutantError as error:
        refuse(str(error))
    if unknown := [name for name in only or () if name not in known]:
        refuse(f"--only: {'、'.join(unknown)} という変異はありません。あるもの: {'、'.join(known)}")
    return [known[name] for name in only or known]


def _told(verdict: "Verdict") -> "Verdict":
    outcome = "気付かれず" if verdict.survived else "検出"
    typer.echo(f"{verdict.mutant.name}: {outcome}（{verdict.seconds:.0f} 秒）", err=True)
    return verdict


def _print(verdicts: "list[Verdict]") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="規則の変異", show_lines=True)
    for heading in ("変異", "条項", "気付いたテスト", "秒"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "秒" else "left")
    for verdict in verdicts:
        tests = [f"{ring}: {test or '気付かず'}" for ring, test in verdict.noticed.items()]
        name = f"{verdict.mutant.name}\n{verdict.mutant.breaks}"
        table.add_row(name, " ".join(verdict.mutant.clauses), "\n".join(tests), f"{verdict.seconds:.0f}")
    survivors = sum(verdict.survived for verdict in verdicts)
    table.caption = f"検出 {len(verdicts) - survivors}/{len(verdicts)}"
    Console().print(table)
