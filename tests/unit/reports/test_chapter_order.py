"""Features in a folder that has no chapter title yet are shown all the same, after the chapters of the manuals."""

from pathlib import Path

from fixtures.options import FEATURES, chapter_of, chapters
from reports.overview import chapters as chapters_of_report
from tests.unit.reports.report_samples import make_scenario


def test_a_known_folder_has_the_title_of_its_chapter() -> None:
    assert chapter_of(FEATURES / "login" / "login.feature", "ログイン") == chapters()["login"]


def test_an_unknown_folder_gives_its_own_name_and_a_file_without_one_that_of_its_feature() -> None:
    assert chapter_of(FEATURES / "my_office" / "pay.feature", "給与") == "そのほか（my_office）"
    assert chapter_of(FEATURES / "pay.feature", "給与") == "そのほか（給与）"
    assert chapter_of(Path("elsewhere") / "login" / "x.feature", "給与") == chapters()["login"]


def test_what_has_no_chapter_of_the_manuals_comes_last() -> None:
    names = ["そのほか（my_office）", "Ⅲ.1 アクセス", "困ったとき", "そのほか（a）", "Ⅱ.1 初期設定"]
    found = chapters_of_report(make_scenario(f"s-{at}", chapter=name) for at, name in enumerate(names))

    assert [chapter.name for chapter in found] == [
        "Ⅱ.1 初期設定",
        "Ⅲ.1 アクセス",
        "困ったとき",
        "そのほか（a）",
        "そのほか（my_office）",
    ]
