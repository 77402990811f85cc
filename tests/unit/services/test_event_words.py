"""Every kind of line in the audit trail, and of what falls due, has a Japanese name; the operations are those done."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator import portal, services
from simulator.catalogue import load_catalogue
from simulator.rules.codes import CodeVerdict
from simulator.services.change_history import Action
from simulator.services.daily_batch import EXPIRED, WARNING

# What stands inside the braces of a kind that is put together.
PARTS = {
    "code_": [verdict.value for verdict in CodeVerdict],
    "detail_": [Action.ENTERED.value, Action.CORRECTED.value, Action.WITHDRAWN.value],
    "": [WARNING, EXPIRED],
}
# Which argument is the kind: of functions, and of methods such as visit.note.
POSITION = {"record": 1, "_record": 1, "DueEvent": 1, "note_operation": 2, "note": 0}
# They always have an actor.
NOTING = {"note_operation", "note"}
OF_CONTRACTS_TOO = {"_record"}


@dataclass(frozen=True)
class Kind:
    """A kind that the code names: where, and whether a portal user may have brought it about."""

    place: str
    name: str
    has_actor: bool


def kinds_in(path: Path) -> Iterator[Kind]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]:
        parameters = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
            name = called(call.func)
            if name not in POSITION or ast.unparse(call.args[POSITION[name]]) in parameters:
                continue  # a parameter's values stand at the callers
            has_actor = name in NOTING | OF_CONTRACTS_TOO or any(word.arg in {"actor", None} for word in call.keywords)
            for kind in said(call.args[POSITION[name]], function, tree):
                yield Kind(f"{path.name}:{call.lineno}", kind, has_actor)


def called(function: ast.expr) -> str:
    """The name of a function; of a method only where a visit notes something."""
    if isinstance(function, ast.Name):
        return function.id
    return "note" if ast.unparse(function) == "visit.note" else ""


def said(node: ast.expr, *scopes: ast.AST) -> list[str]:
    """What an expression can be: a text, a choice of texts, a name that was given one, or one put together."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*said(node.body, *scopes), *said(node.orelse, *scopes)]
    if isinstance(node, ast.JoinedStr):
        head, tail = (str(p.value) if isinstance(p, ast.Constant) else "" for p in (node.values[0], node.values[-1]))
        return [f"{head}{part}{tail}" for part in PARTS[head]]
    if isinstance(node, ast.Name):
        for scope in scopes:
            if values := list(values_of(node.id, scope)):
                return [text for value in values for text in said(value, *scopes)]
    raise AssertionError(f"{ast.unparse(node)} is no kind that can be read")


def values_of(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    for node in [n for n in ast.walk(scope) if isinstance(n, ast.Assign)]:
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from (v for t, v in zip(target.elts, node.value.elts, strict=True) if ast.unparse(t) == name)


SOURCES = [path for package in (services, portal) for path in sorted(Path(str(package.__path__[0])).rglob("*.py"))]
FOUND = [found for path in SOURCES for found in kinds_in(path)]


def test_the_kinds_are_found() -> None:
    kinds = {found.name for found in FOUND}
    assert len(FOUND) > 40
    assert {"mail_sent", "mail_failed", "code_void", "blocked", "detail_change_disabled", "expired_mail"} <= kinds
    assert {"operation_refused", "manual_viewed", "closed_attempt", "operation_log_exported"} <= kinds


@pytest.mark.parametrize("found", FOUND, ids=[found.name for found in FOUND])
def test_every_kind_has_a_name(found: Kind) -> None:
    assert found.name in load_catalogue().event_words, found.place


def test_no_name_is_left_over_or_used_twice() -> None:
    words = load_catalogue().event_words
    assert set(words) <= {found.name for found in FOUND}
    assert len(set(words.values())) == len(words)


def test_the_operations_are_exactly_what_is_recorded_with_an_actor() -> None:
    assert {found.name for found in FOUND if found.has_actor} == set(load_catalogue().operations)
