"""What the Gherkin parser finds is what is to run, under names and ids that do not move."""

from __future__ import annotations

from pathlib import Path

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from koujyo.places import FEATURES, ROOT
from storyboard.plan import PlanError, Planned, feature_files, plan_of

OUTLINE = """# language: ja
機能: 試し
  シナリオアウトライン: <人>がログインする
    もし 「<人>」がログインする

    @会員編
    例: 会員
      | 人   |
      | 花子 |
      | 太郎 |

  @MRG-10
  シナリオアウトライン: ログインする
    もし 「<人>」がログインする

    例: 会員
      | 人   |
      | 花子 |
    例:
      | 人   |
      | 太郎 |
"""


def planned(folder: Path, text: str, name: str = "some.feature") -> list[Planned]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return plan_of(path, folder)


def test_every_scenario_of_the_checkout_is_found_and_has_a_name_and_an_id_of_its_own() -> None:
    plan = [one for file in feature_files(FEATURES) for one in plan_of(file, ROOT)]
    documents = [Parser().parse(file.read_text(encoding="utf-8")) for file in feature_files(FEATURES)]
    assert len(plan) == sum(len(Compiler().compile({**document, "uri": ""})) for document in documents)
    assert len({one.id for one in plan}) == len({one.node_id for one in plan}) == len(plan)
    assert all(one.id.isascii() for one in plan)


def test_a_line_of_examples_is_told_apart_by_its_title_or_by_its_table(tmp_path: Path) -> None:
    found = planned(tmp_path, OUTLINE)
    assert [(one.name, one.line, one.tags) for one in found] == [
        ("花子がログインする", 9, ("会員編",)),
        ("太郎がログインする", 10, ("会員編",)),
        ("ログインする［会員 1］", 18, ("MRG-10",)),
        ("ログインする［例 1］", 21, ("MRG-10",)),
    ]
    assert {one.outline for one in found} == {"<人>がログインする", "ログインする"}


def test_a_scenario_reaches_from_its_tags_to_the_next_one(tmp_path: Path) -> None:
    found = planned(tmp_path, OUTLINE)
    assert {(one.first_line, one.last_line) for one in found} == {(3, 11), (12, 22)}


def test_names_and_ids_stay_when_something_is_added_above(tmp_path: Path) -> None:
    above = OUTLINE.replace(
        "  シナリオアウトライン: <人>", "  シナリオ: ログインする\n    もし 待つ\n\n  シナリオアウトライン: <人>"
    )
    before, after = planned(tmp_path, OUTLINE), planned(tmp_path, above)
    assert [(one.id, one.name) for one in after[1:]] == [(one.id, one.name) for one in before]


def test_two_that_are_wholly_alike_are_counted_from_the_end(tmp_path: Path) -> None:
    one = "\n  シナリオ: 同じ\n    もし 待つ\n"
    (single,) = planned(tmp_path, f"# language: ja\n機能: 試し\n{one}")
    first, second = planned(tmp_path, f"# language: ja\n機能: 試し\n{one}{one}")
    assert (second.id, second.name) == (single.id, single.name)
    assert (first.id, first.name) == (f"{single.id}-2", "同じ（2）")


def test_an_id_is_ascii_whatever_the_file_is_called(tmp_path: Path) -> None:
    (one, *_) = planned(tmp_path, OUTLINE, "課題 12.feature")
    assert one.id.isascii()
    assert one.node_id == "課題 12.feature::花子がログインする"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# language: ja\n機能: 試し\n  シナリオ: 空\n", "some.feature:3: 「空」に手順がありません"),
        (
            "# language: ja\n機能: 試し\n  シナリオ 一\n    もし 待つ\n",
            "some.feature:3: 「シナリオ」の後に半角のコロン",
        ),
        (
            "# language: ja\n機能: 試し\n\n  説明\n  シナリオ：一\n    もし 待つ\n",
            "some.feature:5: 「シナリオ」の後に半角",
        ),
        (
            "# language: ja\n機能: 試し\n  シナリオ: 一\n    もし 待つ\n  シナリオ 二\n",
            "some.feature:5: Gherkin として読めません",
        ),
        (
            "# language: ja\n機能: 試し\n  シナリオアウトライン: 例\n    もし 待つ\n    例:\n      | 語 |\n",
            "some.feature:3: 「例」の例に行が",
        ),
    ],
)
def test_what_would_run_nothing_is_refused_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(PlanError, match=told):
        planned(tmp_path, text)


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "some.feature").write_bytes("# language: ja\n機能: 試し\n".encode("shift_jis"))
    with pytest.raises(PlanError, match="UTF-8"):
        plan_of(tmp_path / "some.feature", tmp_path)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert planned(tmp_path, "") == []
