"""Every kind of line in the audit trail, and of what falls due, has a Japanese name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import services
from simulator.catalogue import load_catalogue
from simulator.rules.codes import CodeVerdict
from simulator.services.daily_batch import EXPIRED, WARNING

# What stands inside the braces of a kind that is put together.
PARTS = {"code_": [verdict.value for verdict in CodeVerdict], "": [WARNING, EXPIRED]}
POSITION = {"record": 1, "DueEvent": 1}


def kinds_in(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if name in POSITION:
                yield from ((f"{path.name}:{call.lineno}", kind) for kind in said(call.args[POSITION[name]], function))


def said(node: ast.expr, function: ast.FunctionDef) -> list[str]:
    """What an expression can be: a text, a choice of texts, a name that was given one, or one put together."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*said(node.body, function), *said(node.orelse, function)]
    if isinstance(node, ast.JoinedStr):
        head, tail = (str(p.value) if isinstance(p, ast.Constant) else "" for p in (node.values[0], node.values[-1]))
        return [f"{head}{part}{tail}" for part in PARTS[head]]
    if isinstance(node, ast.Name) and (values := list(values_of(node.id, function))):
        return [text for value in values for text in said(value, function)]
    raise AssertionError(f"{ast.unparse(node)} is no kind that can be read")


def values_of(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in [n for n in ast.walk(function) if isinstance(n, ast.Assign)]:
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from (v for t, v in zip(target.elts, node.value.elts, strict=True) if ast.unparse(t) == name)


FOUND = [found for path in sorted(Path(str(services.__path__[0])).glob("*.py")) for found in kinds_in(path)]


def test_the_kinds_are_found() -> None:
    kinds = {kind for _, kind in FOUND}
    assert len(FOUND) > 30
    assert {"mail_sent", "mail_failed", "code_void", "blocked", "detail_change_disabled", "expired_mail"} <= kinds


@pytest.mark.parametrize(("place", "kind"), FOUND, ids=[f"{kind}" for _, kind in FOUND])
def test_every_kind_has_a_name(place: str, kind: str) -> None:
    assert kind in load_catalogue().event_words, place


def test_no_name_is_left_over_or_used_twice() -> None:
    words = load_catalogue().event_words
    assert set(words) <= {kind for _, kind in FOUND}
    assert len(set(words.values())) == len(words)
