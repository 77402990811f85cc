from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from reports import build_report
from storyboard.codec import StoryboardError
from storyboard.model import SYMPTOM, MailSeen, Step, Touch, save
from tests.unit.reports.report_samples import (
    HOSTILE,
    TEN_O_CLOCK,
    WRITTEN_AT,
    Report,
    failed_scenario,
    full_scenario,
    make_scenario,
)

WriteReport = Callable[..., Report]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def broken_links(report: Report) -> list[str]:
    broken = []
    for path in report.folder.rglob("*.html"):
        if path.is_relative_to(report.folder / "failures"):
            continue
        for _, found in report.read(str(path.relative_to(report.folder))).tags:
            for link in filter(None, (found.get("href"), found.get("src"))):
                parts = urlsplit(link)
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                page = report.read(str(target.relative_to(report.folder))) if parts.fragment else None
                if parts.scheme or not target.is_file() or (page and unquote(parts.fragment) not in page.ids):
                    broken.append(f"{path.name}: {link}")
    return broken


def test_every_link_and_anchor_leads_somewhere_inside_the_report(write_report: WriteReport) -> None:
    skipped = make_scenario("skipped-01", outcome="skipped", reason="office がない", clauses=("LGN-01",))
    outside = failed_scenario("failed-02", message="準備に失敗", steps=())
    unexplained = make_scenario("failed-03", outcome="failed")
    report = write_report(full_scenario(), failed_scenario(), skipped, outside, unexplained)
    assert broken_links(report) == []


def test_links_stay_whole_where_pictures_traces_and_catalogued_clauses_are_missing(write_report: WriteReport) -> None:
    report = write_report(full_scenario(), failed_scenario(clauses=("XXX-99",)), artefacts=False)
    assert broken_links(report) == []
    assert "画面の画像（pictures/full-01-02.png）がありません" in report.read("scenarios/full-01.html").text
    assert "条項一覧にない番号がシナリオに付いています：XXX-99" in report.read().text


def test_what_was_asked_for_is_linked_and_said_to_be_confidential(write_report: WriteReport) -> None:
    page = write_report(full_scenario()).read("scenarios/full-01.html")
    links = {found.get("href") for found in page.all("a")}
    assert {"../confidential/full-01/video-1.webm", "../confidential/full-01/trace-1.zip"} <= links
    assert "トレース、動画、画面（社外秘）" in page.text
    assert "playwright show-trace confidential/full-01/trace-1.zip" in page.text
    absent = write_report(full_scenario(), folder="absent", artefacts=False).read("scenarios/full-01.html")
    assert "動画（video-1.webm）（ファイルがありません）" in absent.text
    assert "playwright show-trace" not in absent.text


def test_whatever_a_scenario_says_is_shown_as_text_and_never_as_markup(write_report: WriteReport) -> None:
    letter = MailSeen(HOSTILE, HOSTILE, HOSTILE, HOSTILE, TEN_O_CLOCK)
    touches = (Touch(HOSTILE, "input", None, HOSTILE),)
    step = Step(2, HOSTILE, HOSTILE, "failed", 0.1, HOSTILE, HOSTILE, "javascript:alert(1)", touches,
                None, None, (letter,), (HOSTILE,), HOSTILE, ((HOSTILE, HOSTILE),))  # fmt: skip
    texts = dict.fromkeys(("name", "feature", "chapter", "rule", "description", "file", "browser", "worker"), HOSTILE)
    scenario = failed_scenario(message=HOSTILE, tags=(HOSTILE,), clauses=(HOSTILE,), steps=(step,), **texts)
    failure = scenario.failure
    assert failure is not None
    report = write_report(replace(scenario, failure=replace(failure, traceback=HOSTILE, console=(HOSTILE,))))
    for name in ("index.html", "clauses.html", "scenarios/failed-01.html"):
        page = report.read(name)
        assert [found.get("src") for found in page.all("script")] == (
            ["static/filter.js"] if name == "index.html" else []
        )
        assert all(not (found.get("href") or "").startswith("javascript") for found in page.all("a"))
        assert not [attribute for _, found in page.tags for attribute in found if attribute.startswith("on")]
    assert report.read("scenarios/failed-01.html").text.count(HOSTILE) >= 15


def test_no_page_needs_the_network_or_an_inline_script_or_style(write_report: WriteReport) -> None:
    report = write_report(full_scenario(), failed_scenario())
    for path in (*report.folder.glob("*.html"), *(report.folder / "scenarios").glob("*.html")):
        page = report.read(str(path.relative_to(report.folder)))
        assert not page.all("style")
        assert not [found for _, found in page.tags if "style" in found]
        assert all(found.get("src") for found in page.all("script"))
    for sheet in (report.folder / "static").glob("*.css"):
        assert "http" not in sheet.read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes(write_report: WriteReport) -> None:
    scenarios = [full_scenario(), failed_scenario(), make_scenario("a-1", clauses=("LGN-01",))]
    first = write_report(*scenarios, folder="first")
    second = write_report(*reversed(scenarios), folder="second")
    assert contents(first.folder) == contents(second.folder)


def test_building_again_removes_pages_of_scenarios_no_longer_recorded(write_report: WriteReport) -> None:
    write_report(make_scenario("old-1"))
    report = write_report(make_scenario("new-1"))
    (report.folder / "storyboards" / "old-1.json").unlink()
    report = write_report(make_scenario("new-1"))
    assert [path.name for path in (report.folder / "scenarios").iterdir()] == ["new-1.html"]


