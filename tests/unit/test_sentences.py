"""The sentences that scenarios may use: all are found, and a mistyped one brings a suggestion."""

import ast
import importlib
import runpy

import pytest
from pytest_bdd import parsers
from pytest_bdd.parsers import StepParser
from pytest_bdd.steps import step_function_context_registry

from koujyo.dry_run import check_sentences
from koujyo.places import FEATURES, ROOT
from koujyo.selection import plan_all
from steps.sentences import known_sentences, meant, problem_with
from steps.topics import TOPICS
from steps.wording import sentence


def pattern(parser: StepParser) -> str:
    """How pytest-bdd would name a sentence if each were written with `sentence`."""
    return sentence(parser.name).name if isinstance(parser, parsers.string) else parser.name


@pytest.fixture(scope="module")
def plugins() -> list[str]:
    """The step modules that pytest loads."""
    return [name for name in runpy.run_path(str(ROOT / "conftest.py"))["pytest_plugins"] if name.startswith("steps.")]


def test_what_is_read_is_what_pytest_bdd_knows(plugins: list[str]) -> None:
    for name in plugins:
        importlib.import_module(name)

    registered = sorted(
        (str(one.type), pattern(one.parser), one.step_func.__module__, "datatable" in one.step_func.__annotations__)
        for one in step_function_context_registry.values()
        if one.step_func.__module__.startswith("steps.")
    )
    assert (
        sorted((one.kind, sentence(one.text).name, one.module, one.takes_table) for one in known_sentences())
        == registered
    )


def test_every_topic_has_a_japanese_heading(plugins: list[str]) -> None:
    modules = {one.module for one in known_sentences()}

    assert modules == TOPICS.keys()
    assert modules <= set(plugins)


def test_every_step_of_the_features_has_its_sentence() -> None:
    assert check_sentences(plan_all(FEATURES, ROOT)) == []


@pytest.mark.parametrize(
    ("kind", "text", "near"),
    [
        ("then", "「ログイン」画面が表示さる", "「ログイン」画面が表示される"),
        ("then", "メッセージ「E1001」が表示されている", "メッセージ「E1001」が表示される"),
        ("when", "「パスワード」へ「x」を入力する", "「パスワード」に「x」を入力する"),
        ("when", "７分が経過した", "{minutes}分が経過する"),
    ],
)
def test_a_mistyped_sentence_brings_the_nearest_with_the_writers_own_words(kind: str, text: str, near: str) -> None:
    found = meant(kind, text)

    assert found.startswith("もしかして: 「")
    assert f"「{near}」" in found
    told = problem_with(kind, text, "a.feature:3", has_table=False)
    assert told == f"この文に合うステップがありません: 「{text}」（a.feature:3）。{found}"


def test_a_name_that_belongs_to_the_sentence_is_not_replaced_by_the_writers() -> None:
    assert "「ログイン」ダイアログが表示される" not in meant("then", "「ログイン」ダイアログが表示さる")


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    assert meant("when", "xyzzy") == ""


@pytest.mark.parametrize(
    ("kind", "text", "has_table", "says"),
    [
        (
            "given",
            "「ログイン」ボタンを押す",
            False,
            "この文は「前提」では使えません: 「「ログイン」ボタンを押す」（a.feature:3）。「もし」で使います",
        ),
        ("when", "次のとおり入力する", False, "この文の下には表が要ります: 「次のとおり入力する」（a.feature:3）"),
        (
            "when",
            "「ログイン」ボタンを押す",
            True,
            "この文は表を使いません: 「「ログイン」ボタンを押す」（a.feature:3）",
        ),
    ],
)
def test_a_wrong_keyword_and_a_wrong_table_are_told(kind: str, text: str, says: str, *, has_table: bool) -> None:
    assert problem_with(kind, text, "a.feature:3", has_table=has_table) == says


def test_reading_the_sentences_imports_no_step_module() -> None:
    tree = ast.parse((ROOT / "steps" / "sentences.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name for name in imported if name and name.startswith("steps")} == {"steps.wording"}
