from collections.abc import Callable
from typing import Any

import pytest

from reports.clauses import Clause
from reports.coverage import by_group, clause_coverage
from reports.review import MOST, Reviewed, review, unpictured
from storyboard.model import MailSeen, Scenario, Step, Touch
from tests.unit.reports.report_samples import (
    HOSTILE,
    TEN_O_CLOCK,
    Report,
    failed_scenario,
    full_scenario,
    make_scenario,
)

PICTURED: dict[str, Any] = {"picture": "pictures/a.png", "picture_size": (1280, 960)}


def clause(identity: str = "MRG-01", terms: tuple[str, ...] = (), testable_by: str = "portal") -> Clause:
    return Clause(identity, "Statement.", terms, "limit", "anyone", testable_by, ("employer",), ())


def reviewed(stated: Clause, *scenarios: Scenario) -> Reviewed:
    ((_, (row,)),) = review(by_group(clause_coverage(scenarios, [stated])))
    return row


def scenario(identity: str, *steps: Step, **changes: Any) -> Scenario:
    return make_scenario(identity, **({"clauses": ("MRG-01",), "steps": steps} | changes))


def step(number: int, keyword: str = "ならば", text: str = "見える", **changes: Any) -> Step:
    return Step(number, keyword, text, "passed", **(PICTURED | changes))


def letter(subject: str) -> MailSeen:
    return MailSeen("info@example.jp", "a@example.jp", subject, "本文", TEN_O_CLOCK)


def chosen(row: Reviewed) -> list[tuple[str, int]]:
    return [(shown.scenario.id, shown.step.number) for shown in row.pictures]


def test_the_picture_is_of_the_last_step_that_tells_what_is_seen() -> None:
    steps = step(1, "前提"), step(2), step(3, "かつ"), step(4, "もし")
    assert chosen(reviewed(clause(), scenario("a-1", *steps))) == [("a-1", 3)]


@pytest.mark.parametrize(
    "found",
    [
        {"text": "ｲﾝﾎﾟｰﾄが 終わる"},
        {"screen_title": "インポート"},
        {"touches": (Touch("インポート", "button"),)},
        {"touches": (Touch("結果", "text", value="インポートしました"),)},
        {"table": (("ボタン", "インポート"),)},
    ],
)
def test_a_step_with_the_clauses_terms_goes_first(found: dict[str, Any]) -> None:
    told = clause(terms=("インポート",))
    assert chosen(reviewed(told, scenario("a-1", step(1, "もし", **found), step(2)))) == [("a-1", 1)]


def test_what_is_given_is_shown_only_where_there_is_nothing_else() -> None:
    given = step(1, "前提", "鍵がある")
    told = clause(terms=("鍵",))
    assert chosen(reviewed(told, scenario("a-1", given, step(2)))) == [("a-1", 2)]
    assert chosen(reviewed(told, scenario("a-1", given))) == [("a-1", 1)]


def test_steps_that_did_not_run_or_have_no_picture_are_passed_over() -> None:
    unseen = step(2, picture=None, picture_size=None)
    unrun = Step(3, "ならば", "見える", "skipped", **PICTURED)
    assert chosen(reviewed(clause(), scenario("a-1", step(1, "もし"), unseen, unrun))) == [("a-1", 1)]


def test_passing_scenarios_go_first_then_those_with_more_terms_then_those_with_fewer_clauses() -> None:
    told = clause(terms=("鍵", "印"))
    row = reviewed(
        told,
        failed_scenario("a-1", clauses=("MRG-01",), steps=(step(1, text="鍵と印"),)),
        scenario("b-1", step(1, text="鍵"), clauses=("MRG-01", "MRG-02")),
        scenario("c-1", step(1, text="鍵")),
        scenario("d-1", step(1, text="鍵と印")),
    )
    assert [identity for identity, _ in chosen(row)] == ["d-1", "c-1", "b-1", "a-1"]


def test_a_clause_with_many_scenarios_has_a_few_pictures() -> None:
    scenarios = [scenario(f"a-{number}", step(1)) for number in range(MOST + 2)]
    assert len(reviewed(clause(), *scenarios).pictures) == MOST


def test_the_simulated_desk_is_told_from_the_portal_and_the_browser() -> None:
    for surface, is_illustration in (("desk", True), ("portal", False), ("browser", False), (None, False)):
        (shown,) = reviewed(clause(), scenario("a-1", step(1, surface=surface))).pictures
        assert shown.is_illustration is is_illustration, surface


def test_a_mail_stands_beside_a_clause_about_mails_or_without_a_picture() -> None:
    mailed = step(1, mails=(letter("初回"), letter("お知らせ"), letter("最後")))
    told = clause(terms=("お知らせ",), testable_by="mail")
    assert [found.subject for found in reviewed(told, scenario("a-1", mailed)).letters] == ["お知らせ"]
    assert reviewed(clause(), scenario("a-1", mailed)).letters == ()
    alone = Step(1, "ならば", "届く", "passed", mails=mailed.mails)
    assert [found.subject for found in reviewed(clause(), scenario("a-1", alone)).letters] == ["最後"]


def test_clauses_without_a_picture_are_told() -> None:
    stated = [clause("MRG-01"), clause("MRG-02"), clause("LGN-01")]
    groups = by_group(clause_coverage([scenario("a-1", step(1))], stated))
    assert [lacking.id for lacking in unpictured(review(groups))] == ["MRG-02", "LGN-01"]


def test_the_page_has_every_clause_with_scenarios_picture_and_touches(write_report: Callable[..., Report]) -> None:
    page = write_report(full_scenario()).read("review.html")
    articles = page.all("article")
    rows = [found["id"] for found in articles if found.get("id")]
    assert rows == ["MRG-01", "MRG-02", "LGN-01"]
    assert [found["id"] for found in articles if "data-unpictured" in found] == ["MRG-02", "LGN-01"]
    assert page.all("img", src="pictures/full-01-02.png")
    assert page.all("a", href="scenarios/full-01.html#step-2")
    assert len(page.all("circle", class_="disc")) == 3
    for told in ("「ログイン」ボタンを押す", "MRG-02 の文です。", "写真はありません。", "写真のない条項だけ（2）"):
        assert told in page.text, told
    assert "説明図" not in "".join(page.text.split("「説明図」"))


def test_a_picture_of_the_desk_is_marked_on_the_page(write_report: Callable[..., Report]) -> None:
    page = write_report(scenario("a-1", step(1, surface="desk", text=HOSTILE))).read("review.html")
    assert page.all("span", class_="illustration")
    assert HOSTILE in page.text
    assert [found.get("src") for found in page.all("script")] == ["static/review.js"]


def test_the_overview_and_the_clauses_lead_to_the_page(write_report: Callable[..., Report]) -> None:
    report = write_report(full_scenario())
    for name in ("index.html", "clauses.html"):
        assert len(report.read(name).all("a", href="review.html")) == 2, name