def test_failures_come_first_with_cause_step_and_what_was_kept(write_report: WriteReport) -> None:
    report = write_report(full_scenario(), failed_scenario())
    page = report.read()
    assert page.text.index("画面が違います") < page.text.index("章ごとの結果")
    assert "AssertionError" not in page.text
    for link in ("scenarios/failed-01.html#step-2", "failures/failed-01/trace.zip", "failures/failed-01/page.html"):
        assert page.all("a", href=link), link
    detail = report.read("scenarios/failed-01.html").text
    for told in ("AssertionError: 画面が違います\n詳細", "Traceback", "[error] 409", "失敗", "未実行"):
        assert told in detail


def test_failures_with_the_same_cause_stand_together_most_frequent_first(write_report: WriteReport) -> None:
    alone = failed_scenario("failed-01", message="別の原因")
    page = write_report(
        alone, *(failed_scenario(f"failed-0{n}", message="同じこと") for n in (2, 3)), full_scenario()
    ).read()
    assert page.text.index("同じこと") < page.text.index("別の原因")
    assert page.text.count("同じこと") == 1
    assert "同じ原因 2 件" in page.text


def test_the_overview_counts_outcomes_clauses_and_time(write_report: WriteReport) -> None:
    skipped = make_scenario("skipped-01", outcome="skipped", seconds=0.0, reason="office がない環境です")
    text = " ".join(write_report(full_scenario(), failed_scenario(seconds=62.0), skipped).read().text.split())
    for told in (
        "1 件のシナリオが失敗しました",
        "シナリオ3 ○ 成功1 × 失敗1 － 見送り1",
        "確認できた条項1 / 3",
        "MRGマスターユーザー初期登録1/2",
        "1 分 02 秒で終わりました",
        "office がない環境です",
        "Chromium 156",
        "2026年11月20日（金）10:00:00",
        "2026年11月22日（日）21:32:00",
    ):
        assert told in text, told


def test_the_verdict_of_a_run_without_failures_and_of_an_empty_run_differ(write_report: WriteReport) -> None:
    assert "実行したシナリオはすべて成功しました" in write_report(full_scenario()).read().text
    skipped = make_scenario("skipped-01", outcome="skipped")
    assert "成功したシナリオはありません" in write_report(skipped, folder="empty").read().text


def test_a_scenario_page_tells_touches_mails_clock_certificate_and_hides_secrets(write_report: WriteReport) -> None:
    text = write_report(full_scenario()).read("scenarios/full-01.html").text
    for told in (
        "「契約番号」に「10000001」を入力",
        "「初期パスワード」に入力（値は伏せています）",
        "「ログイン」ボタンを押す",
        "コード\n123456",
        "時計を進めた",
        "rokin01 2027",
        "DC584101",
    ):
        assert told in text, told


def test_the_clause_page_shows_each_clause_with_its_scenarios_and_no_working_notes(write_report: WriteReport) -> None:
    report = write_report(full_scenario(), failed_scenario(clauses=("MRG-01", "MRG-02")))
    page = report.read("clauses.html")
    assert {"MRG-01", "MRG-02", "LGN-01", "MRG"} <= page.ids
    assert [found["class"] for found in page.all("tr") if found.get("id")] == ["failed", "failed", "none"]
    assert "MRG-02 の文です。" in page.text
    assert "出典：事業主編　ご利用開始にあたって 3.（通しページ 2）" in page.text
    assert "seed L" not in page.text
    assert not page.all("p", lang="en")


@pytest.mark.parametrize("name", ["scenarios/full-01.html", "symptoms.html"])
def test_clauses_stand_with_their_text_where_a_scenario_names_them(write_report: WriteReport, name: str) -> None:
    scenario = replace(full_scenario(), tags=(SYMPTOM,), clauses=("MRG-02", "XXX-99"))
    page = write_report(scenario).read(name)
    assert "MRG-02MRG-02 の文です。" in "".join(page.text.split("\n"))
    assert "MRG-01" not in page.text
    assert "XXX-99" in page.text
    assert [found for found in page.all("a") if (found["href"] or "").endswith("clauses.html#MRG-02")]


def test_the_filter_finds_every_scenario_in_the_list(write_report: WriteReport) -> None:
    rows = [
        found for found in write_report(full_scenario(), failed_scenario()).read().all("li") if "data-outcome" in found
    ]
    assert [row["data-outcome"] for row in rows] == ["failed", "passed"]
    assert all("Ⅱ.1 初期設定" in (row["data-more"] or "") for row in rows)


def test_a_damaged_storyboard_stops_the_report_with_its_name(tmp_path: Path, clauses: Path) -> None:
    path = save(full_scenario(), tmp_path / "storyboards")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(StoryboardError, match=r"full-01\.json"):
        build_report(tmp_path, clauses, generated_at=WRITTEN_AT)


def test_two_hundred_scenarios_take_less_than_two_megabytes(write_report: WriteReport) -> None:
    report = write_report(*(replace(full_scenario(), id=f"full-{n:03}") for n in range(200)), artefacts=False)
    pages = (*report.folder.glob("*.html"), *report.folder.glob("scenarios/*"), *report.folder.glob("static/*"))
    assert sum(path.stat().st_size for path in pages) < 2_000_000
