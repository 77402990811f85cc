"""Every failure of a step is put into words: no bare assert, no naked expect, no check that cannot fail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STEPS, FIXTURES = sorted((ROOT / "steps").rglob("*.py")), sorted((ROOT / "fixtures").rglob("*.py"))
AWAITED = {"newest_mail", "wait", "wait_for"}  # they fail in words when it does not come, and return it when it does
SEEING = ROOT / "steps" / "screens" / "seeing.py"  # where they are put around Playwright's own checks


def faults(source: str, *, is_step: bool, is_seeing: bool = False) -> Iterator[str]:
    """What in a module fails without words, with its line.

    Args:
        source: the module.
        is_step: whether it is one of `steps`; a fixture may assert, with a message, what only it itself can break.
        is_seeing: whether it is the one that may use Playwright's checks.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assert(msg=message) if is_step or message is None:
                yield f"{node.lineno}: assert"
            case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
                yield f"{node.lineno}: raise AssertionError"
            case ast.Raise(exc=ast.Name(id="AssertionError")):
                yield f"{node.lineno}: raise AssertionError"
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("playwright") and not is_seeing:
                yield from (f"{node.lineno}: {name.name}" for name in names if name.name in {"expect", "*"})
            case ast.Attribute(value=ast.Name(id="pytest"), attr="raises" | "fail") if is_step:
                yield f"{node.lineno}: pytest.{node.attr}"
            case ast.Attribute(attr="titled", value=ast.Name(id="catalogue") | ast.Attribute(attr="_catalogue")) if (
                is_step
            ):
                yield f"{node.lineno}: catalogue.titled"
            case ast.Call(func=ast.Name(id="next"), args=[_]) if is_step:
                yield f"{node.lineno}: next() without what there is otherwise"
            case _:
                pass


@pytest.mark.parametrize("path", STEPS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_step_fails_without_words(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"), is_step=True, is_seeing=path == SEEING)) == []


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_fixture_fails_without_words(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"), is_step=False)) == []


def test_checks_of_playwright_stand_in_one_place_alone() -> None:
    """Where it is allowed, each goes through the function that puts words around it."""
    calls = [
        node
        for node in ast.walk(ast.parse(SEEING.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "expect"
    ]
    assert len(calls) == 1


@pytest.mark.parametrize(
    "source",
    [
        "assert count == 1",
        "assert count == 1, 'wrong'",
        "raise AssertionError('wrong')",
        "raise AssertionError",
        "from playwright.sync_api import Page, expect",
        "from playwright.sync_api import *",
        "with pytest.raises(KeyError): pass",
        "pytest.fail('wrong')",
        "catalogue.titled(title)",
        "self._catalogue.titled(title)",
        "next(window for window in windows)",
    ],
)
def test_what_fails_without_words_is_found(source: str) -> None:
    assert len(list(faults(source, is_step=True))) == 1


def test_a_fixture_may_assert_with_a_message() -> None:
    assert list(faults("assert found, 'why'", is_step=False)) == []
    assert list(faults("assert found", is_step=False)) == ["1: assert"]


def functions(paths: list[Path]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function and method, with where it stands."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {node.name}", node


def called(function: ast.FunctionDef) -> set[str]:
    """What a function calls, by the last part of its name."""
    calls = [node.func for statement in function.body for node in ast.walk(statement) if isinstance(node, ast.Call)]
    names = [call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls]
    return {name for name in names if name}


def wording() -> set[str]:
    """The names of all that can fail in words: those that make them, and checks that call one of these.

    What returns something is no check: `screens.the(…)` finds the screen that is then checked, or not.
    """
    names = {"fail", "expect_equal", "expect_that", "the_one", *AWAITED}
    checks = [function for _, function in functions([*STEPS, *FIXTURES]) if is_none(function.returns)]
    while True:
        more = {function.name for function in checks if called(function) & names}
        if more <= names:
            return names
        names |= more


def is_none(returns: ast.expr | None) -> bool:
    """Whether a function returns nothing."""
    return isinstance(returns, ast.Constant) and returns.value is None


def is_check(function: ast.FunctionDef) -> bool:
    """Whether it is a Then step, or a check of a screen."""
    decorators = [node.func for node in function.decorator_list if isinstance(node, ast.Call)]
    return function.name.startswith("should_") or any(getattr(node, "id", "") == "then" for node in decorators)


def test_every_then_step_and_every_check_of_a_screen_can_fail_in_words() -> None:
    worded = wording()
    checks = [(place, function) for place, function in functions(STEPS) if is_check(function)]
    assert len(checks) > 100
    assert [place for place, function in checks if not called(function) & worded] == []
