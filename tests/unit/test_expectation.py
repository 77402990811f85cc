"""What the words of a failure are made of."""

from __future__ import annotations

import pytest

from fixtures.expectation import (
    LONGEST,
    MOST,
    Unexpected,
    expect_equal,
    expect_that,
    fail,
    one_line,
    place_of,
    quoted,
    the_one,
    words_of,
)
from simulator.services.refusal import refused


def test_the_first_line_has_both_and_more_stands_below() -> None:
    with pytest.raises(Unexpected) as failure:
        fail("「一」が\n届く", "届いて\n  いません", "Locator expected to be visible\n")
    assert str(failure.value) == "期待: 「一」が 届く / 実際: 届いて いません\nLocator expected to be visible"


def test_values_are_compared_and_quoted() -> None:
    expect_equal("件数", 2, 2)
    with pytest.raises(Unexpected, match=r"^期待: 件数は2である / 実際: 3$"):
        expect_equal("件数", 2, 3)
    with pytest.raises(Unexpected, match=r"^期待: 列は「一」「二」である / 実際: なし$"):
        expect_equal("列", ["一", "二"], [])


@pytest.mark.parametrize(
    ("expected", "actual", "told"),
    [
        ("一\r\n二\r\n", "一\r\n三\r\n", "文の2行目は「二」である / 実際: 「三」"),
        ("一\r\n二\r\n", "一\n二\r\n", "文の1行目は「一␍␊」である / 実際: 「一␊」"),
        ("一\n二", "一\n", "文の2行目は「二」である / 実際: ありません"),
        ("一", "一\n二", "文の1行目は「一」である / 実際: 「一␊」"),
    ],
)
def test_of_long_texts_the_first_line_that_differs_is_told(expected: str, actual: str, told: str) -> None:
    with pytest.raises(Unexpected) as failure:
        expect_equal("文", expected, actual)
    assert str(failure.value) == f"期待: {told}"


def test_what_has_to_hold_holds_or_is_told() -> None:
    expect_that([0], "ある", "ない")
    with pytest.raises(Unexpected, match=r"^期待: ある / 実際: ない$"):
        expect_that([], "ある", "ない")


def test_a_misspelt_name_is_told_with_the_likeliest_ones_first() -> None:
    names = [f"無関係な画面{place}" for place in range(MOST + 5)] + ["ログイン"]
    assert the_one("画面", "ログイン", names, str) == "ログイン"
    with pytest.raises(Unexpected) as failure:
        the_one("画面", "ロクイン", names, str)
    assert str(failure.value).startswith(
        "期待: 画面「ロクイン」がある / 実際: ありません。あるもの: ログイン、無関係な画面"
    )
    assert str(failure.value).count("、") == MOST - 1


def test_where_there_is_nothing_that_is_told() -> None:
    with pytest.raises(Unexpected, match=r"実際: ありません。ほかにも1つもありません$"):
        the_one("お知らせ", "休業", [], str)


def test_a_column_is_found_or_told_with_those_there_are() -> None:
    assert place_of("残高", ["番号", "残高"]) == 1
    with pytest.raises(Unexpected, match=r"^期待: 列「残額」がある / 実際: ありません。あるもの: 番号、残高$"):
        place_of("残額", ["番号", "残高"])


def test_a_page_full_of_text_is_shortened_and_wide_spaces_stay() -> None:
    assert one_line("労金　太郎\n  様 ") == "労金　太郎 様"
    assert one_line("あ" * (LONGEST + 1)) == "あ" * LONGEST + "…"


def test_lists_of_lists_are_quoted_one_after_the_other() -> None:
    assert quoted([["1", "一"], ["2", ""]]) == "「1」「一」「2」「」"


@pytest.mark.parametrize(
    ("problem", "actual"),
    [
        (Unexpected("一である", "二"), "期待: 一である / 実際: 二"),
        (KeyError("next"), "期待: 「押す」を実行できる / 実際: KeyError: next"),
        (KeyError("「x」はありません"), "期待: 「押す」を実行できる / 実際: 「x」はありません"),
        (StopIteration(), "期待: 「押す」を実行できる / 実際: StopIteration"),
        (refused("E9001"), "期待: 「押す」を実行できる / 実際: ポータルに断られました（E9001 "),
        (
            TimeoutError("Locator.click: Timeout\nCall log:\n  - waiting"),
            "期待: 「押す」を実行できる / 実際: TimeoutError: Locator.click: Timeout\nLocator.click: Timeout\nCall",
        ),
    ],
    ids=["worded", "key", "sentence", "empty", "refused", "long"],
)
def test_a_failure_that_nobody_worded_is_put_into_a_sentence(problem: Exception, actual: str) -> None:
    assert words_of(problem, "押す").startswith(actual)
