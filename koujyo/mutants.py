"""`koujyo mutants`: break one thing at a time in a copy, and see that the tests or the scenarios notice."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated

import typer

from koujyo.places import ROOT, processors
from koujyo.terminal import refuse

if TYPE_CHECKING:
    from pathlib import Path

    from koujyo.mutation import Mutant, Verdict

MUTANTS = ROOT / "tests" / "mutants.toml"
FAULTS = ROOT / "tests" / "faults.toml"


def mutants(
    *,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="変異の名前（繰り返して指定できる）", show_default=False)
    ] = None,
    both: Annotated[bool, typer.Option("--both", help="単体テストが気付いたときも、状態機械を動かす")] = False,
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="規則の変異ではなく画面などの欠陥を、ブラウザで動かすシナリオで確かめる")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="並列数")] = processors(),
) -> None:
    """Print a table; exits 1 where a mutant survives or is told badly, 2 where one cannot be made any more."""
    from koujyo.judging import judge  # noqa: PLC0415 - costs time that the other subcommands need not pay
    from koujyo.mutation import MutantError, unbroken  # noqa: PLC0415

    chosen = _chosen(FAULTS if scenarios else MUTANTS, only)
    try:
        if failed := "、".join(judge(unbroken(chosen), every_ring=True).tests):
            refuse(f"何も壊さないうちにテストが失敗します（{failed}）。先に「koujyo test」を成功させてください。")
        with ThreadPoolExecutor(workers) as pool:
            verdicts = list(pool.map(lambda mutant: _told(judge(mutant, every_ring=both)), chosen))
    except MutantError as error:
        refuse(str(error))
    _print(verdicts, scenarios=scenarios)
    raise typer.Exit(int(any(verdict.survived or (scenarios and not verdict.tells) for verdict in verdicts)))


def _chosen(path: "Path", only: list[str] | None) -> "list[Mutant]":
    """The mutants that were asked for; all of them have to fit the sources before any test is run."""
    from koujyo.mutation import MutantError, load_mutants  # noqa: PLC0415

    try:
        known = {mutant.name: mutant for mutant in load_mutants(path)}
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


def _print(verdicts: "list[Verdict]", *, scenarios: bool) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="欠陥と、気付いたシナリオ" if scenarios else "規則の変異", show_lines=True)
    for heading in ("変異", "気付いたテスト", *(("期待と実際",) if scenarios else ()), "秒"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "秒" else "left")
    for verdict in verdicts:
        table.add_row(*_row(verdict, scenarios=scenarios), f"{verdict.seconds:.0f}")
    caught = [verdict for verdict in verdicts if not verdict.survived]
    table.caption = f"検出 {len(caught)}/{len(verdicts)}"
    if scenarios:
        table.caption += f"　見出しに期待と実際 {sum(verdict.tells for verdict in caught)}/{len(verdicts)}"
    Console().print(table)


def _row(verdict: "Verdict", *, scenarios: bool) -> list[str]:
    """A line of the table: what was broken, and who noticed; of scenarios also what they said."""
    mutant = verdict.mutant
    area = f"【{mutant.area}】" if mutant.area else ""
    broken = f"{mutant.name}\n{area}{mutant.breaks}\n{' '.join(mutant.clauses)}"
    tests = [f"{ring}: {noticed.test if noticed else '気付かず'}" for ring, noticed in verdict.noticed.items()]
    if not scenarios:
        return [broken, "\n".join(tests)]
    return [broken, "\n".join([*tests, *verdict.headlines]), "あり" if verdict.tells else "なし"]
