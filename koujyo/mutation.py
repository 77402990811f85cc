"""What can be broken in a copy of the sources, what judges it, and what became of it."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

# The rings in the order in which they are asked: the quick one first, then the one that reads no number of the profile.
RINGS: Mapping[str, tuple[str, ...]] = {
    "単体テスト": ("tests/unit/rules", "tests/unit/services"),
    "状態機械": ("tests/model/test_state_machine.py", "-k", "follows_the_rules", "--model-no-shrink"),
}
# What a fault of the screens is judged by: scenarios in a real browser, without one on a real screen.
SCENARIOS, IN_BROWSER = "シナリオ", ("features", "-p", "no:hypothesispytest", "-m")
EXPECTED, ACTUAL = "期待", "実際"


class MutantError(Exception):
    """A mutant cannot be made, or says nothing."""


@dataclass(frozen=True)
class Mutant:
    """One thing broken: in `file`, `old` becomes `new`; without a file nothing is.

    Attributes:
        area: which part of the system a fault of the screens is in.
        scenarios: the tags of the scenarios that judge it, as for pytest's `-m`; empty where the rings of tests do.
    """

    name: str
    breaks: str
    clauses: tuple[str, ...] = ()
    file: str = ""
    old: str = ""
    new: str = ""
    area: str = ""
    scenarios: str = ""

    @property
    def rings(self) -> Mapping[str, tuple[str, ...]]:
        """The arguments for pytest of each ring that judges it."""
        return {SCENARIOS: (*IN_BROWSER, f"({self.scenarios}) and not 実画面")} if self.scenarios else RINGS

    def mutated(self, root: Path) -> str:
        """The text of the file under `root` with the rule broken.

        Raises:
            MutantError: the old text does not stand there exactly once.
        """
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if (found := text.count(self.old)) != 1:
            line = self.old.strip().splitlines()[0]
            raise MutantError(f"変異 {self.name}: {self.file} に「{line}」が{found}か所あります（1か所のはず）。")
        return text.replace(self.old, self.new)


class Noticed(NamedTuple):
    """The test that failed, and the first line of what it says."""

    test: str
    headline: str


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the tests that noticed, by ring, and the seconds it took."""

    mutant: Mutant
    noticed: Mapping[str, Noticed | None]
    seconds: float

    @property
    def tests(self) -> list[str]:
        """The tests that noticed."""
        return [noticed.test for noticed in self.noticed.values() if noticed]

    @property
    def headlines(self) -> list[str]:
        """The first line of what each of them says."""
        return [noticed.headline for noticed in self.noticed.values() if noticed]

    @property
    def survived(self) -> bool:
        """Whether no test noticed."""
        return not self.tests

    @property
    def tells(self) -> bool:
        """Whether every headline names what was expected and what there was instead."""
        return not self.survived and all(EXPECTED in line and ACTUAL in line for line in self.headlines)


def unbroken(mutants: Iterable[Mutant]) -> Mutant:
    """What breaks nothing, judged by all that judges these."""
    scenarios = dict.fromkeys(f"({mutant.scenarios})" for mutant in mutants if mutant.scenarios)
    return Mutant("（変異なし）", "", scenarios=" or ".join(scenarios))


def load_mutants(path: Path) -> list[Mutant]:
    """Read the list of mutants.

    Raises:
        MutantError: it cannot be read.
    """
    try:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
        return [Mutant(**{**entry, "clauses": tuple(entry["clauses"])}) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MutantError(f"{path} を読めません: {error}") from error
