"""`koujyo model`: random people against the real portal, every step compared with a small model of the rules."""

import secrets
from typing import Annotated

import typer

from koujyo.running import run_pytest

STATE_MACHINE = "tests/model/test_state_machine.py::test_the_portal_follows_the_rules_whatever_people_do"
LARGEST_SEED = 2**32 - 1


def model(
    *,
    runs: Annotated[int, typer.Option(min=1, help="試行の数")] = 500,
    steps: Annotated[int, typer.Option(min=1, help="一つの試行の、操作の数の上限")] = 40,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0, max=LARGEST_SEED, help="乱数の種。同じ種なら同じ操作。省くと毎回変わる", show_default=False
        ),
    ] = None,
    shrink: Annotated[bool, typer.Option(help="違いが見つかったとき、それを示す最短の手順を探す")] = True,
) -> None:
    """Run the state machine; exits 1 with the shortest story where simulator and model disagree."""
    chosen = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    print(f"試行 {runs} 回 × 操作 {steps} 個まで、種 {chosen}", flush=True)
    options = ["-v", "-n", "0", "-p", "no:randomly", "--tb=line", "--show-capture=no", "--no-header"]
    budget = [f"--model-runs={runs}", f"--model-steps={steps}", f"--model-seed={chosen}"]
    raise typer.Exit(run_pytest([STATE_MACHINE, *options, *budget, *([] if shrink else ["--model-no-shrink"])]))
