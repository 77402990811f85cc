"""Which sentences scenarios may use, read from the step modules without importing them: that takes seconds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from unicodedata import normalize

from pytest_bdd import parsers

from steps.wording import sentence

# The keyword of each kind; かつ and 但し take that of the step before.
KEYWORDS = {"given": "前提", "when": "もし", "then": "ならば"}
NEAREST = 3
LIKE = 0.6  # how alike a suggestion must be, from 0 to 1


@dataclass(frozen=True)
class Sentence:
    """A sentence that a step module gives a meaning.

    Attributes:
        kind: `given`, `when` or `then`.
        text: with `{name}` for what is put in, and `{name:d}` for a number.
        module: the name of its module, as in `steps.login`.
        function: the name of the function that does it.
        takes_table: whether a table stands below it.
    """

    kind: str
    text: str
    module: str
    function: str
    takes_table: bool

    def matches(self, text: str) -> bool:
        """Whether this is the sentence of a step, whatever its keyword."""
        return self.pattern.is_matching(text)

    @property
    def shown(self) -> str:
        """The sentence for people: numbers are put in like everything else."""
        return self.text.replace(":d}", "}")

    @cached_property
    def pattern(self) -> parsers.re:
        """How pytest-bdd matches it."""
        return sentence(self.text)


@cache
def known_sentences(folder: Path = Path(__file__).parent) -> tuple[Sentence, ...]:
    """Every sentence of the step modules in a folder, module after module."""
    return tuple(found for file in sorted(folder.glob("*.py")) for found in _sentences_of(file))


def problem_with(kind: str, text: str, place: str, *, has_table: bool) -> str:
    """Why a step cannot run, in one line with what the writer may have meant; empty where it can.

    Args:
        kind: `given`, `when` or `then`.
        text: the sentence.
        place: its file and line.
        has_table: whether a table stands below it.
    """
    reason, advice = _reason(kind, text, has_table=has_table)
    return f"{reason}: 「{text}」（{place}）{f'。{advice}' if advice else ''}" if reason else ""


@cache
def _reason(kind: str, text: str, *, has_table: bool) -> tuple[str, str]:
    fitting = [one for one in known_sentences() if one.kind == kind and one.matches(text)]
    if any(one.takes_table == has_table for one in fitting):
        return "", ""
    if fitting:
        return ("この文は表を使いません" if has_table else "この文の下には表が要ります"), ""
    if kinds := "か".join(f"「{KEYWORDS[one.kind]}」" for one in known_sentences() if one.matches(text)):
        return f"この文は「{KEYWORDS[kind]}」では使えません", f"{kinds}で使います"
    return "この文に合うステップがありません", meant(kind, text)


def meant(kind: str, text: str) -> str:
    """もしかして, with the nearest sentences; empty where none is near."""
    by_form = {form(one.text): one for one in known_sentences() if one.kind == kind}
    near = [_filled(by_form[found], text) for found in get_close_matches(form(text), by_form, NEAREST, LIKE)]
    return "もしかして: " + "".join(f"「{one}」" for one in near) if near else ""


def form(text: str) -> str:
    """A sentence without what is put into it, in one width of letters."""
    text = re.sub(r"「[^」]*」", "「」", normalize("NFKC", text))
    return re.sub(r"\{\w+\}", "", re.sub(r"\{\w+:d\}|\d+", "0", text))


def _filled(suggestion: Sentence, text: str) -> str:
    """A suggestion with the quoted parts that the writer had, where it may have them."""
    said = re.findall(r"「[^」]*」", text)
    if len(said) != suggestion.shown.count("「"):
        return suggestion.shown
    filled = re.sub(r"「[^」]*」", lambda _: said.pop(0), suggestion.shown)
    return filled if "{" in filled or suggestion.matches(filled) else suggestion.shown


def _sentences_of(file: Path) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            takes_table = "datatable" in (argument.arg for argument in node.args.args)
            for kind, text in _decorations(node.decorator_list):
                yield Sentence(kind, text, f"{file.parent.name}.{file.stem}", node.name, takes_table)


def _decorations(decorators: Iterable[ast.expr]) -> Iterator[tuple[str, str]]:
    """Kinds and texts: `@given("text")` and `@when(sentence("text"))`."""
    for one in decorators:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in KEYWORDS:
            given = one.args[0].args[0] if isinstance(one.args[0], ast.Call) else one.args[0]
            yield one.func.id, ast.literal_eval(given)
