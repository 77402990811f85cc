"""What is chosen is what people mean: titles as they read them, places, tags."""

from __future__ import annotations

import random
import unicodedata

import pytest

from koujyo.places import FEATURES, ROOT
from koujyo.selection import BadSelection, choose, plan_all
from koujyo.tag_expressions import BadExpression, matching
from storyboard.plan import Planned

PLAN = plan_all(FEATURES, ROOT)
LOGIN = "features/login/login.feature"


def chosen(*places: str, words: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> list[Planned]:
    return choose(PLAN, ROOT, places, words, marks)


def refusal(*places: str, words: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> str:
    with pytest.raises(BadSelection) as refused:
        chosen(*places, words=words, marks=marks)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def changed(title: str, dice: random.Random) -> str:
    """A title as it arrives when it is pasted: other widths, spaces around, the keyword before it."""
    ways = (
        title,
        f"  {title} ",
        f"シナリオ: {title}",
        unicodedata.normalize("NFKC", title),
        unicodedata.normalize("NFD", title),
    )
    return dice.choice(ways)


def test_a_hundred_titles_pasted_choose_exactly_the_scenarios_that_have_them() -> None:
    dice = random.Random(12)  # noqa: S311 - which titles are tried
    for planned in dice.sample(PLAN, 100):
        title = dice.choice((planned.title, planned.outline, planned.name))
        meant = [one for one in PLAN if title in {one.title, one.outline, one.name}]
        assert chosen(words=(changed(title, dice),)) == meant, title


def test_parts_of_titles_choose_all_that_have_them_whatever_symbols_they_hold() -> None:
    dice = random.Random(21)  # noqa: S311
    for planned in dice.sample(PLAN, 60):
        start = dice.randrange(max(1, len(planned.title) - 6))
        part = planned.title[start : start + 7].strip()
        found = chosen(words=(part,))
        assert planned in found or all(part in (one.title, one.outline, one.name) for one in found), part


@pytest.mark.parametrize(
    "word", ["「ログイン」", "５回間違えても", "(マスターユーザー)", "ログイン（会員）", "a or b", "[["]
)
def test_no_symbol_breaks_it(word: str) -> None:
    if any(unicodedata.normalize("NFKC", word) in unicodedata.normalize("NFKC", one.title) for one in PLAN):
        assert chosen(words=(word,))
    else:
        assert word in refusal(words=(word,))


def test_a_feature_s_or_a_rule_s_name_chooses_its_scenarios_where_no_title_has_it() -> None:
    rule = "URLは「https」から正しく入力する"
    assert {one.rule for one in chosen(words=(rule,))} == {rule}
    feature = next(one.feature for one in PLAN if not any(one.feature in other.title for other in PLAN))
    assert {one.feature for one in chosen(words=(feature,))} == {feature}


def test_places_choose_folders_files_lines_and_lines_of_examples() -> None:
    assert {one.file.rpartition("/")[0] for one in chosen("features/login")} == {"features/login"}
    assert {one.file for one in chosen(LOGIN)} == {LOGIN}
    for planned in chosen(LOGIN):
        assert chosen(f"{LOGIN}:{planned.line}") == [planned]
    outline = next(one for one in chosen(LOGIN) if one.examples)
    assert chosen(f"{LOGIN}:{outline.first_line}") == [one for one in chosen(LOGIN) if one.outline == outline.outline]
    assert chosen(outline.node_id) == [outline]


def test_several_of_a_kind_add_up_and_kinds_narrow_down() -> None:
    both = chosen("features/login", "features/logout")
    assert {one.file.split("/")[1] for one in both} == {"login", "logout"}
    narrowed = chosen("features/login", "features/logout", marks=("LGO-01", "PWD-02"))
    assert narrowed == [one for one in both if {"LGO-01", "PWD-02"} & set(one.tags)]
    assert (
        chosen(words=("ログアウトする", "httpsのsを付け忘れるとアクセスできない"))[0].feature
        == "本システムへのアクセス"
    )


@pytest.mark.parametrize(
    ("places", "words", "marks", "told"),
    [
        (("features/logn",), (), (), "もしかして: 「features/login」"),
        ((f"{LOGIN}:3",), (), (), "の行にシナリオはありません"),
        (("README.md",), (), (), "README.md"),
        ((), ("ログイン or",), (), "-k「ログイン or」"),
        ((), ("ログアウトすろ",), (), "もしかして: 「ログアウトする」"),
        ((), (), ("ZZ-99",), "タグ「ZZ-99」"),
        ((), (), ("手順書・会員",), "もしかして: 「手順書」"),
        ((), (), ("手順書 and",), "-m「手順書 and」は読めません"),
        ((), (), ("事業主編 and not 事業主編",), "合うシナリオはありません"),
        (("features/login",), (), ("LGO-01",), "指定をすべて満たす"),
    ],
)
def test_what_means_nothing_is_refused_in_one_line(
    places: tuple[str, ...], words: tuple[str, ...], marks: tuple[str, ...], told: str
) -> None:
    assert told in refusal(*places, words=words, marks=marks)


@pytest.mark.parametrize(
    ("expression", "tags", "fits"),
    [
        ("MRG-10", {"MRG-10"}, True),
        ("@MRG-10", {"MRG-10"}, True),
        ("not a", {"b"}, True),
        ("a and not b", {"a", "b"}, False),
        ("a or b and c", {"a"}, True),
        ("(a or b) and c", {"a"}, False),
        ("not (a or b)", {"c"}, True),
        ("課題#12・急ぎ", {"課題#12・急ぎ"}, True),
    ],
)
def test_expressions_of_tags(expression: str, tags: set[str], *, fits: bool) -> None:
    assert matching(expression)(tags) is fits


@pytest.mark.parametrize("expression", ["", "and", "a b", "(a", "a)", "not", "a or"])
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(BadExpression):
        matching(expression)
